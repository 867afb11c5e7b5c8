// SPDX-License-Identifier: Apache-2.0
#include "http/delivery.hpp"

#include "base/log.hpp"
#include "http/gzip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace phoihop::http {
namespace {

constexpr std::string_view gzip_mark = "-gz";  // the compressed form is another representation: another strong tag

bool breaks_the_line(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7F;
    });
}

/// The tags of an If-None-Match, compared weakly (RFC 9110, section 13.1.2).
bool names_tag(std::string_view list, std::string_view etag)
{
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view tag = trimmed(list.substr(0, comma));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        if (tag == "*") return true;
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') continue;
        tag = tag.substr(1, tag.size() - 2);
        if (tag.ends_with(gzip_mark)) tag.remove_suffix(gzip_mark.size());
        if (tag == etag) return true;
    }
    return false;
}

struct ByteRange {
    std::size_t first;
    std::size_t count;
};

std::optional<std::size_t> number(std::string_view text)
{
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

enum class RangeAnswer { whole, part, impossible };

/// One range of `size` bytes. Several ranges, other units and nonsense are answered with the whole, as the standard
/// allows; a range that begins past the end is impossible (416).
RangeAnswer read_range(std::string_view header, std::size_t size, ByteRange& range)
{
    if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos) return RangeAnswer::whole;
    header.remove_prefix(6);
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos) return RangeAnswer::whole;
    const auto first = number(header.substr(0, dash));
    const auto last = number(header.substr(dash + 1));
    if (dash == 0) {  // the last n bytes
        if (!last) return RangeAnswer::whole;
        if (*last == 0 || size == 0) return RangeAnswer::impossible;
        range.count = std::min(*last, size);
        range.first = size - range.count;
        return RangeAnswer::part;
    }
    if (!first || (dash + 1 < header.size() && (!last || *last < *first))) return RangeAnswer::whole;
    if (*first >= size) return RangeAnswer::impossible;
    range.first = *first;
    range.count = (last ? std::min(*last, size - 1) : size - 1) - *first + 1;
    return RangeAnswer::part;
}

std::string_view own_header(const Delivery& delivery, std::string_view name)
{
    for (const Field& field : delivery.headers)
        if (equal_ignoring_case(field.name, name)) return field.value;
    return {};
}

void add(Delivery& delivery, std::string_view name, std::string_view value)
{
    if (own_header(delivery, name).empty()) delivery.headers.push_back({std::string(name), std::string(value)});
}

/// True when a range was answered.
bool apply_range(const Request& request, Delivery& delivery)
{
    const std::string& etag = delivery.content->etag();
    add(delivery, "Accept-Ranges", "bytes");
    const std::string_view wanted = request.header("range");
    const std::string_view only_if = request.header("if-range");
    if (wanted.empty() || (!only_if.empty() && only_if != "\"" + etag + "\"")) return false;
    ByteRange range{};
    const std::size_t size = delivery.content->bytes().size();
    switch (read_range(wanted, size, range)) {
        case RangeAnswer::whole: return false;
        case RangeAnswer::impossible:
            delivery.status = 416;
            delivery.body = {};
            add(delivery, "Content-Range", fmt::format("bytes */{}", size));
            return true;
        case RangeAnswer::part: break;
    }
    delivery.status = 206;
    delivery.body = delivery.body.substr(range.first, range.count);
    add(delivery, "Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.first + range.count - 1, size));
    return true;
}

void choose_body(const Request& request, Delivery& delivery)
{
    const Content& content = *delivery.content;
    delivery.body = content.bytes();
    if (!content.type().empty()) add(delivery, "Content-Type", content.type());
    const bool asks = request.method == Method::get || request.method == Method::head;
    const bool kept = asks && delivery.status == 200 && !content.etag().empty();
    const bool shrinks = is_compressible(content.type());
    if (shrinks) add(delivery, "Vary", "Accept-Encoding");

    if (kept && !shrinks && apply_range(request, delivery)) {
        add(delivery, "ETag", "\"" + content.etag() + "\"");
        return;
    }
    const std::string* compressed =
        shrinks && accepts_gzip(request.header("accept-encoding")) ? content.gzip() : nullptr;
    if (compressed != nullptr) {
        delivery.body = *compressed;
        add(delivery, "Content-Encoding", "gzip");
    }
    if (!kept) return;
    add(delivery, "ETag", "\"" + content.etag() + std::string(compressed != nullptr ? gzip_mark : "") + "\"");
    if (names_tag(request.header("if-none-match"), content.etag())) delivery.status = 304;
}

using Header = std::pair<std::string_view, std::string_view>;

/// What every answer says unless it says otherwise itself.
constexpr std::array<Header, 7> standing_headers{{{"Cache-Control", "no-store"},
                                                  {"Content-Security-Policy", default_content_security_policy},
                                                  {"X-Content-Type-Options", "nosniff"},
                                                  {"X-Frame-Options", "DENY"},
                                                  {"Referrer-Policy", "same-origin"},
                                                  {"Cross-Origin-Opener-Policy", "same-origin"},
                                                  {"Cross-Origin-Resource-Policy", "same-origin"}}};

/// The same text for a second.
const std::string& date_text(Instant now)
{
    thread_local std::pair<std::chrono::sys_seconds, std::string> last;
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (last.first != second || last.second.empty()) last = {second, http_date(now)};
    return last.second;
}

void append_header(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

}  // namespace

std::string_view Delivery::header(std::string_view name) const
{
    if (const std::string_view own = own_header(*this, name); !own.empty()) return own;
    for (const auto& [standing, value] : standing_headers)
        if (equal_ignoring_case(standing, name)) return value;
    return {};
}

Delivery deliver(const Request& request, Response response, Instant now)
{
    const auto broken = std::find_if(response.headers.begin(), response.headers.end(), [](const Field& field) {
        return breaks_the_line(field.name) || breaks_the_line(field.value);
    });
    if (broken != response.headers.end()) {
        log::error("bad_header", {{"request", request.id}, {"route", request.route}, {"name", broken->name}});
        response = problem_answer(500, {ProblemCode::unsupported, {}, {}});
    }
    Delivery delivery;
    delivery.status = response.status;
    delivery.headers = std::move(response.headers);
    delivery.content = std::move(response.content);
    delivery.events = std::move(response.events);
    delivery.actor = response.actor;
    if (delivery.content) choose_body(request, delivery);
    if (delivery.events) {
        add(delivery, "Content-Type", "text/event-stream");
        add(delivery, "X-Accel-Buffering", "no");  // nginx would hold events back
    }
    if (request.secure) add(delivery, "Strict-Transport-Security", "max-age=31536000");
    add(delivery, "Date", date_text(now));
    if (!request.id.empty()) add(delivery, "X-Request-Id", request.id);
    delivery.length = delivery.body.size();
    if (request.method == Method::head || delivery.status == 304 || delivery.status == 204) delivery.body = {};
    if (request.method == Method::head) delivery.events.reset();
    return delivery;
}

std::string wire_head(const Delivery& delivery, bool keep_alive)
{
    constexpr std::size_t usual_size = 1024;
    std::string out;
    out.reserve(usual_size);
    out += "HTTP/1.1 ";
    out += std::to_string(delivery.status);
    out += ' ';
    out += reason(delivery.status);
    out += "\r\n";
    for (const Field& field : delivery.headers) append_header(out, field.name, field.value);
    for (const auto& [name, value] : standing_headers)
        if (own_header(delivery, name).empty()) append_header(out, name, value);
    const bool has_length = !delivery.events && delivery.status != 204 && delivery.status != 304;
    if (has_length) append_header(out, "Content-Length", std::to_string(delivery.length));
    out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return out;
}

std::string http_date(Instant instant)
{
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

std::string_view reason(int status)
{
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        default: return "Status";
    }
}

}  // namespace phoihop::http
