// SPDX-License-Identifier: Apache-2.0
#include "web/account_door.hpp"

#include "accounts/account_store.hpp"

namespace phoihop::web {

namespace {

constexpr std::string_view cookie_name = "phoihop_session";
constexpr std::string_view bearer = "Bearer ";

std::string cookie(std::string_view token, bool secure, std::chrono::seconds age)
{
    std::string text(cookie_name);
    text += "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(age.count());
    if (secure) text += "; Secure";
    return text;
}

bool changes_nothing(http::Method method)
{
    return method == http::Method::get || method == http::Method::head || method == http::Method::options;
}

Actor actor_of(const accounts::Gatekeeper::Known& known, std::string csrf)
{
    return {known.user.id,      known.user.login,        known.user.name,
            known.actor.grants, known.actor.must_change, std::move(csrf)};
}

}  // namespace

AccountDoor::AccountDoor(instance::Instance& instance)
    : m_instance(instance),
      m_services{instance.database(), instance.writer(), m_hasher, m_random, m_limiter},
      m_gatekeeper(m_services)
{
    instance.writer().add_follower(m_gatekeeper, store::Writer::Delivery::before_answer);
}

Result<Door::SignedIn> AccountDoor::sign_in(const http::Request& request, const std::string& name,
                                            const std::string& password)
{
    if (!request.from_same_origin()) return refuse(ProblemCode::not_allowed, "Origin", {{"what", "origin"}});
    const Instant now = m_instance.clock().now();
    PHOIHOP_TRY(opened, accounts::sign_in(m_services, {name, password, request.address}, now));
    return admit(request, opened.token);
}

Result<Door::SignedIn> AccountDoor::admit(const http::Request& request, const std::string& session_token)
{
    PHOIHOP_TRY(known, m_gatekeeper.by_session(session_token, m_instance.clock().now()));
    return SignedIn{actor_of(*known, accounts::csrf_token(session_token)),
                    cookie(session_token, request.secure, accounts::session_age_max)};
}

std::string AccountDoor::session_token(const http::Request& request)
{
    return std::string(request.cookie(cookie_name));
}

Result<std::string> AccountDoor::sign_out(const http::Request& request)
{
    accounts::sign_out(m_services, request.cookie(cookie_name));
    return cookie({}, request.secure, std::chrono::seconds{0});
}

Result<Actor> AccountDoor::actor(const http::Request& request)
{
    const Instant now = m_instance.clock().now();
    if (const std::string_view header = request.header("Authorization"); header.starts_with(bearer)) {
        PHOIHOP_TRY(known, m_gatekeeper.by_api_token(header.substr(bearer.size()), now));
        return actor_of(*known, {});
    }
    const std::string_view token = request.cookie(cookie_name);
    if (token.empty()) return refuse(ProblemCode::not_signed_in);
    PHOIHOP_TRY(known, m_gatekeeper.by_session(token, now));
    std::string csrf = accounts::csrf_token(token);
    if (!changes_nothing(request.method)) {
        if (!request.from_same_origin()) return refuse(ProblemCode::not_allowed, "Origin", {{"what", "origin"}});
        if (!accounts::equal_secrets(request.header("X-CSRF-Token"), csrf))
            return refuse(ProblemCode::not_allowed, "X-CSRF-Token", {{"what", "X-CSRF-Token"}});
    }
    return actor_of(*known, std::move(csrf));
}

std::optional<Reader> AccountDoor::reader_at_once(const http::Request& request)
{
    if (!changes_nothing(request.method)) return std::nullopt;
    const Instant now = m_instance.clock().now();
    const std::string_view header = request.header("Authorization");
    const auto known = header.starts_with(bearer) ? m_gatekeeper.by_api_token_at_once(header.substr(bearer.size()), now)
                                                  : m_gatekeeper.by_session_at_once(request.cookie(cookie_name), now);
    if (!known) return std::nullopt;
    return Reader{known->user.id, known->scope};
}

Result<void> AccountDoor::change_password(const http::Request& request, const Actor& actor,
                                          const std::string& old_password, const std::string& new_password)
{
    const accounts::Actor self{actor.id, actor.grants, actor.must_change};
    const accounts::PasswordChange change{std::string(request.cookie(cookie_name)), old_password, new_password,
                                          request.address};
    return accounts::change_password(m_services, self, change, m_instance.clock().now());
}

bool AccountDoor::has_demonstration_accounts() const
{
    bool any = false;
    m_instance.database().read(
        [&](store::Connection& connection) { any = accounts::has_demonstration_accounts(connection); });
    return any;
}

}  // namespace phoihop::web
