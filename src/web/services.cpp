// SPDX-License-Identifier: Apache-2.0
#include "web/services.hpp"

#include "units/unit_store.hpp"

namespace phoihop::web {

Result<std::shared_ptr<const units::UnitIndex>> Services::unit_index()
{
    PHOIHOP_TRY(territory, instance.territory());
    const std::scoped_lock lock(index_mutex);
    if (indexed != territory) {
        std::vector<units::Alias> aliases;
        instance.database().read(
            [&](store::Connection& connection) { aliases = units::UnitStore::aliases(connection); });
        index = std::make_shared<units::UnitIndex>(territory, aliases);
        indexed = territory;
    }
    return index;
}

bool Call::allowed(accounts::Act act, UnitId unit, const std::string& party) const
{
    const accounts::Target target{programme ? programme->id : ProgrammeId{}, party, unit};
    return accounts::allowed(actor.grants, act, target, *territory, today);
}

Result<void> Call::demand(accounts::Act act, UnitId unit, const std::string& party) const
{
    const accounts::Target target{programme ? programme->id : ProgrammeId{}, party, unit};
    return accounts::demand(actor.grants, act, target, *territory, today);
}

bool Call::allowed_somewhere(accounts::Act act) const
{
    return accounts::allowed_anywhere(actor.grants, *territory, today).has(act);
}

Result<void> Call::demand_seen(UnitId unit, const std::string& party, std::string_view what) const
{
    if (allowed(accounts::Act::read_figures, unit, party)) return {};
    return refuse(ProblemCode::not_found, {}, {{"what", std::string(what)}});
}

Result<std::int64_t> Call::query_number(std::string_view name, std::int64_t otherwise, std::int64_t min,
                                        std::int64_t max) const
{
    const std::string text = query(name);
    if (text.empty()) return otherwise;
    return read_at(name, parse_whole(text, min, max));
}

Result<std::int64_t> Call::id() const
{
    return read_at("id", parse_decimal(request.parameter("id"), 0));
}

Result<UnitId> Call::unit(std::string_view code) const
{
    return territory->by_code(code, on);
}

std::string Call::query(std::string_view name) const
{
    return request.query_value(name).value_or(std::string{});
}

namespace {

Result<http::Response> carry_out(Services& services, const http::Request& request, const Body& body)
{
    PHOIHOP_TRY(actor, services.door.actor(request));
    const std::int64_t definitions = services.instance.definitions_as_of();  // before what it dates
    PHOIHOP_TRY(territory, services.instance.territory());
    Call call{services, request, std::move(actor), territory, nullptr, services.instance.today(), {}};
    call.on = call.today;
    call.definitions = definitions;
    if (const auto on = request.query_value("on"); on && !on->empty()) {
        PHOIHOP_TRY(day, read_at("on", parse_date(*on)));
        call.on = day;
    }
    if (request.route.find("{programme}") != std::string::npos) {
        PHOIHOP_TRY(programme, services.instance.programme(request.parameter("programme")));
        call.programme = programme;
    }
    auto answer = body(call);
    if (answer) answer->actor = call.actor.id.value;
    return answer;
}

}  // namespace

http::Handler handler(Services& services, Body body)
{
    return [&services, body = std::move(body)](const http::Request& request) {
        auto answer = carry_out(services, request, body);
        return answer ? std::move(*answer) : problem_answer(answer.error());
    };
}

UnitId home_of(const Actor& actor, const units::Territory& territory)
{
    for (const accounts::Grant& grant : actor.grants.list)
        if (grant.unit) return grant.unit;
    return territory.nation();
}

http::Router routes(Services& services)
{
    http::Router router;
    add_session_routes(router, services);
    add_own_account_routes(router, services);
    add_account_routes(router, services);
    add_invitation_routes(router, services);
    add_audit_routes(router, services);
    add_system_routes(router, services);
    add_programme_routes(router, services);
    add_definition_routes(router, services);
    add_unit_routes(router, services);
    add_territory_routes(router, services);
    add_map_routes(router, services);
    add_work_routes(router, services);
    add_calendar_routes(router, services);
    add_board_routes(router, services);
    add_board_act_routes(router, services);
    add_report_routes(router, services);
    add_batch_routes(router, services);
    add_check_routes(router, services);
    add_submission_routes(router, services);
    add_decision_routes(router, services);
    add_figure_routes(router, services);
    add_spread_routes(router, services);
    add_view_routes(router, services);
    add_document_routes(router, services);
    add_desk_pages(router);
    return router;
}

}  // namespace phoihop::web
