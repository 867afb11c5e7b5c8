// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"
#include "accounts/find_users.hpp"
#include "accounts/manage_users.hpp"
#include "accounts/session_store.hpp"
#include "accounts/sign_in.hpp"
#include "web/grant_words.hpp"
#include "web/token_words.hpp"

#include <algorithm>
#include <map>

namespace phoihop::web {

namespace {

using accounts::SeenUser;
using http::JsonWriter;

constexpr std::int64_t users_on_page = 50;

Result<void> demand_manager(const Call& call)
{
    if (call.allowed_somewhere(accounts::Act::manage_users)) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(accounts::Act::manage_users))}});
}

Result<accounts::UserWish> wish_of(const Call& call)
{
    accounts::UserWish wish;
    wish.text = call.query("q");
    if (const std::string role = call.query("role"); !role.empty()) {
        wish.role = accounts::role_from_word(role);
        if (!wish.role) return refuse(ProblemCode::unknown_name, "role", {{"what", "role"}, {"found", role}});
    }
    if (const std::string state = call.query("state"); !state.empty()) {
        wish.state = accounts::user_state_from_word(state);
        if (!wish.state) return refuse(ProblemCode::unknown_name, "state", {{"what", "state"}, {"found", state}});
    }
    if (const std::string unit = call.query("unit"); !unit.empty()) {
        PHOIHOP_TRY(id, read_at("unit", call.unit(unit)));
        wish.unit = id;
    }
    return wish;
}

/// The members of a user without the braces.
void write_user(JsonWriter& json, const Call& call, const SeenUser& seen)
{
    json.member("id", seen.user.id.value).member("login", seen.user.login).member("name", seen.user.name);
    json.member("state", word(state_of(seen.user))).member("demonstration", seen.user.demonstration);
    json.member("created_at", format_instant(seen.user.created_at)).member("whole", seen.whole);
    json.member("self", seen.user.id == call.actor.id).key("grants").array();
    for (const accounts::Grant& grant : seen.grants) write_grant(json, call, grant);
    json.end();
}

Result<http::Response> list(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(wish, wish_of(call));
    PHOIHOP_TRY(page, call.query_number("page", 1, 1, 100'000));
    const auto wanted_state = std::exchange(wish.state, std::nullopt);
    std::vector<SeenUser> found;
    call.services.instance.database().read([&](store::Connection& connection) {
        found = accounts::find_users(connection, call.account(), wish, call.setting());
    });
    // The counts say what each state's chip would show, so they are taken before the state is asked for.
    std::map<accounts::UserState, std::int64_t> counts;
    for (const SeenUser& seen : found) ++counts[state_of(seen.user)];
    std::erase_if(found, [&](const SeenUser& seen) { return wanted_state && state_of(seen.user) != *wanted_state; });
    JsonWriter json;
    json.object().member("total", found.size()).member("page", page).member("per_page", users_on_page);
    json.key("counts").object();
    for (const auto state :
         {accounts::UserState::active, accounts::UserState::must_change, accounts::UserState::disabled})
        json.member(word(state), counts[state]);
    json.end().key("users").array();
    const auto begin = std::min(found.size(), static_cast<std::size_t>((page - 1) * users_on_page));
    const auto end = std::min(found.size(), begin + static_cast<std::size_t>(users_on_page));
    for (std::size_t i = begin; i < end; ++i) {
        json.object();
        write_user(json, call, found[i]);
        json.end();
    }
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> show(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(number, call.id());
    Result<SeenUser> seen = refuse(ProblemCode::not_found);
    std::vector<accounts::ApiToken> tokens;
    std::int64_t sessions = 0;
    const Instant since = call.services.instance.clock().now() - accounts::session_idle;
    call.services.instance.database().read([&](store::Connection& connection) {
        seen = accounts::find_user(connection, call.account(), UserId{number}, call.setting());
        if (!seen || !seen->whole) return;
        tokens = accounts::tokens_of(connection, seen->user.id);
        for (const accounts::ListedSession& each : accounts::sessions_of(connection, seen->user.id))
            if (each.session.seen_at > since) ++sessions;
    });
    if (!seen) return tl::make_unexpected(seen.error());
    JsonWriter json;
    json.object();
    write_user(json, call, *seen);
    // How many, so that they can be ended; when and from where somebody works is nobody else's business.
    json.member("session_count", sessions).key("tokens");
    write_tokens(json, tokens);
    json.end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<UserId> user_of(const Call& call)
{
    PHOIHOP_TRY(number, call.id());
    // Whoever may not see the account is not told that there is one.
    Result<SeenUser> seen = refuse(ProblemCode::not_found);
    call.services.instance.database().read([&](store::Connection& connection) {
        seen = accounts::find_user(connection, call.account(), UserId{number}, call.setting());
    });
    if (!seen) return tl::make_unexpected(seen.error());
    return UserId{number};
}

Result<http::Response> add_grant(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"role", "programme", "party", "unit"}));
    PHOIHOP_TRY(words, grant_words(body));
    PHOIHOP_TRY(grant, read_grant(call, words));
    PHOIHOP_CHECK_OK(accounts::grant(call.services.door.accounts(), call.account(), user, grant, call.setting()));
    return show(call);
}

Result<http::Response> take_grant(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_TRY(grant, read_grant(call, grant_words_of_query(call)));
    PHOIHOP_CHECK_OK(accounts::revoke(call.services.door.accounts(), call.account(), user, grant, call.setting()));
    return http::empty_answer();
}

Result<http::Response> set_state(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"disabled"}));
    PHOIHOP_TRY(member, body.member("disabled"));
    PHOIHOP_TRY(disabled, member.boolean());
    PHOIHOP_CHECK_OK(
        accounts::set_disabled(call.services.door.accounts(), call.account(), user, disabled, call.setting()));
    return show(call);
}

Result<http::Response> reset_password(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_TRY(drawn, accounts::reset_password(call.services.door.accounts(), call.account(), user, call.setting()));
    JsonWriter json;
    json.object().member("login", drawn.login).member("password", drawn.password).end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> end_sessions(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_CHECK_OK(accounts::end_sessions_of(call.services.door.accounts(), call.account(), user, call.setting()));
    return http::empty_answer();
}

Result<http::Response> give_token(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_TRY(wanted, read_token_wish(call.request));
    PHOIHOP_TRY(drawn,
                accounts::give_token(call.services.door.accounts(), call.account(), user, wanted, call.setting()));
    return token_answer(drawn);
}

Result<http::Response> take_token(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(user, user_of(call));
    PHOIHOP_TRY(token, read_at("token", parse_decimal(call.request.parameter("token"), 0)));
    PHOIHOP_CHECK_OK(accounts::take_token(call.services.door.accounts(), call.account(), user,
                                          accounts::ApiTokenId{token}, call.setting()));
    return http::empty_answer();
}

}  // namespace

void add_account_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/users", handler(services, list));
    router.get("/api/v1/users/{id}", handler(services, show));
    router.post("/api/v1/users/{id}/grants", handler(services, add_grant));
    router.remove("/api/v1/users/{id}/grants", handler(services, take_grant));
    router.put("/api/v1/users/{id}/state", handler(services, set_state));
    router.post("/api/v1/users/{id}/password", handler(services, reset_password));
    router.remove("/api/v1/users/{id}/sessions", handler(services, end_sessions));
    router.post("/api/v1/users/{id}/tokens", handler(services, give_token));
    router.remove("/api/v1/users/{id}/tokens/{token}", handler(services, take_token));
}

}  // namespace phoihop::web
