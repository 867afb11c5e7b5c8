// SPDX-License-Identifier: Apache-2.0
#include "support/case_world.hpp"
#include "support/request_cases.hpp"

#include <random>

using namespace phoihop;

namespace {

/// What a careless or hostile caller puts where something else belongs.
const std::string odd[] = {"",
                           "0",
                           "-1",
                           "9223372036854775807",
                           "9223372036854775808",
                           "-9223372036854775808",
                           "1e400",
                           "null",
                           "NaN",
                           "0000",
                           "2199-Q4",
                           "1900",
                           "1900-M01",
                           "2199",
                           "once",
                           "2026-Q1..2199-Q4",
                           "9999-12-31",
                           "0000-01-01",
                           "1899-12-31",
                           "vn34:",
                           ":",
                           "vn63:02",
                           "vn34:00715,vn34:00715",
                           "nation",
                           "level:nation",
                           "level:residential_area",
                           "children:vn34:08",
                           "under:vn34:08:nation",
                           "all",
                           "S,S,S",
                           "R",
                           "Q",
                           "answers",
                           "activity",
                           "'; drop table fact; --",
                           "%2e%2e",
                           "đ",
                           "1,2",
                           "true",
                           std::string(300, 'a')};

template <class Numbers>
std::size_t below(Numbers& numbers, std::size_t end)
{
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(numbers);
}

/// Puts something odd into one place of the target or the body: a segment, a value, a stretch of letters.
template <class Numbers>
void spoil(std::string& text, bool encode, Numbers& numbers)
{
    if (text.empty()) return;
    const std::string& other = odd[below(numbers, std::size(odd))];
    const std::string marks = encode ? "/?&=" : "\":,{}[]";
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (marks.find(text[i]) != std::string::npos) at.push_back(i);
    if (at.empty() || below(numbers, 4) == 0) {
        const std::size_t from = below(numbers, text.size());
        text.replace(from, below(numbers, 6), encode ? "" : std::string(1, "\"{}[]:,0\\x"[below(numbers, 10)]));
        return;
    }
    const std::size_t from = at[below(numbers, at.size())] + 1;
    const std::size_t to = std::min(text.find_first_of(marks, from), text.size());
    text.replace(from, to - from, encode ? http::percent_encode(other) : other);
}

}  // namespace

TEST_CASE("web: no malformed request breaks the server, and every refusal is whole")
{
    test::CaseWorld world;
    for (const char* period : {"2025", "2026-Q3"}) world.open_period(period);
    std::vector<test::CaseExchange> exchanges;
    for (const test::RequestCase& each : test::cases_in("web"))
        exchanges.insert(exchanges.end(), each.exchanges.begin(), each.exchanges.end());
    const test::Captured captured{{"plan", "3"}, {"report", "7"}, {"file", "1"}, {"etag", "\"x\""}};
    std::mt19937 numbers(20'261'002);  // the same every time
    const char* const actors[] = {"central", "provincial", "commune", "member", "reader"};
    for (int round = 0; round < 12; ++round) {
        for (const test::CaseExchange& each : exchanges) {
            const auto scene = each.scene.find("Actor");
            const std::string actor = below(numbers, 3) != 0      ? actors[below(numbers, std::size(actors))]
                                      : scene == each.scene.end() ? ""
                                                                  : scene->second;
            http::Request request = test::request_of(each, captured);
            const bool body = !request.body.empty() && below(numbers, 2) == 0;
            spoil(body ? request.body : request.target, !body, numbers);
            if (!request.target.starts_with("/")) request.target = "/" + request.target;
            const std::string sent =
                std::string(http::word(request.method)) + " " + request.target + "\n" + request.body;
            const http::Delivery answer = world.exchange(std::move(request), actor);
            CHECK_MESSAGE(answer.status != 500, sent, "\n", std::string(answer.body));
            const std::string unclear = test::unclear(answer);
            CHECK_MESSAGE(unclear.empty(), sent, "\n", unclear);
        }
    }
}
