// SPDX-License-Identifier: Apache-2.0
#include "units/data_set.hpp"
#include "web/services.hpp"

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// The older lists begin "before the data": nothing is said about it.
std::string from_text(Date day)
{
    return day == units::before_data ? std::string{} : format_date(day);
}
std::string to_text(Date day)
{
    return day == forever ? std::string{} : format_date(day - std::chrono::days{1});
}

Result<http::Response> find(Call& call)
{
    PHOIHOP_TRY(index, call.services.unit_index());
    const std::string on = call.query("on");
    const auto day = on.empty() ? std::optional<Date>{} : std::optional<Date>{call.on};
    JsonWriter json;
    json.object().key("matches").array();
    for (const units::Match& match : index->find(call.query("q"), day, 30)) {
        json.object().member("code", match.state->code.text()).member("name", match.state->full_name);
        json.member("level", word(match.state->level)).member("path", match.path);
        json.member("from", from_text(match.life.from)).member("to", to_text(match.life.to)).key("became").array();
        for (const UnitId heir : match.became) write_unit(json, heir, call.reading(), Path::with);
        json.end().end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

void write_link(JsonWriter& json, const Call& call, UnitId other, const units::Succession& link)
{
    constexpr std::string_view parts[] = {"none", "part", "full"};
    json.object().key("unit");
    const Date day = call.territory->unit(other).begins() >= link.on ? link.on : link.on - std::chrono::days{1};
    write_unit(json, other, {*call.territory, day}, Path::with);
    json.member("on", format_date(link.on)).member("land", parts[static_cast<std::size_t>(link.land)]);
    json.member("people", parts[static_cast<std::size_t>(link.people)]).member("default_heir", link.default_heir);
    json.member("act", link.act).end();
}

void write_states(JsonWriter& json, const Call& call, const units::Unit& unit)
{
    json.key("states").array();
    for (const units::UnitState& state : unit.states) {
        json.object().member("from", from_text(state.validity.from)).member("to", to_text(state.validity.to));
        json.member("code", state.code.text()).member("full_name", state.full_name).member("kind", state.kind);
        json.key("parent");
        if (state.parent)
            write_unit(json, state.parent, {*call.territory, state.validity.from});
        else
            json.null();
        json.member("act", state.act).end();
    }
    json.end();
}

Result<http::Response> show(Call& call)
{
    const units::Territory& territory = *call.territory;
    PHOIHOP_TRY(id, call.unit(call.request.parameter("code")));
    const units::Unit& unit = territory.unit(id);
    // A unit that has ended is shown as it was on its last day, one that has not begun as on its first.
    const Date on = std::max(unit.begins(), std::min(call.on, unit.ends() - std::chrono::days{1}));
    const Reading reading{territory, on};
    const units::UnitState& state = territory.state_near(id, on);
    JsonWriter json;
    json.object().key("unit").object();
    write_unit_members(json, id, reading, Path::with);
    json.member("kind", state.kind).member("from", from_text(unit.begins())).member("to", to_text(unit.ends()));
    json.member("act", state.act).end();
    const auto map = territory.map(on);
    std::vector<UnitId> above;
    for (std::int32_t node = map->node_of(id); node > 0;) {
        node = map->nodes()[static_cast<std::size_t>(node)].parent;
        if (node >= 0) above.insert(above.begin(), map->nodes()[static_cast<std::size_t>(node)].unit);
    }
    json.key("ancestors").array();
    for (const UnitId ancestor : above) write_unit(json, ancestor, reading);
    json.end();
    write_states(json, call, unit);
    json.key("origins").array();
    for (const units::Succession* link : territory.origins_of(id)) write_link(json, call, link->from, *link);
    json.end().key("heirs").array();
    for (const units::Succession* link : territory.heirs_of(id)) write_link(json, call, link->to, *link);
    json.end().key("children").array();
    if (const std::int32_t node = map->node_of(id); node >= 0)
        for (const std::int32_t child : map->children(node))
            write_unit(json, map->nodes()[static_cast<std::size_t>(child)].unit, reading);
    json.end().end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_unit_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/units", handler(services, find));
    router.get("/api/v1/units/{code}", handler(services, show));
}

}  // namespace phoihop::web
