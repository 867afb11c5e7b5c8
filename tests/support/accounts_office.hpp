// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_store.hpp"
#include "accounts/gatekeeper.hpp"
#include "accounts/manage_users.hpp"
#include "accounts/session_store.hpp"
#include "accounts/sign_in.hpp"
#include "accounts/tokens.hpp"
#include "support/draw.hpp"
#include "support/store.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

/// A small land and an office that keeps its accounts, for the tests of `accounts` and of `web`.
namespace phoihop::test {

using namespace phoihop::accounts;

inline const auto land = draw(R"(
    Việt Nam
      Lào Cai
        Xã Y Tý
      Sơn La
)");
inline const ProgrammeId p1{1};
inline const std::string new_password = "mưa rơi trên mái lá";

/// A database with this module's services and a clock that stands.
struct AccountsOffice : FreshDatabase {
    PasswordHasher hasher{PasswordCost{1, 8192}};
    SystemRandom random;
    SignInLimiter limiter;
    Services services{database(), writer(), hasher, random, limiter};
    Gatekeeper gatekeeper{services};
    Setting setting{land.get(), day(2025, 7, 1)};

    AccountsOffice() { writer().add_follower(gatekeeper, store::Writer::Delivery::before_answer); }

    [[nodiscard]] Instant now() { return clock().now(); }
    void pass(std::chrono::milliseconds time) { clock().set(clock().now() + time); }

    /// A user with one grant, made by the program, who has chosen `new_password`.
    UserId settled(const std::string& login, Role role, const char* unit, std::string party = "")
    {
        const auto drawn =
            add_user(services, the_program(),
                     {login, "Cán bộ " + login, {{role, p1, std::move(party), named(land, unit)}}}, setting);
        REQUIRE(drawn.has_value());
        const std::string hash = hasher.hash(new_password).value();
        write([&](store::WriteContext& context) { update_password(context, drawn->user, hash, false); });
        return drawn->user;
    }

    Result<SignedIn> come(const std::string& login, const std::string& password = new_password)
    {
        return sign_in(services, {login, password, "10.0.0.1"}, now());
    }

    Actor actor(const std::string& login)
    {
        return gatekeeper.by_session(come(login).value().token, now()).value()->actor;
    }

    ProblemCode session_refused(std::string_view token)
    {
        const auto known = gatekeeper.by_session(token, now());
        REQUIRE_FALSE(known.has_value());
        return known.error().code;
    }

    std::vector<std::string> verbs()
    {
        std::vector<std::string> found;
        read([&](store::Connection& connection) {
            store::read_journal(connection, 0, 1000, [&](const store::JournalRecord& record) {
                found.push_back(record.verb + " " + record.subject);
            });
        });
        return found;
    }
};

}  // namespace phoihop::test
