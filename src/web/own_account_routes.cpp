// SPDX-License-Identifier: Apache-2.0
#include "accounts/session_store.hpp"
#include "accounts/sign_in.hpp"
#include "web/token_words.hpp"

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// What a person does with his own account: a program that acts for him does not.
Result<void> demand_person(const Call& call, std::string_view what)
{
    if (!call.actor.csrf.empty()) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(what)}});
}

bool has_ended(const accounts::Session& session, Instant now)
{
    return now >= session.seen_at + accounts::session_idle || now >= session.created_at + accounts::session_age_max;
}

Result<http::Response> sessions(Call& call)
{
    PHOIHOP_CHECK_OK(demand_person(call, "session"));
    std::vector<accounts::ListedSession> all;
    call.services.instance.database().read(
        [&](store::Connection& connection) { all = accounts::sessions_of(connection, call.actor.id); });
    const store::Digest here = accounts::token_hash(call.services.door.session_token(call.request));
    const Instant now = call.services.instance.clock().now();
    JsonWriter json;
    json.object().key("sessions").array();
    for (const accounts::ListedSession& each : all) {
        if (has_ended(each.session, now)) continue;
        json.object().member("id", each.id()).member("here", each.token == here);
        json.member("created_at", format_instant(each.session.created_at));
        json.member("seen_at", format_instant(each.session.seen_at)).end();
    }
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> end_session(Call& call)
{
    PHOIHOP_CHECK_OK(demand_person(call, "session"));
    PHOIHOP_CHECK_OK(
        accounts::end_session(call.services.door.accounts(), call.account(), call.request.parameter("id")));
    return http::empty_answer();
}

Result<http::Response> end_others(Call& call)
{
    PHOIHOP_CHECK_OK(demand_person(call, "session"));
    PHOIHOP_CHECK_OK(accounts::end_other_sessions(call.services.door.accounts(), call.account(),
                                                  call.services.door.session_token(call.request)));
    return http::empty_answer();
}

Result<http::Response> tokens(Call& call)
{
    PHOIHOP_CHECK_OK(demand_person(call, "create_token"));
    std::vector<accounts::ApiToken> all;
    call.services.instance.database().read(
        [&](store::Connection& connection) { all = accounts::tokens_of(connection, call.actor.id); });
    JsonWriter json;
    json.object().key("tokens");
    write_tokens(json, all);
    json.end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> create_token(Call& call)
{
    PHOIHOP_CHECK_OK(demand_person(call, "create_token"));
    PHOIHOP_TRY(wanted, read_token_wish(call.request));
    PHOIHOP_TRY(drawn, accounts::create_token(call.services.door.accounts(), call.account(), wanted));
    return token_answer(drawn);
}

Result<http::Response> revoke_token(Call& call)
{
    PHOIHOP_CHECK_OK(demand_person(call, "create_token"));
    PHOIHOP_TRY(id, call.id());
    PHOIHOP_CHECK_OK(accounts::withdraw_token(call.services.door.accounts(), call.account(), call.actor.id,
                                              accounts::ApiTokenId{id}));
    return http::empty_answer();
}

}  // namespace

void add_own_account_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/account/sessions", handler(services, sessions));
    router.remove("/api/v1/account/sessions", handler(services, end_others));
    router.remove("/api/v1/account/sessions/{id}", handler(services, end_session));
    router.get("/api/v1/account/tokens", handler(services, tokens));
    router.post("/api/v1/account/tokens", handler(services, create_token));
    router.remove("/api/v1/account/tokens/{id}", handler(services, revoke_token));
}

}  // namespace phoihop::web
