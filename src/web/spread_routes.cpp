// SPDX-License-Identifier: Apache-2.0
#include "programme/period_id.hpp"
#include "rollup/query_text.hpp"
#include "rollup/unit_scan.hpp"
#include "web/kept_route.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// Of fewer units quartiles would be the figures of single ones, and say nothing.
constexpr std::size_t peers_min = 5;

/// The units of a level below one, on the map of a period, that the asker may read.
std::vector<bool> peers_of(const Call& call, const rollup::ScanQuery& query, units::Level level)
{
    std::vector<bool> peers(call.territory->units().size());
    const auto map = call.territory->map(query.on);
    const std::int32_t under = map->node_of(query.under);
    if (under < 0) return peers;
    const auto readable =
        accounts::allowed_units(call.actor.grants, accounts::Act::read_totals,
                                {call.programme->id, query.form.party, {}}, *call.territory, call.today);
    for (const std::int32_t node : map->under(under, level)) {
        const auto unit = static_cast<std::size_t>(map->nodes()[static_cast<std::size_t>(node)].unit.value - 1);
        peers[unit] = readable[unit];
    }
    return peers;
}

void write_spread(JsonWriter& json, std::vector<rollup::UnitFigure> figures, int scale)
{
    const auto found = rollup::distribution(figures, 0);
    json.object().member("units", found.total.count);
    // The smallest and the largest are single units' figures: what is told is the middle half.
    for (std::size_t i = 1; i + 1 < found.quartiles.size(); ++i)
        if (const auto value = found.quartiles[i]) json.key(rollup::quartile_words[i]).decimal(*value, scale);
    json.end();
}

/// How every cell of a form is spread among units of a level: what a single report is compared with.
Result<Computed> spreads(Call& call, const rollup::Snapshot& snapshot)
{
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.query("period"))));
    PHOIHOP_TRY(form, rollup::read_form(*call.programme, call.query("form"), period));
    const Date day = call.programme->calendar.dates(period).cut_off();
    PHOIHOP_TRY(under, read_at("under", rollup::read_under(*call.territory, call.query("under"), day)));
    PHOIHOP_TRY(by, read_at("level", rollup::read_by(call.query("level"))));
    if (!by) return refuse(ProblemCode::missing, "level", {{"what", "level"}});
    PHOIHOP_TRY(measure, measure_of(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_totals, under, form->party));
    const rollup::ScanQuery query{*call.programme, *form, period, under, day, measure};
    const auto peers = peers_of(call, query, *by);
    JsonWriter json;
    json.object().member("as_of", snapshot.as_of()).member("simulated", call.programme->simulated).key("unit");
    write_unit(json, under, {*call.territory, day});
    json.member("level", units::word(*by)).member("form", form->code).member("period", period.text());
    json.member("measure", word(measure)).key("cells").object();
    for (const programme::Cell& cell : form->cells) {
        PHOIHOP_TRY(figures, rollup::unit_figures(snapshot, *call.territory, query, cell.indicator, 0));
        std::erase_if(figures, [&](const auto& one) { return !peers[static_cast<std::size_t>(one.unit.value - 1)]; });
        if (figures.size() < peers_min) continue;
        json.key(cell.indicator);
        write_spread(json, std::move(figures), call.programme->indicator(cell.indicator)->scale);
    }
    json.end().end();
    return Computed{json.take()};
}

}  // namespace

void add_spread_routes(http::Router& router, Services& services)
{
    add_kept_route(router, services, "/api/v1/programmes/{programme}/spreads",
                   {"form", "period", "under", "level", "measure"}, spreads);
}

}  // namespace phoihop::web
