// SPDX-License-Identifier: Apache-2.0
#include "web/kept_route.hpp"

#include "http/gzip.hpp"
#include "rollup/cube.hpp"
#include "rollup/query_text.hpp"

namespace phoihop::web {

/// Of each field the first counts, as for the handlers.
std::string KeptRoute::question(const http::Request& request, std::string_view scope, Date today) const
{
    std::string key;
    const auto append = [&](std::string_view part) {
        key += std::to_string(part.size());
        key += ':';
        key += part;
    };
    append(request.route);
    append(request.parameter("programme"));
    append(scope);
    for (const std::string_view field : m_fields) append(request.query_text(field));
    return key + std::to_string(today.time_since_epoch().count());
}

std::optional<http::Response> KeptRoute::at_once(const http::Request& request) const
{
    const auto reader = m_services.door.reader_at_once(request);
    if (!reader) return std::nullopt;
    const auto snapshot = m_services.instance.cube().snapshot();
    const AnswerVersion version{snapshot, snapshot->as_of(), m_services.instance.definitions_as_of()};
    auto content = m_services.answers.find(question(request, reader->scope, m_services.instance.today()), version);
    // Compressing is a worker's job.
    if (!content || (!content->compressed() && http::accepts_gzip(request.header("Accept-Encoding"))))
        return std::nullopt;
    auto answer = http::cached_answer(std::move(content));
    answer.actor = reader->id.value;
    return answer;
}

Result<http::Response> KeptRoute::answer(Call& call) const
{
    const auto snapshot = m_services.instance.cube().snapshot();
    const AnswerVersion version{snapshot, snapshot->as_of(), call.definitions};
    const std::string scope = accounts::scope_key(call.actor.grants);
    std::string asked = question(call.request, scope, call.today);
    if (auto kept = m_services.answers.find(asked, version)) return http::cached_answer(std::move(kept));
    PHOIHOP_TRY(computed, m_compute(call, *snapshot));
    // Version and scope. The checksum tells apart what was written of one version before and after units or programmes
    // were read anew, or on two days.
    const std::string etag =
        std::to_string(snapshot->as_of()) + "-" + std::to_string(http::checksum(computed.bytes)) + "-" + scope;
    auto content = std::make_shared<const http::Content>(std::move(computed.bytes), std::move(computed.type), etag);
    m_services.answers.keep(std::move(asked), version, content);
    return http::cached_answer(std::move(content));
}

void add_kept_route(http::Router& router, Services& services, std::string pattern, std::vector<std::string_view> fields,
                    Compute compute)
{
    const auto route = std::make_shared<const KeptRoute>(services, std::move(fields), std::move(compute));
    router
        .get(std::move(pattern),
             handler(services, [route](Call& call) -> Result<http::Response> { return route->answer(call); }))
        .fast([route](const http::Request& request) { return route->at_once(request); });
}

Result<rollup::Measure> measure_of(const Call& call)
{
    const std::string text = call.query("measure");
    if (text.empty()) return rollup::Measure::received;
    if (const auto measure = rollup::measure_from_word(text)) return *measure;
    return refuse(ProblemCode::unknown_name, "measure", {{"what", "measure"}, {"found", text}});
}

}  // namespace phoihop::web
