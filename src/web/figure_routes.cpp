// SPDX-License-Identifier: Apache-2.0
#include "documents/csv.hpp"
#include "http/gzip.hpp"
#include "instance/register_reader.hpp"
#include "programme/period_id.hpp"
#include "rollup/query_text.hpp"
#include "web/figure_table.hpp"
#include "web/services.hpp"

#include <array>
#include <map>

namespace phoihop::web {

namespace {

using http::JsonWriter;

Result<rollup::Measure> measure_of(const Call& call)
{
    const std::string text = call.query("measure");
    if (text.empty()) return rollup::Measure::received;
    if (const auto measure = rollup::measure_from_word(text)) return *measure;
    return refuse(ProblemCode::unknown_name, "measure", {{"what", "measure"}, {"found", text}});
}

/// Every figure that one answer may hold.
constexpr std::size_t figures_max = 400'000;
constexpr std::string_view columns_type = "application/vnd.phoihop.columns+json";

/// Whose figures they are: the party of the form; "" for what is computed, which is nobody's alone.
std::string party_of(const Call& call, std::string_view indicator)
{
    const programme::Form* form = call.programme->form_of(indicator);
    return form == nullptr ? std::string{} : form->party;
}

/// Leaves what the actor may read.
void keep_readable(const Call& call, rollup::Table& table)
{
    std::map<std::string, std::vector<bool>> readable;  // by party
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
        const std::string party = party_of(call, table.indicators[i]->code);
        if (!readable.contains(party))
            readable[party] = accounts::allowed_units(call.actor.grants, accounts::Act::read_totals,
                                                      {call.programme->id, party, {}}, *call.territory, call.today);
        for (std::size_t period = 0; period < table.periods.size(); ++period)
            table.leave_out(table.column(i, period), readable[party]);
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

/// What the answer of `figures` depends on besides its version. Of each field the first counts, as for the handler.
std::string question(const http::Request& request, std::string_view scope, Date today)
{
    std::string key;
    const auto append = [&](std::string_view part) {
        key += std::to_string(part.size());
        key += ':';
        key += part;
    };
    append(scope);
    append(request.parameter("programme"));
    for (const std::string_view name : {"indicator", "period", "units", "on", "measure", "format"})
        append(request.query_text(name));
    return key + std::to_string(today.time_since_epoch().count());
}

/// A file has a name and another type: it is made anew each time.
bool wants_csv(const http::Request& request)
{
    return request.query_text("format") == "csv" || request.header("Accept") == "text/csv";
}

/// The answer that is there already for the present version and rights.
std::optional<http::Response> figures_at_once(Services& services, const http::Request& request)
{
    if (wants_csv(request)) return std::nullopt;
    const auto reader = services.door.reader_at_once(request);
    if (!reader) return std::nullopt;
    const auto snapshot = services.instance.cube().snapshot();
    const AnswerVersion version{snapshot, snapshot->as_of(), services.instance.definitions_as_of()};
    auto content = services.answers.find(question(request, reader->scope, services.instance.today()), version);
    // Compressing is a worker's job.
    if (!content || (!content->compressed() && http::accepts_gzip(request.header("Accept-Encoding"))))
        return std::nullopt;
    auto answer = http::cached_answer(std::move(content));
    answer.actor = reader->id.value;
    return answer;
}

Result<http::Response> figures(Call& call)
{
    auto& instance = call.services.instance;
    const auto snapshot = instance.cube().snapshot();
    const AnswerVersion version{snapshot, snapshot->as_of(), call.definitions};
    const std::string scope = accounts::scope_key(call.actor.grants);
    std::string asked = question(call.request, scope, call.today);
    const bool csv = wants_csv(call.request);
    if (!csv)
        if (auto kept = call.services.answers.find(asked, version)) return http::cached_answer(std::move(kept));
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
    PHOIHOP_TRY(table,
                rollup::tabulate(*snapshot, *call.territory, *call.programme, query, &instance.register_reader()));
    if (table.size() > figures_max)
        return refuse(ProblemCode::too_large, "units", {{"limit", std::to_string(figures_max)}});
    keep_readable(call, table);
    if (csv) return http::download(as_csv(table, call.reading()), "text/csv; charset=utf-8", "figures.csv");
    const FigureHead head{call.on, call.programme->simulated};
    const bool columns = call.query("format") == "columns";
    std::string json = columns ? columns_json(table, head, call.reading()) : figures_json(table, head, call.reading());
    // Version and scope. The checksum tells apart what was written of one version before and after units or programmes
    // were read anew, or on two days.
    const std::string etag = std::to_string(table.as_of) + "-" + std::to_string(http::checksum(json)) + "-" + scope;
    const std::string_view type = columns ? columns_type : std::string_view("application/json");
    auto content = std::make_shared<const http::Content>(std::move(json), std::string(type), etag);
    call.services.answers.keep(std::move(asked), version, content);
    return http::cached_answer(std::move(content));
}

Result<http::Response> explain(Call& call)
{
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.query("period"))));
    PHOIHOP_TRY(unit, call.unit(call.query("unit")));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_figures, unit, party_of(call, call.query("indicator"))));
    PHOIHOP_TRY(measure, measure_of(call));
    auto& instance = call.services.instance;
    PHOIHOP_TRY(found,
                rollup::explain(*instance.cube().snapshot(), *call.territory, *call.programme, call.query("indicator"),
                                period, unit, call.on, measure, &instance.register_reader()));
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
    return http::json_answer(200, json.take());
}

}  // namespace

void add_figure_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/figures", handler(services, figures))
        .fast([&services](const http::Request& request) { return figures_at_once(services, request); });
    router.get("/api/v1/programmes/{programme}/explain", handler(services, explain));
}

}  // namespace phoihop::web
