// SPDX-License-Identifier: Apache-2.0
#include "accounts/saved_views.hpp"
#include "http/json.hpp"
#include "web/services.hpp"

namespace phoihop::web {

namespace {

using http::JsonWriter;

void write(JsonWriter& json, const accounts::SavedView& view)
{
    json.object().member("id", view.id.value).member("name", view.name).member("query", view.query);
    json.member("dashboard", view.dashboard).end();
}

/// Whoever may look at figures of the programme somewhere keeps views of them; only their own.
Result<void> demand_reader(const Call& call)
{
    if (!call.allowed_somewhere(accounts::Act::read_totals))
        return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(accounts::Act::read_totals))}});
    return {};
}

Result<http::Response> list(Call& call)
{
    PHOIHOP_CHECK_OK(demand_reader(call));
    std::vector<accounts::SavedView> views;
    call.services.instance.database().read([&](store::Connection& connection) {
        views = accounts::saved_views(connection, call.actor.id, call.programme->id);
    });
    JsonWriter json;
    json.object().key("views").array();
    for (const accounts::SavedView& view : views) write(json, view);
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> keep(Call& call)
{
    PHOIHOP_CHECK_OK(demand_reader(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"name", "query", "dashboard"}));
    accounts::SavedView view;
    PHOIHOP_TRY(name, body.text("name"));
    PHOIHOP_TRY(query, body.text("query"));
    PHOIHOP_TRY(dashboard, body.boolean_or("dashboard", false));
    view.name = name;
    view.query = query;
    view.dashboard = dashboard;
    PHOIHOP_TRY(kept, accounts::keep_view(call.services.instance.writer(), call.actor.id, call.programme->id, view));
    JsonWriter answer;
    write(answer, kept);
    return http::json_answer(200, answer.take());
}

Result<http::Response> drop(Call& call)
{
    PHOIHOP_CHECK_OK(demand_reader(call));
    PHOIHOP_TRY(id, call.id());
    PHOIHOP_CHECK_OK(accounts::drop_view(call.services.instance.writer(), call.actor.id, accounts::SavedViewId{id}));
    return http::empty_answer();
}

}  // namespace

void add_view_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/views", handler(services, list));
    router.post("/api/v1/programmes/{programme}/views", handler(services, keep));
    router.remove("/api/v1/programmes/{programme}/views/{id}", handler(services, drop));
}

}  // namespace phoihop::web
