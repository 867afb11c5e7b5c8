// SPDX-License-Identifier: Apache-2.0
#include "accounts/manage_users.hpp"
#include "accounts/sign_in.hpp"
#include "accounts/tokens.hpp"
#include "http/site.hpp"
#include "obligations/open_period.hpp"
#include "store/writer.hpp"
#include "support/small_instance.hpp"
#include "web/account_door.hpp"

#include <doctest/doctest.h>

using namespace phoihop;

namespace {

const std::string chosen = "mưa rơi trên mái lá";
constexpr std::string_view sums = "/api/v1/programmes/small/figures?indicator=S&period=2026-Q3&units=level:province";

/// A server without sockets over real accounts: what is answered at once is told apart from what a worker answers.
class AnsweringServer {
public:
    AnsweringServer()
        : m_instance(instance::Instance::open(":memory:", store::OpenMode::create, m_clock, "test").value()),
          m_door(*m_instance),
          m_accounts{m_instance->database(), m_instance->writer(), m_hasher, m_random, m_limiter}
    {
        test::define_small(*m_instance);
        m_instance->prepare({true, true}, {});
        m_land = m_instance->territory().value();
        m_site = std::make_unique<http::Site>(web::routes(m_services), m_clock);
        const auto opened =
            obligations::open_period(m_instance->writer(), *m_instance->programme("small").value(), *m_land,
                                     programme::parse_period("2026-Q3").value(), UserId{}, m_instance->today());
        REQUIRE(opened.has_value());
    }

    UserId add(const std::string& login, accounts::Role role, const char* unit)
    {
        const accounts::Grant grant{role, {}, {}, this->unit(unit)};
        const auto drawn = accounts::add_user(m_accounts, accounts::the_program(), {login, login, {grant}}, setting());
        REQUIRE(drawn.has_value());
        const auto token = come(login, drawn->password);
        const accounts::Actor self{drawn->user, {}, true};
        const auto changed =
            accounts::change_password(m_accounts, self, {token, drawn->password, chosen, "127.0.0.1"}, m_clock.now());
        REQUIRE(changed.has_value());
        return drawn->user;
    }

    /// A new session's token.
    std::string come(const std::string& login, const std::string& password = chosen)
    {
        const auto in = accounts::sign_in(m_accounts, {login, password, "127.0.0.1"}, m_clock.now());
        REQUIRE(in.has_value());
        return in->token;
    }

    http::Request request(http::Method method, std::string_view target, const std::string& token)
    {
        http::Request asked;
        asked.method = method;
        asked.target = target;
        asked.headers = {{"Host", "localhost"}};
        if (token.starts_with("ph_"))
            asked.headers.push_back({"Authorization", "Bearer " + token});
        else
            asked.headers.push_back({"Cookie", "phoihop_session=" + token});
        asked.headers.push_back({"X-CSRF-Token", accounts::csrf_token(token)});
        return asked;
    }

    std::optional<http::Response> at_once(const std::string& token, std::string_view target = sums)
    {
        return at_once(request(http::Method::get, target, token));
    }
    std::optional<http::Response> at_once(http::Request asked)
    {
        const auto admission = m_site->admit(asked);
        REQUIRE(admission.route != nullptr);
        return m_site->answer_fast(*admission.route, asked);
    }

    http::Delivery ask(const std::string& token, std::string_view target = sums)
    {
        return m_site->exchange(request(http::Method::get, target, token));
    }
    http::Delivery exchange(http::Request asked) { return m_site->exchange(std::move(asked)); }

    /// A commune's report with this figure; answers when it is acknowledged.
    void report(const std::string& token, const std::string& figure)
    {
        auto sent = request(http::Method::post, "/api/v1/programmes/small/submissions", token);
        sent.headers.push_back({"Content-Type", "application/json"});
        sent.body = R"({"form": "activity", "period": "2026-Q3", "unit": "vn34:00715", "cells": {"S": ")" + figure +
                    R"(", "T": "50", "P": "2", "M": "0.25"}, "based_on": )" + std::to_string(m_version++) + "}";
        const auto answer = m_site->exchange(std::move(sent));
        REQUIRE_MESSAGE(answer.status == 200, std::string(answer.body));
        REQUIRE_MESSAGE(answer.body.find("\"version\":" + std::to_string(m_version)) != std::string_view::npos,
                        std::string(answer.body));
    }

    [[nodiscard]] Date today() const { return m_instance->today(); }
    [[nodiscard]] accounts::Setting setting() const { return {m_land.get(), today()}; }
    [[nodiscard]] UnitId unit(std::string_view code) const
    {
        return code == "nation" ? m_land->nation() : m_land->by_code(code, today()).value();
    }
    [[nodiscard]] const accounts::Services& accounts() const { return m_accounts; }
    void pass(std::chrono::milliseconds time) { m_clock.set(m_clock.now() + time); }

private:
    FixedClock m_clock{Instant(day(2026, 10, 2)) + std::chrono::hours{3}};
    std::unique_ptr<instance::Instance> m_instance;
    web::AccountDoor m_door;
    accounts::PasswordHasher m_hasher{accounts::PasswordCost{1, 8192}};
    accounts::SystemRandom m_random;
    accounts::SignInLimiter m_limiter;
    accounts::Services m_accounts;
    http::EventHub m_events;
    web::Services m_services{*m_instance, m_door, m_events};
    std::shared_ptr<const units::Territory> m_land;
    std::unique_ptr<http::Site> m_site;
    int m_version = 0;
};

}  // namespace

TEST_CASE("web: an answer that was computed once is answered at once, byte for byte")
{
    AnsweringServer server;
    server.add("thu", accounts::Role::central, "nation");
    const auto token = server.come("thu");
    CHECK_FALSE(server.at_once(token).has_value());  // the session is not known yet
    const auto computed = server.ask(token);
    REQUIRE(computed.status == 200);
    const auto kept = server.at_once(token);
    REQUIRE(kept.has_value());
    CHECK(kept->body() == computed.content->bytes());
    CHECK(kept->actor != 0);
    // The fields' order and fields that mean nothing are no other question.
    CHECK(
        server
            .at_once(token, "/api/v1/programmes/small/figures?x=1&units=level:province&period=2026-Q3&indicator=S&on=")
            .has_value());
    CHECK_FALSE(server.at_once(token, std::string(sums) + "&measure=verified").has_value());
    CHECK_FALSE(server.at_once(token, std::string(sums) + "&on=2025-01-01").has_value());
    CHECK_FALSE(server.at_once(token, std::string(sums) + "&format=columns").has_value());
    CHECK_FALSE(server.at_once(token, std::string(sums) + "&format=csv").has_value());
}

TEST_CASE("web: a refusal is not kept")
{
    AnsweringServer server;
    server.add("thu", accounts::Role::central, "nation");
    const auto token = server.come("thu");
    constexpr std::string_view wrong = "/api/v1/programmes/small/figures?indicator=Z9&period=2026-Q3&units=nation";
    CHECK(server.ask(token, wrong).status == 422);
    CHECK_FALSE(server.at_once(token, wrong).has_value());
}

TEST_CASE("web: other rights never get an answer of a wider scope, and equal rights share one")
{
    AnsweringServer server;
    server.add("thu", accounts::Role::central, "nation");
    server.add("lan", accounts::Role::central, "nation");
    server.add("minh", accounts::Role::unit_officer, "vn34:00715");
    const auto wide = server.come("thu");
    const auto same = server.come("lan");
    const auto narrow = server.come("minh");
    constexpr std::string_view all = "/api/v1/programmes/small/figures?indicator=S&period=2026-Q3&units=nation";
    const std::string whole(server.ask(wide, all).body);
    server.ask(narrow);  // known from now on
    server.ask(same);
    CHECK_FALSE(server.at_once(narrow, all).has_value());
    const std::string own(server.ask(narrow, all).body);
    CHECK(own != whole);
    CHECK(server.at_once(narrow, all)->body() == own);
    CHECK(server.at_once(same, all)->body() == whole);
    // A kept answer's tag does not open it to others either.
    auto asked = server.request(http::Method::get, all, narrow);
    asked.headers.push_back({"If-None-Match", "\"" + server.at_once(wide, all)->content->etag() + "\""});
    CHECK(server.exchange(std::move(asked)).status == 200);
}

TEST_CASE("web: what was kept before a report is not answered after its acknowledgement")
{
    AnsweringServer server;
    server.add("thu", accounts::Role::central, "nation");
    server.add("minh", accounts::Role::unit_officer, "vn34:00715");
    const auto token = server.come("thu");
    const auto commune = server.come("minh");
    std::string before(server.ask(token).body);
    for (const char* figure : {"4", "5", "6"}) {
        CHECK(server.at_once(token).has_value());
        server.report(commune, figure);
        CHECK_FALSE(server.at_once(token).has_value());
        const std::string after(server.ask(token).body);
        CHECK(after != before);
        CHECK(after.find("\"value\":\"" + std::string(figure) + "\"") != std::string::npos);
        before = after;
    }
}

TEST_CASE("web: who has the present version is told so without computing")
{
    AnsweringServer server;
    server.add("thu", accounts::Role::central, "nation");
    server.add("minh", accounts::Role::unit_officer, "vn34:00715");
    const auto token = server.come("thu");
    const auto commune = server.come("minh");
    const std::string tag(server.ask(token).header("ETag"));
    auto asked = server.request(http::Method::get, sums, token);
    asked.headers.push_back({"If-None-Match", tag});
    CHECK(server.at_once(asked).has_value());
    const auto answer = server.exchange(asked);
    CHECK(answer.status == 304);
    CHECK(answer.body.empty());
    server.report(commune, "4");
    CHECK(server.exchange(asked).status == 200);
}

TEST_CASE("web: a kept answer is compressed by a worker and never on the connection")
{
    AnsweringServer server;
    server.add("thu", accounts::Role::central, "nation");
    const auto token = server.come("thu");
    constexpr std::string_view all =
        "/api/v1/programmes/small/figures?indicator=all&period=2026-Q3&units=level:commune";
    const std::string plain(server.ask(token, all).body);
    auto asked = server.request(http::Method::get, all, token);
    asked.headers.push_back({"Accept-Encoding", "gzip"});
    CHECK_FALSE(server.at_once(asked).has_value());
    CHECK(server.exchange(asked).header("Content-Encoding") == "gzip");
    const auto kept = server.at_once(asked);
    REQUIRE(kept.has_value());
    CHECK(kept->content->compressed());
    CHECK(kept->body() == plain);
}

TEST_CASE("web: who may no longer come in is not answered from what is kept")
{
    AnsweringServer server;
    const auto user = server.add("thu", accounts::Role::central, "nation");
    auto token = server.come("thu");
    const auto answered = [&] {
        CHECK(server.ask(token).status == 200);
        return server.at_once(token).has_value();
    };
    REQUIRE(answered());
    SUBCASE("signed out")
    {
        CHECK(server.exchange(server.request(http::Method::remove, "/api/v1/session", token)).status == 204);
        CHECK_FALSE(server.at_once(token).has_value());
        CHECK(server.ask(token).status == 401);
    }
    SUBCASE("disabled")
    {
        REQUIRE(accounts::set_disabled(server.accounts(), accounts::the_program(), user, true, server.setting()));
        CHECK_FALSE(server.at_once(token).has_value());
        CHECK(server.ask(token).status == 401);
    }
    SUBCASE("the password changed elsewhere")
    {
        const auto other = server.come("thu");
        const accounts::Actor self{user, {}, false};
        REQUIRE(accounts::change_password(server.accounts(), self,
                                          {other, chosen, "nắng lên trên nương ngô", "127.0.0.1"},
                                          server.today() + std::chrono::hours{4}));
        CHECK_FALSE(server.at_once(token).has_value());
        CHECK(server.ask(token).status == 401);
    }
    SUBCASE("the grant was taken")
    {
        const accounts::Grant grant{accounts::Role::central, {}, {}, server.unit("nation")};
        const std::string before(server.ask(token).body);
        REQUIRE(accounts::revoke(server.accounts(), accounts::the_program(), user, grant, server.setting()));
        CHECK_FALSE(server.at_once(token).has_value());
        CHECK(server.ask(token).body != before);
    }
    SUBCASE("left alone too long")
    {
        server.pass(std::chrono::minutes{5});
        CHECK_FALSE(server.at_once(token).has_value());  // a worker notes that the session is in use
        REQUIRE(answered());
        server.pass(accounts::session_idle);
        CHECK_FALSE(server.at_once(token).has_value());
        CHECK(server.ask(token).status == 401);
    }
    SUBCASE("a token that was withdrawn")
    {
        const accounts::Acts acts{accounts::Act::read_totals};
        const auto drawn = accounts::issue_token(server.accounts(), accounts::the_program(), user, {"máy", acts, 1});
        REQUIRE(drawn.has_value());
        CHECK(server.ask(drawn->token).status == 200);
        REQUIRE(server.at_once(drawn->token).has_value());
        SUBCASE("by its owner")
        {
            REQUIRE(accounts::withdraw_token(server.accounts(), accounts::the_program(), user, drawn->id));
            CHECK_FALSE(server.at_once(drawn->token).has_value());
            CHECK(server.ask(drawn->token).status == 401);
        }
        SUBCASE("by its age")
        {
            server.pass(std::chrono::hours{24});
            CHECK_FALSE(server.at_once(drawn->token).has_value());
            CHECK(server.ask(drawn->token).status == 401);
        }
    }
}
