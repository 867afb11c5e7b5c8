// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_store.hpp"
#include "accounts/session_store.hpp"
#include "web/services.hpp"

#include <map>
#include <string>
#include <vector>

namespace phoihop::test {

/// Draws the same secrets in every run, so that cases can name them.
class CountingRandom final : public accounts::Random {
public:
    void fill(std::span<std::byte> bytes) override
    {
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(m_next++);
    }

private:
    unsigned char m_next = 0;
};

/// The standing characters of the request cases, known by a cookie or a token that is their name. Their CSRF token is
/// "csrf-" and the name; every password is "Right-1".
class CaseDoor final : public web::Door {
public:
    CaseDoor(instance::Instance& instance, const units::Territory& land)
        : m_accounts{instance.database(), instance.writer(), m_hasher, m_random, m_limiter}
    {
        using accounts::Role;
        const auto unit = [&](const char* code) { return land.by_code(code, day(2026, 10, 2)).value(); };
        add("central", "Văn phòng Chương trình", {Role::central, {}, {}, land.nation()});
        add("provincial", "Công an tỉnh Tuyên Quang", {Role::unit_officer, {}, {}, unit("vn34:08")});
        add("commune", "Công an xã Phố Bảng", {Role::unit_officer, {}, {}, unit("vn34:00715")});
        add("neighbour", "Công an xã Thanh Tương", {Role::unit_officer, {}, {}, unit("vn34:02205")});
        add("member", "Hội Liên hiệp Phụ nữ xã Phố Bảng", {Role::member_organisation, {}, "front", unit("vn34:00715")});
        add("reader", "Thanh tra tỉnh", {Role::reader, {}, {}, unit("vn34:08")});
        add("operator", "Trung tâm dữ liệu", {Role::operator_, {}, {}, {}});
        add("newcomer", "Công an phường Na Hang", {});
        m_known["newcomer"].grants.list.clear();
        m_known["newcomer"].must_change = true;
    }

    /// In the order of their ids.
    [[nodiscard]] std::vector<web::Actor> characters() const
    {
        std::vector<web::Actor> all(m_known.size());
        for (const auto& [name, actor] : m_known) all[static_cast<std::size_t>(actor.id.value - 1)] = actor;
        return all;
    }

    Result<SignedIn> sign_in(const http::Request&, const std::string& name, const std::string& password) override
    {
        const auto found = m_known.find(name);
        if (found == m_known.end() || password != "Right-1") return refuse(ProblemCode::not_signed_in);
        return SignedIn{found->second, "phoihop=" + name + "; HttpOnly; Path=/"};
    }

    Result<std::string> sign_out(const http::Request&) override { return "phoihop=; Max-Age=0; Path=/"; }

    Result<web::Actor> actor(const http::Request& request) override
    {
        std::string_view token = request.header("Authorization");
        const bool by_token = token.starts_with("Bearer ");
        if (by_token) token.remove_prefix(7);
        const auto found = m_known.find(std::string(by_token ? token : request.cookie("phoihop")));
        if (found == m_known.end()) return refuse(ProblemCode::not_signed_in);
        web::Actor actor = found->second;
        if (by_token) {
            actor.csrf.clear();
            return actor;
        }
        const bool reads = request.method == http::Method::get || request.method == http::Method::head;
        if (!reads && request.header("X-CSRF-Token") != actor.csrf)
            return refuse(ProblemCode::not_allowed, "X-CSRF-Token", {{"what", "X-CSRF-Token"}});
        return actor;
    }

    std::optional<web::Reader> reader_at_once(const http::Request& request) override
    {
        const auto found = m_known.find(std::string(request.cookie("phoihop")));
        if (found == m_known.end() || !request.header("Authorization").empty()) return std::nullopt;
        return web::Reader{found->second.id, accounts::scope_key(found->second.grants)};
    }

    Result<void> change_password(const http::Request&, const web::Actor&, const std::string& before,
                                 const std::string& after) override
    {
        if (before != "Right-1") return refuse(ProblemCode::not_allowed, "old");
        if (after.size() < 10) return refuse(ProblemCode::out_of_range, "new", {{"min", "10"}});
        return {};
    }

    /// Whoever came by an invitation is known from then on, by the login.
    Result<SignedIn> admit(const http::Request&, const std::string& session_token) override
    {
        web::Actor actor;
        m_accounts.database.read([&](store::Connection& connection) {
            const auto session = accounts::find_session(connection, accounts::token_hash(session_token));
            const auto row = accounts::user_by_id(connection, session.value().user).value();
            actor.id = row.user.id;
            actor.name = row.user.login;
            actor.office = row.user.name;
            actor.grants.list = accounts::grants_of(connection, row.user.id);
            actor.csrf = "csrf-" + row.user.login;
        });
        m_known[actor.name] = actor;
        return SignedIn{actor, "phoihop=" + actor.name + "; HttpOnly; Path=/"};
    }

    /// The cookie is the name: each character's one session in the database is called so.
    std::string session_token(const http::Request& request) override { return std::string(request.cookie("phoihop")); }

    const accounts::Services& accounts() override { return m_accounts; }

private:
    void add(const std::string& name, const std::string& office, const accounts::Grant& grant)
    {
        web::Actor actor;
        actor.id = UserId{static_cast<std::int64_t>(m_known.size()) + 1};
        actor.name = name;
        actor.office = office;
        actor.grants.list = {grant};
        actor.csrf = "csrf-" + name;
        m_known[name] = actor;
    }
    std::map<std::string, web::Actor> m_known;
    accounts::PasswordHasher m_hasher{accounts::PasswordCost{1, 8192}};
    CountingRandom m_random;
    accounts::SignInLimiter m_limiter;
    accounts::Services m_accounts;
};

}  // namespace phoihop::test
