// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/json.hpp"
#include "http/site.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Requests and the answers that are expected, as text files under tests/cases:
///
///     # A report for a quarter that has not ended is refused.
///     Today: 2025-09-30
///     Actor: lao_cai_reporter
///     POST /api/v1/periods/2025-Q3/submissions
///     {"unit": "10", "values": {"activities": 12}}
///     ---
///     409
///     Content-Type: application/json
///     {"code": "period_not_open", "where": "", "***": "***"}
///
/// The first lines set the scene (what they mean is the caller's business). After the request line come headers, then
/// the body. "***" stands for any value, or any run of letters in a text that is not JSON; the member "***" for any
/// further members, the last item "***" for further items; "!Name" for a header that must be absent. "<<name>>" takes
/// any value and stands for it from then on. "===", with what holds as a sentence behind it, begins the next exchange
/// in the same world.
namespace phoihop::test {

struct CaseExchange {
    int line = 0;                              ///< of the request, for messages
    std::string title;                         ///< what stands behind its "==="
    std::map<std::string, std::string> scene;  ///< what stands between that and the request: "Actor" → "commune"
    http::Request request;
    int status = 0;
    std::vector<http::Field> headers;
    std::vector<std::string> absent;
    std::string body;
};

struct RequestCase {
    std::string file;
    std::map<std::string, std::string> scene;  ///< "Today" → "2025-09-30"
    std::vector<CaseExchange> exchanges;
};

/// What "<<name>>" stands for after it was met in an answer.
using Captured = std::map<std::string, std::string>;

[[nodiscard]] inline std::string with_captured(std::string text, const Captured& captured)
{
    for (const auto& [name, value] : captured) {
        const std::string mark = "<<" + name + ">>";
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

namespace detail {

/// Whether `expected` is a "<<name>>" that has no value yet; then `found` becomes its value.
inline bool captures(std::string_view expected, std::string_view found, Captured& captured)
{
    if (found.empty() || !expected.starts_with("<<") || !expected.ends_with(">>")) return false;
    captured[std::string(expected.substr(2, expected.size() - 4))] = std::string(found);
    return true;
}

inline bool is_header(const std::string& line)
{
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos || colon == 0) return false;
    return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
}

inline http::Field field_of(const std::string& line)
{
    const std::size_t colon = line.find(": ");
    return {line.substr(0, colon), line.substr(colon + 2)};
}

/// Whether `found` fits `pattern`, where "***" stands for anything.
inline bool fits_text(std::string_view pattern, std::string_view found)
{
    const std::size_t star = pattern.find("***");
    if (star == std::string_view::npos) return pattern == found;
    if (!found.starts_with(pattern.substr(0, star))) return false;
    pattern.remove_prefix(star + 3);
    for (std::size_t at = star; at <= found.size(); ++at)
        if (fits_text(pattern, found.substr(at))) return true;
    return false;
}

/// The place of the first difference, "" when there is none.
inline std::string json_difference(const http::Json& expected, const http::Json& found, const std::string& place,
                                   Captured& captured)
{
    if (const std::string* text = expected.as_text()) {
        const std::string* said = found.as_text();
        const bool fits = *text == "***" ||
                          captures(*text,
                                   said                ? *said
                                   : found.as_number() ? found.as_number()->text
                                                       : "",
                                   captured) ||
                          (said != nullptr && fits_text(*text, *said));
        return fits ? "" : place + " differs";
    }
    if (const auto* wanted = expected.as_object(); wanted != nullptr && found.as_object() != nullptr) {
        bool others_may_stand = false;
        for (const auto& [key, value] : *wanted) {
            if (key == "***") {
                others_may_stand = true;
                continue;
            }
            const auto it = std::find_if(found.as_object()->begin(), found.as_object()->end(),
                                         [&, name = key](const auto& member) { return member.first == name; });
            if (it == found.as_object()->end()) return place + "." + key + " is missing";
            if (auto difference = json_difference(value, it->second, place + "." + key, captured); !difference.empty())
                return difference;
        }
        for (const auto& [key, value] : *found.as_object())
            if (!others_may_stand && std::none_of(wanted->begin(), wanted->end(),
                                                  [&, name = key](const auto& member) { return member.first == name; }))
                return place + "." + key + " is not expected";
        return {};
    }
    if (const auto* wanted = expected.as_array(); wanted != nullptr && found.as_array() != nullptr) {
        const auto* last = wanted->empty() ? nullptr : wanted->back().as_text();
        const bool others_may_stand = last != nullptr && *last == "***";
        const std::size_t count = wanted->size() - (others_may_stand ? 1 : 0);
        const std::size_t there = found.as_array()->size();
        if (there < count || (there > count && !others_may_stand))
            return place + " has " + std::to_string(found.as_array()->size()) + " items";
        for (std::size_t i = 0; i < count; ++i)
            if (auto difference = json_difference((*wanted)[i], (*found.as_array())[i],
                                                  place + "[" + std::to_string(i) + "]", captured);
                !difference.empty())
                return difference;
        return {};
    }
    return expected == found ? "" : place + " differs";
}

}  // namespace detail

/// Throws where the file is none of these.
inline RequestCase read_case(const std::filesystem::path& path)
{
    std::ifstream file(path);
    RequestCase result;
    result.file = path.filename().string();
    enum class At { scene, head, body, status, answer_head, answer_body } at = At::scene;
    std::string title;
    std::map<std::string, std::string> scene;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const auto wrong = [&](const char* why) {
            return std::runtime_error(result.file + ":" + std::to_string(number) + ": " + why);
        };
        if (line == "===" || line.starts_with("=== ")) {
            const bool first = result.exchanges.empty() && at == At::scene;
            if (!first && at != At::answer_head && at != At::answer_body) throw wrong("=== before an answer");
            at = At::scene;
            title = line.substr(std::min<std::size_t>(line.size(), 4));
            scene.clear();
            continue;
        }
        if (line == "---") {
            if (at != At::head && at != At::body) throw wrong("--- without a request");
            at = At::status;
            continue;
        }
        if (at == At::scene) {
            if (line.empty() || line.front() == '#') continue;
            if (detail::is_header(line)) {
                const http::Field set = detail::field_of(line);
                (title.empty() && result.exchanges.empty() ? result.scene : scene)[set.name] = set.value;
                continue;
            }
            const std::size_t space = line.find(' ');
            const auto method = http::method_from_word(line.substr(0, space));
            if (!method || space == std::string::npos) throw wrong("expected METHOD /path");
            CaseExchange exchange;
            exchange.line = number;
            exchange.title = title;
            exchange.scene = scene;
            exchange.request.method = *method;
            exchange.request.target = line.substr(space + 1);
            result.exchanges.push_back(std::move(exchange));
            at = At::head;
            continue;
        }
        CaseExchange& exchange = result.exchanges.back();
        if (at == At::head) {
            if (detail::is_header(line)) {
                exchange.request.headers.push_back(detail::field_of(line));
                continue;
            }
            at = At::body;
            if (line.empty()) continue;
        }
        if (at == At::body) exchange.request.body += (exchange.request.body.empty() ? "" : "\n") + line;
        if (at == At::status) {
            const auto read = std::from_chars(line.data(), line.data() + line.size(), exchange.status);
            if (read.ec != std::errc()) throw wrong("expected a status");
            at = At::answer_head;
            continue;
        }
        if (at == At::answer_head) {
            if (line.size() > 1 && line.front() == '!') {
                exchange.absent.push_back(line.substr(1));
                continue;
            }
            if (detail::is_header(line)) {
                exchange.headers.push_back(detail::field_of(line));
                continue;
            }
            at = At::answer_body;
            if (line.empty()) continue;
        }
        if (at == At::answer_body) exchange.body += (exchange.body.empty() ? "" : "\n") + line;
    }
    if (result.exchanges.empty() || result.exchanges.back().status == 0)
        throw std::runtime_error(result.file + ": no exchange");
    for (CaseExchange& exchange : result.exchanges) {
        while (exchange.request.body.ends_with('\n')) exchange.request.body.pop_back();
        while (exchange.body.ends_with('\n')) exchange.body.pop_back();
    }
    return result;
}

/// What in `found` is not as expected; empty when all is.
inline std::vector<std::string> differences(const CaseExchange& expected, const http::Delivery& found,
                                            Captured& captured)
{
    std::vector<std::string> list;
    if (found.status != expected.status) list.push_back("status " + std::to_string(found.status));
    for (const http::Field& header : expected.headers) {
        const std::string wanted = with_captured(header.value, captured);
        const std::string_view value = found.header(header.name);
        if (!detail::captures(wanted, value, captured) && !detail::fits_text(wanted, value))
            list.push_back(header.name + ": " + std::string(value));
    }
    for (const std::string& name : expected.absent)
        if (!found.header(name).empty()) list.push_back(name + " is there");
    if (expected.body.empty()) return list;
    const std::string body = with_captured(expected.body, captured);
    const bool is_json = found.header("content-type").starts_with("application/json");
    const auto wanted = http::Json::parse(body);
    if (is_json && wanted) {
        const auto got = http::Json::parse(found.body);
        const std::string difference =
            got ? detail::json_difference(*wanted, *got, "body", captured) : "body is no JSON";
        if (!difference.empty()) list.push_back(difference);
    } else if (!detail::fits_text(body, found.body)) {
        list.push_back("body differs");
    }
    return list;
}

inline std::vector<std::string> differences(const CaseExchange& expected, const http::Delivery& found)
{
    Captured captured;
    return differences(expected, found, captured);
}

/// The request of an exchange, with what was captured before it.
inline http::Request request_of(const CaseExchange& exchange, const Captured& captured)
{
    http::Request request = exchange.request;
    request.target = with_captured(request.target, captured);
    request.body = with_captured(request.body, captured);
    for (http::Field& field : request.headers) field.value = with_captured(field.value, captured);
    if (request.header_count("host") == 0) request.headers.push_back({"Host", "localhost"});
    request.address = "127.0.0.1";
    return request;
}

/// Runs all exchanges of one file. `world` is made anew for the file by the caller; it answers one request and sees
/// the exchange's own scene (who acts).
inline void run_case(const RequestCase& wanted,
                     const std::function<http::Delivery(const CaseExchange&, http::Request)>& world)
{
    Captured captured;
    for (const CaseExchange& exchange : wanted.exchanges) {
        const http::Delivery found = world(exchange, request_of(exchange, captured));
        for (const std::string& difference : differences(exchange, found, captured))
            FAIL_CHECK(wanted.file << ":" << exchange.line << ": " << exchange.title << " " << difference
                                   << "\nanswered: " << found.status << "\n"
                                   << std::string(found.body.substr(0, 3000)));
    }
}

/// A refusal speaks both languages, whoever made it: "" or what is wrong with this one.
inline std::string unclear(const http::Delivery& answer)
{
    if (answer.status < 400) return {};
    const auto json = http::Json::parse(answer.body);
    if (!json) return "an error that is no JSON: " + std::string(answer.body);
    const http::JsonView body(*json);
    if (body.member("findings")) return {};
    for (const char* language : {"vi", "en"}) {
        const auto message = body.member("message");
        const auto text = message ? message->text(language) : Result<std::string>("");
        if (!text || text->empty() || text->find("  ") != std::string::npos)
            return "no whole sentence in " + std::string(language) + ": " + std::string(answer.body);
    }
    return {};
}

/// The case files of tests/cases/`folder` and below, in order; a folder without any is a failure.
inline std::vector<RequestCase> cases_in(const std::string& folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(PHOIHOP_SOURCE_DIR) /
                                                                           "tests/cases" / folder))
        if (entry.path().extension() == ".case") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    REQUIRE_FALSE(paths.empty());
    std::vector<RequestCase> cases;
    for (const auto& path : paths) cases.push_back(read_case(path));
    return cases;
}

}  // namespace phoihop::test
