// SPDX-License-Identifier: Apache-2.0
#include "documents/csv.hpp"
#include "instance/register_reader.hpp"
#include "programme/period_id.hpp"
#include "rollup/query_text.hpp"
#include "rollup/unit_scan.hpp"
#include "web/figure_sheet.hpp"
#include "web/figure_table.hpp"
#include "web/kept_route.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// Every figure that one answer may hold.
constexpr std::size_t figures_max = 400'000;
/// Names of the missing in one answer, unless more are asked for, and at most.
constexpr std::int64_t missing_shown = 500;
constexpr std::int64_t missing_shown_max = 10'000;
constexpr std::int64_t missing_from_max = 100'000'000;
constexpr std::string_view columns_type = "application/vnd.phoihop.columns+json";

/// Whose figures they are: the party of the form; "" for what is computed, which is nobody's alone.
std::string party_of(const Call& call, std::string_view indicator)
{
    const programme::Form* form = call.programme->form_of(indicator);
    return form == nullptr ? std::string{} : form->party;
}

/// By unit id - 1: whose totals of a party the actor may read.
std::vector<bool> readable_units(const Call& call, const std::string& party)
{
    return accounts::allowed_units(call.actor.grants, accounts::Act::read_totals, {call.programme->id, party, {}},
                                   *call.territory, call.today);
}

/// Leaves what the actor may read.
void keep_readable(const Call& call, rollup::Table& table)
{
    // Grants that are not limited to a party give the same answer for each.
    const bool by_party =
        std::ranges::any_of(call.actor.grants.list, [](const auto& grant) { return !grant.party.empty(); });
    std::map<std::string, std::vector<bool>> readable;  // by party
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
        const std::string party = by_party ? party_of(call, table.indicators[i]->code) : std::string{};
        auto found = readable.find(party);
        if (found == readable.end()) {
            auto rows = accounts::allowed_among(table.rows, call.actor.grants, accounts::Act::read_totals,
                                                {call.programme->id, party, {}}, *call.territory, call.today);
            if (std::ranges::all_of(rows, std::identity{})) rows.clear();  // nothing to leave out
            found = readable.emplace(party, std::move(rows)).first;
        }
        if (found->second.empty()) continue;
        for (std::size_t period = 0; period < table.periods.size(); ++period)
            rollup::Table::leave_out(table.column(i, period), found->second);
    }
}

/// The rows of the command line's `rollup`.
std::string as_csv(const rollup::Table& table, const Reading& reading)
{
    std::string csv;
    std::array<documents::Cell, rollup::figure_column_count> cells;
    const auto append = [&](const auto& row) {
        for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = documents::text_cell(std::string(row[i]));
        documents::append_csv_row(csv, cells);
    };
    append(rollup::figure_columns);
    for (const rollup::Figure& figure : table.figures())
        append(rollup::figure_row(figure, reading.territory, reading.on));
    return csv;
}

/// A file has a name and another type: it is made anew each time.
bool wants_file(const http::Request& request)
{
    const auto format = request.query_text("format");
    return format == "csv" || format == "xlsx" || request.header("Accept") == "text/csv";
}

Result<rollup::Table> table_asked(const Call& call, const rollup::Snapshot& snapshot)
{
    rollup::Query query;
    PHOIHOP_TRY(indicators, rollup::read_indicators(*call.programme, call.query("indicator")));
    query.indicators = std::move(indicators);
    PHOIHOP_TRY(periods, read_at("period", programme::parse_period_range(call.query("period"))));
    query.periods = periods;
    PHOIHOP_TRY(units, rollup::parse_units(call.query("units"), *call.territory, call.on));
    query.units = units;
    query.on = call.on;
    PHOIHOP_TRY(measure, measure_of(call));
    query.measure = measure;
    PHOIHOP_TRY(table, rollup::tabulate(snapshot, *call.territory, *call.programme, query,
                                        &call.services.instance.register_reader()));
    if (table.size() > figures_max)
        return refuse(ProblemCode::too_large, "units", {{"limit", std::to_string(figures_max)}});
    keep_readable(call, table);
    return std::move(table);
}

Result<Computed> figures(Call& call, const rollup::Snapshot& snapshot)
{
    PHOIHOP_TRY(table, table_asked(call, snapshot));
    const FigureHead head{call.on, call.programme->simulated};
    if (call.query("format") == "columns")
        return Computed{columns_json(table, head, call.reading()), std::string(columns_type)};
    return Computed{figures_json(table, head, call.reading())};
}

Result<http::Response> figures_file(Call& call)
{
    PHOIHOP_TRY(table, table_asked(call, *call.services.instance.cube().snapshot()));
    if (call.query("format") == "xlsx") {
        if (table.indicators.size() * table.periods.size() > sheet_columns_max)
            return refuse(ProblemCode::too_large, "period", {{"limit", std::to_string(sheet_columns_max)}});
        PHOIHOP_TRY(measure, measure_of(call));
        return http::download(figure_workbook(table, {*call.programme, measure, call.today}, call.reading()),
                              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "so-lieu.xlsx");
    }
    return http::download(as_csv(table, call.reading()), "text/csv; charset=utf-8", "figures.csv");
}

Result<Computed> explain(Call& call, const rollup::Snapshot& snapshot)
{
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.query("period"))));
    PHOIHOP_TRY(unit, call.unit(call.query("unit")));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_figures, unit, party_of(call, call.query("indicator"))));
    PHOIHOP_TRY(measure, measure_of(call));
    PHOIHOP_TRY(found, rollup::explain(snapshot, *call.territory, *call.programme, call.query("indicator"), period,
                                       unit, call.on, measure, &call.services.instance.register_reader()));
    constexpr std::size_t shown_max = 500;
    JsonWriter json;
    json.object().key("figure");
    write(json, found.figure, call.reading());
    json.member("formula", found.formula).key("parts").array();
    for (const rollup::Figure& part : found.parts) write(json, part, call.reading());
    json.end().key("reports").array();
    for (std::size_t i = 0; i < std::min(found.reports.size(), shown_max); ++i) {
        const rollup::Explanation::Report& report = found.reports[i];
        const programme::PeriodName when = programme::name_of(report.key.period);
        const programme::Form* form = call.programme->form_of(report.indicator);
        json.object().key("unit");
        write_unit(json, report.key.unit, {*call.territory, call.programme->calendar.dates(when).cut_off()});
        json.member("form", form == nullptr ? std::string{} : form->code).member("indicator", report.indicator);
        json.member("period", when.text()).member("version", report.version).key("value");
        json.decimal(report.value, call.programme->indicator(report.indicator)->scale);
        json.member("state", facts::word(report.state)).member("undivided", report.undivided).end();
    }
    json.end().member("report_count", static_cast<std::int64_t>(found.reports.size())).key("missing").array();
    for (std::size_t i = 0; i < std::min(found.missing.size(), shown_max); ++i) {
        const auto& [who, when] = found.missing[i];
        json.object().key("unit");
        write_unit(json, who, {*call.territory, call.programme->calendar.dates(when).cut_off()});
        json.member("period", when.text()).end();
    }
    json.end().member("missing_count", static_cast<std::int64_t>(found.missing.size())).end();
    return Computed{json.take()};
}

void write_rows(JsonWriter& json, std::span<const rollup::Completeness::Row> rows, const Reading& reading)
{
    json.key("rows").array();
    for (const rollup::Completeness::Row& row : rows) {
        json.object().key("unit");
        write_unit(json, row.unit, reading);
        json.member("note", rollup::word(row.note));
        json.member("reported", row.reported).member("expected", row.expected).end();
    }
    json.end();
}

/// Who has reported of a form and who has not. The counts are the unit's total; names, and the counts of the units
/// of a level, are of units whose totals the asker may read; names page by page.
Result<Computed> completeness(Call& call, const rollup::Snapshot& snapshot)
{
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.query("period"))));
    PHOIHOP_TRY(form, rollup::read_form(*call.programme, call.query("form"), period));
    PHOIHOP_TRY(under, read_at("under", rollup::read_under(*call.territory, call.query("under"), call.on)));
    PHOIHOP_TRY(measure, measure_of(call));
    PHOIHOP_TRY(by, read_at("by", rollup::read_by(call.query("by"))));
    PHOIHOP_TRY(from, call.query_number("from", 0, 0, missing_from_max));
    PHOIHOP_TRY(limit, call.query_number("limit", missing_shown, 1, missing_shown_max));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_totals, under, form->party));
    PHOIHOP_TRY(found, rollup::completeness(snapshot, *call.territory,
                                            {*call.programme, *form, period, under, call.on, measure, by}));
    const auto readable = readable_units(call, form->party);
    const auto hidden = [&](UnitId unit) { return !readable[static_cast<std::size_t>(unit.value - 1)]; };
    std::erase_if(found.missing, hidden);
    std::erase_if(found.rows, [&](const rollup::Completeness::Row& row) { return hidden(row.unit); });
    JsonWriter json;
    json.object().member("as_of", found.as_of).member("on", format_date(call.on));
    json.member("simulated", call.programme->simulated).key("unit");
    write_unit(json, under, call.reading());
    json.member("form", form->code).member("period", period.text()).member("measure", word(measure));
    json.member("reported", found.reported).member("expected", found.expected);
    if (by) write_rows(json, found.rows, call.reading());
    json.member("missing_count", static_cast<std::int64_t>(found.missing.size())).key("missing").array();
    const auto page = std::span(found.missing).subspan(std::min(static_cast<std::size_t>(from), found.missing.size()));
    for (const UnitId unit : page.first(std::min(static_cast<std::size_t>(limit), page.size())))
        write_unit(json, unit, call.reading());
    json.end().end();
    return Computed{json.take()};
}

/// How the figures of single units are spread. Of units whose totals the asker may not read nothing is in it.
Result<Computed> distribution(Call& call, const rollup::Snapshot& snapshot)
{
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.query("period"))));
    const std::string code = call.query("indicator");
    PHOIHOP_TRY(form, rollup::read_form_of(*call.programme, code, period));
    PHOIHOP_TRY(under, read_at("under", rollup::read_under(*call.territory, call.query("under"), call.on)));
    PHOIHOP_TRY(measure, measure_of(call));
    PHOIHOP_TRY(carry, call.query_number("carry", 0, 0, rollup::carry_max));
    PHOIHOP_TRY(top, call.query_number("top", 10, 0, rollup::top_max));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_totals, under, form->party));
    PHOIHOP_TRY(figures, rollup::unit_figures(snapshot, *call.territory,
                                              {*call.programme, *form, period, under, call.on, measure}, code,
                                              static_cast<int>(carry)));
    const std::size_t all = figures.size();
    const auto readable = readable_units(call, form->party);
    std::erase_if(figures, [&](const auto& one) { return !readable[static_cast<std::size_t>(one.unit.value - 1)]; });
    const auto found = rollup::distribution(figures, static_cast<std::size_t>(top));
    const int scale = call.programme->indicator(code)->scale;
    JsonWriter json;
    json.object().member("as_of", snapshot.as_of()).member("on", format_date(call.on));
    json.member("simulated", call.programme->simulated).key("unit");
    write_unit(json, under, call.reading());
    json.member("indicator", code).member("period", period.text()).member("measure", word(measure));
    json.member("units", found.total.count).member("hidden", static_cast<std::int64_t>(all - figures.size()));
    json.key("sum").decimal(found.total.value, scale);
    for (std::size_t i = 0; i < found.quartiles.size(); ++i)
        if (const auto value = found.quartiles[i]) json.key(rollup::quartile_words[i]).decimal(*value, scale);
    json.key("top").array();
    for (const auto& one : found.top) {
        json.object().key("unit");
        write_unit(json, one.unit, call.reading());
        json.key("value").decimal(one.value, scale).member("periods_ago", std::int64_t{one.carried}).end();
    }
    json.end().end();
    return Computed{json.take()};
}

}  // namespace

void add_figure_routes(http::Router& router, Services& services)
{
    const auto kept = std::make_shared<const KeptRoute>(
        services, std::vector<std::string_view>{"indicator", "period", "units", "on", "measure", "format"}, figures);
    router
        .get("/api/v1/programmes/{programme}/figures", handler(services,
                                                               [kept](Call& call) -> Result<http::Response> {
                                                                   return wants_file(call.request) ? figures_file(call)
                                                                                                   : kept->answer(call);
                                                               }))
        .fast([kept](const http::Request& request) -> std::optional<http::Response> {
            if (wants_file(request)) return std::nullopt;
            return kept->at_once(request);
        });
    add_kept_route(router, services, "/api/v1/programmes/{programme}/explain",
                   {"indicator", "period", "unit", "on", "measure"}, explain);
    add_kept_route(router, services, "/api/v1/programmes/{programme}/completeness",
                   {"form", "period", "under", "on", "measure", "by", "from", "limit"}, completeness);
    add_kept_route(router, services, "/api/v1/programmes/{programme}/distribution",
                   {"indicator", "period", "under", "on", "measure", "carry", "top"}, distribution);
}

}  // namespace phoihop::web
