// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"
#include "units/outline_store.hpp"
#include "web/services.hpp"

#include <unordered_map>

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// The scheme that the provinces of a map bear their codes in; "" for a map without provinces.
std::string scheme_of(const units::Territory& territory, const units::Map& map)
{
    for (const units::Map::Node& node : map.nodes())
        if (node.level == units::Level::province) return territory.state_near(node.unit, map.date()).code.scheme;
    return {};
}

/// By unit: where it lies, under whatever code the point was given. A unit that goes on keeps its point on older maps.
using Points = std::unordered_map<std::int64_t, units::InnerPoint>;

Points points_of(const Call& call)
{
    std::vector<units::InnerPoint> known;
    call.services.instance.database().read(
        [&](store::Connection& connection) { known = units::OutlineStore::points(connection); });
    Points points;
    for (const units::InnerPoint& point : known)
        if (const auto unit = call.territory->by_code(point.code.text(), call.on)) points.emplace(unit->value, point);
    return points;
}

void write_point(JsonWriter& json, const Points& points, UnitId unit)
{
    constexpr int millionths = 6;
    json.key("point");
    const auto found = points.find(unit.value);
    if (found == points.end()) {
        json.null();
        return;
    }
    json.array().raw(format_decimal(found->second.longitude, millionths));
    json.raw(format_decimal(found->second.latitude, millionths)).end();
}

/// What is drawn on a day: which outlines, and the units of one level with the points inside them.
Result<http::Response> show(Call& call)
{
    const std::string name = call.query("level");
    const auto level = units::level_from_word(name.empty() ? "province" : name);
    if (!level) return refuse(ProblemCode::unknown_name, "level", {{"what", "level"}, {"found", name}});
    const auto map = call.territory->map(call.on);
    std::int32_t top = 0;
    const std::string under = call.query("under");
    if (!under.empty()) {
        PHOIHOP_TRY(unit, read_at("under", call.unit(under)));
        top = map->node_of(unit);
        if (top < 0) return refuse(ProblemCode::not_found, "under", {{"what", under}});
    }
    const std::string scheme = scheme_of(*call.territory, *map);
    const Points points = points_of(call);
    JsonWriter json;
    json.object().member("on", format_date(call.on)).member("level", word(*level)).member("scheme", scheme);
    json.key("units").array();
    std::string province;
    // Before the nation begins there is no tree.
    const std::int32_t end = map->nodes().empty() ? 0 : map->nodes()[static_cast<std::size_t>(top)].subtree_end;
    for (std::int32_t at = 0; at < end; ++at) {
        const units::Map::Node& node = map->nodes()[static_cast<std::size_t>(at)];
        if (node.level == units::Level::province) province = call.territory->code_text(node.unit, call.on);
        if (at < top || node.level != *level) continue;
        json.object();
        write_unit_members(json, node.unit, call.reading(), Path::without);
        json.member("province", province);
        write_point(json, points, node.unit);
        json.end();
    }
    json.end().end();
    const UnitId whole = end == 0 ? UnitId{} : map->nodes()[static_cast<std::size_t>(top)].unit;
    std::string etag = "map-" + std::to_string(call.definitions) + "-" + format_date(call.on) + "-" +
                       std::string(word(*level)) + "-" + std::to_string(whole.value);
    return http::cached_answer(std::make_shared<http::Content>(json.take(), "application/json", std::move(etag)));
}

/// The outlines of a scheme as they were imported; compressed once for all.
Result<http::Response> outlines(Call& call)
{
    const std::string scheme = call.request.parameter("scheme");
    const std::scoped_lock lock(call.services.outlines_mutex);
    auto& [definitions, kept] = call.services.outlines[scheme];
    if (!kept || definitions != call.definitions) {
        kept = nullptr;
        std::optional<units::Drawing> drawing;
        call.services.instance.database().read(
            [&](store::Connection& connection) { drawing = units::OutlineStore::read(connection, scheme); });
        if (!drawing || drawing->topology.empty()) {
            call.services.outlines.erase(scheme);
            return refuse(ProblemCode::not_found, "scheme", {{"what", call.request.path}});
        }
        definitions = call.definitions;
        kept = std::make_shared<http::Content>(std::move(drawing->topology), "application/json",
                                               "outlines-" + scheme + "-" + std::to_string(call.definitions));
    }
    return http::cached_answer(kept);
}

}  // namespace

void add_map_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/maps", handler(services, show));
    router.get("/api/v1/maps/{scheme}", handler(services, outlines));
}

}  // namespace phoihop::web
