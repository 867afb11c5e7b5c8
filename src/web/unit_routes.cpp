// SPDX-License-Identifier: Apache-2.0
#include "http/gzip.hpp"
#include "units/data_set.hpp"
#include "units/trace.hpp"
#include "web/services.hpp"

#include <algorithm>

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

constexpr std::string_view part_words[] = {"none", "part", "full"};

void write_shares(JsonWriter& json, units::Part land, units::Part people, bool default_heir)
{
    json.member("land", part_words[static_cast<std::size_t>(land)]);
    json.member("people", part_words[static_cast<std::size_t>(people)]).member("default_heir", default_heir);
}

/// The day on which a unit of a succession is named: the new one on its first day, the old one on its last.
Date naming_day(const Call& call, UnitId unit, Date on)
{
    return call.territory->unit(unit).begins() >= on ? on : on - std::chrono::days{1};
}

enum class Side : std::uint8_t { origin, heir };

/// The succession as its other side sees it, with the other heirs of an origin or the other origins of an heir.
void write_link(JsonWriter& json, const Call& call, const units::Succession& link, Side side)
{
    const bool origin = side == Side::origin;
    const UnitId other = origin ? link.from : link.to;
    const auto links = origin ? call.territory->heirs_of(other) : call.territory->origins_of(other);
    json.object().key("unit");
    write_unit(json, other, {*call.territory, naming_day(call, other, link.on)}, Path::with);
    json.member("on", format_date(link.on));
    write_shares(json, link.land, link.people, link.default_heir);
    json.member("act", link.act).key("others").array();
    for (const units::Succession* each : links) {
        const UnitId unit = origin ? each->to : each->from;
        if (each->on != link.on || unit == (origin ? link.to : link.from)) continue;
        json.object().key("unit");
        write_unit(json, unit, {*call.territory, naming_day(call, unit, link.on)});
        write_shares(json, each->land, each->people, each->default_heir);
        json.end();
    }
    json.end().end();
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
    for (const units::Succession* link : territory.origins_of(id)) write_link(json, call, *link, Side::origin);
    json.end().key("heirs").array();
    for (const units::Succession* link : territory.heirs_of(id)) write_link(json, call, *link, Side::heir);
    json.end().key("children").array();
    if (const std::int32_t node = map->node_of(id); node >= 0)
        for (const std::int32_t child : map->children(node))
            write_unit(json, map->nodes()[static_cast<std::size_t>(child)].unit, reading);
    json.end().end();
    return http::json_answer(200, json.take());
}

/// All units of a day as columns: ten thousand objects would say the same keys ten thousand times.
Result<http::Response> tree(Call& call)
{
    const auto map = call.territory->map(call.on);
    JsonWriter json;
    json.object().member("on", format_date(call.on)).key("codes").array();
    const auto states = [&](const auto& write) {
        for (const units::Map::Node& node : map->nodes()) write(call.territory->state_near(node.unit, call.on));
    };
    states([&](const units::UnitState& state) { json.text(state.code.text()); });
    json.end().key("names").array();
    states([&](const units::UnitState& state) { json.text(state.full_name); });
    json.end().key("levels").array();
    for (const units::Map::Node& node : map->nodes()) json.number(static_cast<std::int64_t>(node.level));
    json.end().key("parents").array();
    for (const units::Map::Node& node : map->nodes()) json.number(node.parent);
    json.end().end();
    std::string bytes = json.take();
    const std::string etag = "units-" + format_date(call.on) + "-" + std::to_string(http::checksum(bytes));
    return http::cached_answer(std::make_shared<http::Content>(std::move(bytes), "application/json", etag));
}

/// What a unit of one day is on another: what it became, or what it came from.
Result<http::Response> traced(Call& call)
{
    PHOIHOP_TRY(to, read_at("to", parse_date(call.query("to"))));
    PHOIHOP_TRY(id, call.unit(call.request.parameter("code")));
    const units::Territory& territory = *call.territory;
    const Reading there{territory, to};
    JsonWriter json;
    json.object().key("unit");
    write_unit(json, id, call.reading(), Path::with);
    json.member("on", format_date(call.on)).member("to", format_date(to)).key("traces").array();
    for (const units::Trace& trace : units::trace(territory, id, call.on, to)) {
        json.object().key("unit");
        write_unit(json, trace.unit, there, Path::with);
        json.member("same", trace.same);
        write_shares(json, trace.land, trace.people, trace.default_heir);
        json.member("on", trace.same ? std::string{} : format_date(trace.on)).member("act", trace.act).end();
    }
    const auto map = territory.map(to);
    const units::Place place = map->place_of(id);
    json.end().key("figures_at");
    if (place.node < 0)
        json.null();
    else {
        json.object().key("unit");
        write_unit(json, map->nodes()[static_cast<std::size_t>(place.node)].unit, there, Path::with);
        json.member("undivided", place.undivided).end();
    }
    json.end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_unit_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/units", handler(services, find));
    router.get("/api/v1/units/tree", handler(services, tree));
    router.get("/api/v1/units/{code}", handler(services, show));
    router.get("/api/v1/units/{code}/trace", handler(services, traced));
}

}  // namespace phoihop::web
