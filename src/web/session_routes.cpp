// SPDX-License-Identifier: Apache-2.0
#include "accounts/sign_in.hpp"
#include "http/json.hpp"
#include "rollup/cube.hpp"
#include "store/journal.hpp"
#include "web/session_answer.hpp"

namespace phoihop::web {

namespace {

using http::JsonWriter;

Result<http::Response> sign_in(Services& services, const http::Request& request)
{
    PHOIHOP_TRY(json, http::Json::parse(request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"name", "password"}));
    PHOIHOP_TRY(name, body.text("name"));
    PHOIHOP_TRY(password, body.text("password"));
    PHOIHOP_TRY(signed_in, services.door.sign_in(request, name, password));
    return session_answer(services, signed_in.actor).with("Set-Cookie", signed_in.cookie);
}

Result<http::Response> change_password(Call& call)
{
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"old", "new"}));
    PHOIHOP_TRY(before, body.text("old"));
    PHOIHOP_TRY(after, body.text("new"));
    PHOIHOP_CHECK_OK(call.services.door.change_password(call.request, call.actor, before, after));
    return http::empty_answer();
}

}  // namespace

http::Response session_answer(Services& services, const Actor& actor)
{
    const auto territory = services.instance.territory();
    if (!territory) return problem_answer(territory.error());
    const Date today = services.instance.today();
    const UnitId home = home_of(actor, **territory);
    JsonWriter json;
    json.object().key("user").object();
    json.member("name", actor.name).member("office", actor.office).member("must_change", actor.must_change).end();
    json.member("csrf", actor.csrf).key("home");
    write_unit(json, home, {**territory, today}, Path::with);
    // What may be done anywhere: the desk shows the control, the server judges each use.
    const accounts::Acts may = accounts::allowed_anywhere(actor.grants, **territory, today);
    json.key("may").object();
    for (const accounts::Act act : accounts::all_acts) json.member(word(act), may.has(act));
    // A page warns before a session ends; an API token has none.
    json.end().member("idle_s", actor.csrf.empty() ? 0 : std::chrono::seconds(accounts::session_idle).count());
    json.member("today", format_date(today)).key("programmes").array();
    for (const auto& programme : services.instance.programmes()) {
        json.object().member("code", programme->code).key("title");
        write(json, programme->title);
        json.member("symbol", programme->symbol).member("simulated", programme->simulated);
        json.member("from", format_date(programme->validity.from));
        json.member("to", programme->validity.to == forever
                              ? std::string{}
                              : format_date(programme->validity.to - std::chrono::days{1}));
        json.end();
    }
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

void add_session_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/health", [&services](const http::Request&) {
        std::int64_t as_of = 0;
        services.instance.database().read(
            [&](store::Connection& connection) { as_of = store::journal_position(connection).sequence; });
        JsonWriter json;
        // Whoever watches sees that something is wrong; where, the operator's log says.
        const auto scrubbed = services.instance.cube().scrubbed();
        json.object().member("status", scrubbed.differs ? "cube_differs" : "ok").member("as_of", as_of);
        json.key("cube").object().member("as_of", services.instance.cube().snapshot()->as_of());
        json.member("scrub_rounds", scrubbed.rounds).member("scrubbed_periods", scrubbed.periods).end().end();
        return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
    });
    router.get("/api/v1/session", handler(services, [](Call& call) -> Result<http::Response> {
                   return session_answer(call.services, call.actor);
               }));
    router.post("/api/v1/session", [&services](const http::Request& request) {
        auto answer = sign_in(services, request);
        return answer ? std::move(*answer) : problem_answer(answer.error());
    });
    router.remove("/api/v1/session", handler(services, [](Call& call) -> Result<http::Response> {
                      PHOIHOP_TRY(cookie, call.services.door.sign_out(call.request));
                      return http::empty_answer().with("Set-Cookie", cookie);
                  }));
    router.post("/api/v1/session/password", handler(services, change_password));
}

}  // namespace phoihop::web
