// SPDX-License-Identifier: Apache-2.0
#include "http/site.hpp"

#include "base/log.hpp"
#include "http/gzip.hpp"

#include <algorithm>
#include <tuple>

namespace phoihop::http {
namespace {

bool is_loopback(std::string_view address)
{
    return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

/// What nginx adds at the end of the list is its own caller; whatever stands before it, the caller made up.
void believe_proxy(Request& request)
{
    const std::string_view chain = request.header("x-forwarded-for");
    const std::string_view last = trimmed(chain.substr(chain.rfind(',') + 1));
    if (!last.empty() && last.size() <= 45) request.address = last;
    request.secure = request.header("x-forwarded-proto") == "https";
}

/// "http://host/path" is a request too (RFC 9112, section 3.2.2): its host counts, then only the path.
void take_absolute_form(Request& request)
{
    const std::string scheme = lower_ascii(request.target.substr(0, 8));
    const std::size_t start = scheme.starts_with("http://") ? 7 : scheme == "https://" ? 8 : 0;
    if (start == 0) return;
    const std::size_t slash = std::min(request.target.find_first_of("/?", start), request.target.size());
    std::erase_if(request.headers, [](const Field& field) { return equal_ignoring_case(field.name, "host"); });
    request.headers.push_back({"Host", request.target.substr(start, slash - start)});
    request.target.erase(0, slash);
    if (!request.target.starts_with('/')) request.target.insert(0, "/");
}

std::string allow_list(const std::vector<Method>& methods)
{
    std::string list = "OPTIONS";
    for (const Method method : methods) {
        list += ", ";
        list += word(method);
        if (method == Method::get) list += ", HEAD";
    }
    return list;
}

Response bad_request(const Problem& problem)
{
    return problem_answer(400, problem);
}

}  // namespace

std::optional<std::string> host_name(std::string_view header)
{
    std::size_t end = 0;
    if (header.starts_with('[')) {
        end = header.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        ++end;
    } else {
        end = std::min(header.find(':'), header.size());
    }
    const std::string_view port = header.substr(end);
    const bool good_port =
        port.empty() || (port.size() <= 6 && port.find_first_not_of("0123456789", 1) == std::string_view::npos);
    std::string host = lower_ascii(header.substr(0, end));
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-._[]:";
    if (!good_port || host.empty() || host.find_first_not_of(letters) != std::string::npos) return std::nullopt;
    return host;
}

bool is_ip_literal(std::string_view host)
{
    if (host.starts_with('[')) return true;
    return host.find_first_not_of("0123456789.") == std::string_view::npos &&
           std::count(host.begin(), host.end(), '.') == 3;
}

Site::Site(Router router, const Clock& clock, SitePolicy policy, Limits limits)
    : m_router(std::move(router)), m_clock(clock), m_policy(std::move(policy)), m_limits(limits)
{
    for (std::string& host : m_policy.hosts) host = lower_ascii(host);
}

std::optional<Response> Site::refuse_host(const Request& request) const
{
    // HTTP/1.1 demands exactly one; callers of HTTP/1.0 in front of us can send it too.
    if (request.header_count("host") != 1)
        return bad_request({ProblemCode::missing, "host", {{"what", "one Host header"}}});
    const auto host = host_name(request.header("host"));
    if (!host)
        return bad_request({ProblemCode::malformed, "host", {{"expected", "name:port"}, {"found", "something else"}}});
    const bool known = *host == "localhost" || is_ip_literal(*host) ||
                       std::find(m_policy.hosts.begin(), m_policy.hosts.end(), *host) != m_policy.hosts.end();
    if (!known) return problem_answer(421, {ProblemCode::unknown_name, "host", {{"what", "host"}, {"found", *host}}});
    return std::nullopt;
}

Site::Admission Site::admit(Request& request) const
{
    Admission admission;
    if (m_policy.trust_local_proxy && is_loopback(request.address)) believe_proxy(request);
    if (request.target.size() > m_limits.target_size_max) {
        admission.refusal = problem_answer(
            414, {ProblemCode::too_large, "target", {{"limit", std::to_string(m_limits.target_size_max)}}});
        return admission;
    }
    take_absolute_form(request);
    if (auto refusal = refuse_host(request)) {
        admission.refusal = std::move(refusal);
        return admission;
    }
    const std::size_t question = request.target.find('?');
    request.path = request.target.substr(0, question);
    auto segments = path_segments(request.path);
    auto query = parse_form(
        question == std::string::npos ? std::string_view() : std::string_view(request.target).substr(question + 1),
        "query");
    if (!segments || !query) {
        admission.refusal = bad_request(segments ? query.error() : segments.error());
        return admission;
    }
    request.query = std::move(*query);
    Router::Match match = m_router.match(request.method, *segments);
    if (match.route == nullptr) {
        const std::string allow = allow_list(match.allowed);
        if (match.allowed.empty()) {
            admission.refusal = problem_answer(404, {ProblemCode::not_found, request.path, {}});
        } else if (request.method == Method::options) {
            admission.refusal = empty_answer(204).with("Allow", allow);
        } else {
            admission.refusal =
                problem_answer(405,
                               {ProblemCode::unsupported, request.path, {{"what", std::string(word(request.method))}}})
                    .with("Allow", allow);
        }
        return admission;
    }
    request.parameters = std::move(match.parameters);
    request.route = match.route->pattern();
    admission.route = match.route;
    admission.body_max = match.route->body_max().value_or(m_limits.body_size_max);
    return admission;
}

Response Site::after_breakdown(const Request& request, const std::exception& error) const
{
    log::error("breakdown", {{"request", request.id}, {"route", request.route}, {"what", error.what()}});
    try {
        if (m_policy.breakdown) return m_policy.breakdown(request, error);
    } catch (const std::exception& second) {
        log::error("breakdown", {{"request", request.id}, {"what", second.what()}});
    }
    return json_answer(500, R"({"code":"internal","where":"","facts":{},"message":{)"
                            R"("vi":"Máy chủ gặp sự cố. Hãy thử lại sau ít phút.",)"
                            R"("en":"The server has a fault. Try again in a few minutes."}})");
}

std::optional<Response> Site::answer_fast(const Route& route, const Request& request) const
{
    if (!route.fast()) return std::nullopt;
    try {
        return route.fast()(request);
    } catch (const std::exception& error) {
        return after_breakdown(request, error);
    }
}

std::optional<Response> Site::answer_gate(const Route& route, const Request& request) const
{
    if (!route.gate()) return std::nullopt;
    try {
        return route.gate()(request);
    } catch (const std::exception& error) {
        return after_breakdown(request, error);
    }
}

Response Site::answer(const Route& route, const Request& request) const
{
    try {
        Response response = route.handler()(request);
        // Here on the worker: the connection's thread has others to serve.
        if (response.content && is_compressible(response.content->type()) &&
            accepts_gzip(request.header("accept-encoding")))
            std::ignore = response.content->gzip();
        return response;
    } catch (const std::exception& error) {
        return after_breakdown(request, error);
    }
}

Delivery Site::deliver(const Request& request, Response response) const
{
    return http::deliver(request, std::move(response), m_clock.now());
}

Delivery Site::exchange(Request request) const
{
    Admission admission = admit(request);
    if (admission.refusal) return deliver(request, std::move(*admission.refusal));
    if (request.body.size() > admission.body_max)
        return deliver(
            request,
            problem_answer(413, {ProblemCode::too_large, "body", {{"limit", std::to_string(admission.body_max)}}}));
    if (auto refusal = answer_gate(*admission.route, request)) return deliver(request, std::move(*refusal));
    if (auto ready = answer_fast(*admission.route, request)) return deliver(request, std::move(*ready));
    return deliver(request, answer(*admission.route, request));
}

}  // namespace phoihop::http
