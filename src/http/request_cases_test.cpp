// SPDX-License-Identifier: Apache-2.0
#include "support/request_cases.hpp"

using namespace phoihop;
using namespace phoihop::http;

namespace {

/// Says back what it was sent and how often it was asked.
class Echo {
public:
    explicit Echo(std::string actor) : m_site(routes(std::move(actor)), m_clock) {}
    [[nodiscard]] Delivery operator()(Request request) const { return m_site.exchange(std::move(request)); }

private:
    Router routes(std::string actor)
    {
        Router router;
        router.post("/api/v1/echo", [this, actor = std::move(actor)](const Request& request) {
            ++m_times;
            const auto json = Json::parse(request.body);
            if (!json) return problem_answer(400, json.error());
            std::string body = request.body.substr(0, request.body.rfind('}'));
            return json_answer(200, body + ", \"times\": " + std::to_string(m_times) + "}").with("X-Actor", actor);
        });
        return router;
    }

    FixedClock m_clock{Instant(day(2025, 7, 1))};
    int m_times = 0;
    Site m_site;
};

test::CaseExchange expecting(std::string body, int status = 200)
{
    test::CaseExchange exchange;
    exchange.status = status;
    exchange.body = std::move(body);
    return exchange;
}

std::string first_difference(const test::CaseExchange& expected, std::string json)
{
    const Delivery found = deliver(Request(), json_answer(200, std::move(json)), Instant());
    const auto list = test::differences(expected, found);
    return list.empty() ? "" : list.front();
}

}  // namespace

TEST_CASE("http: request cases hold")
{
    for (const test::RequestCase& each : test::cases_in("http")) {
        const auto actor = each.scene.find("Actor");
        const Echo echo(actor == each.scene.end() ? "nobody" : actor->second);
        test::run_case(each, [&](const auto&, Request request) { return echo(std::move(request)); });
    }
}

TEST_CASE("http: a request case finds every kind of difference")
{
    CHECK(first_difference(expecting(R"({"a": 1})"), R"({"a":1})").empty());
    CHECK(first_difference(expecting(R"({"a": "***"})"), R"({"a":[{}]})").empty());
    CHECK(first_difference(expecting(R"({"***": "***"})"), R"({"a":1})").empty());
    CHECK(first_difference(expecting(R"({"a": 1})", 409), R"({"a":1})") == "status 200");
    CHECK(first_difference(expecting(R"({"a": 1})"), R"({"a":1.0})") == "body.a differs");
    CHECK(first_difference(expecting(R"({"a": 1})"), R"({"a":"1"})") == "body.a differs");
    CHECK(first_difference(expecting(R"({"a": {"b": 1}})"), R"({"a":{}})") == "body.a.b is missing");
    CHECK(first_difference(expecting(R"({"a": 1})"), R"({"a":1,"c":2})") == "body.c is not expected");
    CHECK(first_difference(expecting(R"([1, 2])"), R"([1])") == "body has 1 items");
    CHECK(first_difference(expecting(R"([1, 2])"), R"([1,3])") == "body[1] differs");
    test::CaseExchange headers = expecting("");
    headers.headers = {{"Content-Type", "text/***"}};
    CHECK(first_difference(headers, "{}") == "Content-Type: application/json");
    headers.headers = {{"Content-Type", "app***json"}};
    headers.absent = {"Cache-Control"};
    CHECK(first_difference(headers, "{}") == "Cache-Control is there");
}
