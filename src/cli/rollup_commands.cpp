// SPDX-License-Identifier: Apache-2.0
#include "cli/listing.hpp"
#include "cli/parts.hpp"
#include "instance/instance.hpp"
#include "instance/register_reader.hpp"
#include "rollup/query_text.hpp"
#include "rollup/unit_scan.hpp"

namespace phoihop::cli {

namespace {

using instance::Instance;

Result<rollup::Measure> measure_of(const Arguments& arguments)
{
    const std::string text = arguments.value("measure");
    if (const auto measure = rollup::measure_from_word(text)) return *measure;
    return refuse(ProblemCode::wrong_type, "--measure", {{"expected", "received, verified"}, {"found", text}});
}

Result<void> rollup_command(Invocation& call)
{
    Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    PHOIHOP_TRY(territory, instance.territory());
    rollup::Query query;
    const std::string list = call.arguments.value("indicator");
    PHOIHOP_TRY(indicators, at_option("indicator", rollup::read_indicators(*programme, list)));
    PHOIHOP_TRY(periods, at_option("period", programme::parse_period_range(call.arguments.value("period"))));
    PHOIHOP_TRY(units, at_option("units", rollup::parse_units(call.arguments.value("units"), *territory, on)));
    PHOIHOP_TRY(measure, measure_of(call.arguments));
    query = {indicators, periods, units, on, measure};
    instance.prepare({.register_of_obligations = true, .cube = true}, progress_of(call));
    PHOIHOP_TRY(answer,
                rollup::query(*instance.cube().snapshot(), *territory, *programme, query, &instance.register_reader()));
    std::vector<Listing::Column> columns;
    for (const std::string_view column : rollup::figure_columns) {
        const bool number = column == "value" || column == "reported" || column == "expected";
        columns.push_back({std::string(column), number ? Listing::Kind::number : Listing::Kind::text});
    }
    Listing listing(std::move(columns));
    for (const rollup::Figure& figure : answer.figures) {
        auto row = rollup::figure_row(figure, *territory, on);
        listing.add({std::make_move_iterator(row.begin()), std::make_move_iterator(row.end())});
    }
    return listing.print(call.arguments, call.output);
}

Result<void> explain_command(Invocation& call)
{
    Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    PHOIHOP_TRY(period, period_at(call.arguments, "period"));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(unit, at_option("unit", territory->by_code(call.arguments.value("unit"), on)));
    PHOIHOP_TRY(measure, measure_of(call.arguments));
    instance.prepare({.register_of_obligations = true, .cube = true}, progress_of(call));
    PHOIHOP_TRY(explanation,
                rollup::explain(*instance.cube().snapshot(), *territory, *programme, call.arguments.value("indicator"),
                                period, unit, on, measure, &instance.register_reader()));
    Listing listing({{"part"},
                     {"indicator"},
                     {"period"},
                     {"unit"},
                     {"name"},
                     {"value", Listing::Kind::number},
                     {"version", Listing::Kind::number},
                     {"state"}});
    const auto figure_row = [&](const char* part, const rollup::Figure& figure) {
        listing.add({part, figure.indicator, figure.period.text(), territory->code_text(figure.unit, on),
                     territory->state_near(figure.unit, on).full_name, figure.text(), "",
                     std::string(word(figure.note))});
    };
    figure_row("figure", explanation.figure);
    if (!explanation.formula.empty())
        listing.add({"formula", explanation.figure.indicator, "", "", explanation.formula, "", "", ""});
    for (const rollup::Figure& part : explanation.parts) figure_row("part", part);
    const auto scale_of = [&](const std::string& code) {
        const programme::Indicator* indicator = programme->indicator(code);
        return indicator == nullptr ? 0 : indicator->scale;
    };
    for (const rollup::Explanation::Report& report : explanation.reports)
        listing.add({report.undivided ? "undivided report" : "report", report.indicator,
                     programme::name_of(report.key.period).text(), territory->code_text(report.key.unit, on),
                     territory->state_near(report.key.unit, on).full_name,
                     format_decimal(report.value, scale_of(report.indicator)), std::to_string(report.version),
                     std::string(facts::word(report.state))});
    for (const auto& [missing, when] : explanation.missing)
        listing.add({"missing", explanation.figure.indicator, when.text(), territory->code_text(missing, on),
                     territory->state_near(missing, on).full_name, "", "", "missing"});
    return listing.print(call.arguments, call.output);
}

Result<void> completeness_command(Invocation& call)
{
    Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    PHOIHOP_TRY(period, period_at(call.arguments, "period"));
    PHOIHOP_TRY(form, at_option("form", rollup::read_form(*programme, call.arguments.value("form"), period)));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(under, at_option("under", rollup::read_under(*territory, call.arguments.value("under"), on)));
    PHOIHOP_TRY(measure, measure_of(call.arguments));
    PHOIHOP_TRY(by, at_option("by", rollup::read_by(call.arguments.value("by"))));
    instance.prepare({.register_of_obligations = true, .cube = true}, progress_of(call));
    PHOIHOP_TRY(found, rollup::completeness(*instance.cube().snapshot(), *territory,
                                            {*programme, *form, period, under, on, measure, by}));
    Listing listing(
        {{"part"}, {"unit"}, {"name"}, {"reported", Listing::Kind::number}, {"expected", Listing::Kind::number}});
    const auto row = [&](const char* part, UnitId unit, const std::string& reported, const std::string& expected) {
        listing.add(
            {part, territory->code_text(unit, on), territory->state_near(unit, on).full_name, reported, expected});
    };
    row("total", under, std::to_string(found.reported), std::to_string(found.expected));
    for (const rollup::Completeness::Row& each : found.rows)
        row(each.note == rollup::Note::none ? "unit" : rollup::word(each.note).data(), each.unit,
            std::to_string(each.reported), std::to_string(each.expected));
    for (const UnitId unit : found.missing) row("missing", unit, "", "");
    return listing.print(call.arguments, call.output);
}

Result<void> distribution_command(Invocation& call)
{
    Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    PHOIHOP_TRY(period, period_at(call.arguments, "period"));
    const std::string code = call.arguments.value("indicator");
    PHOIHOP_TRY(form, rollup::read_form_of(*programme, code, period));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(under, at_option("under", rollup::read_under(*territory, call.arguments.value("under"), on)));
    PHOIHOP_TRY(measure, measure_of(call.arguments));
    PHOIHOP_TRY(carry, at_option("carry", parse_whole(call.arguments.value("carry"), 0, rollup::carry_max)));
    PHOIHOP_TRY(top, at_option("top", parse_whole(call.arguments.value("top"), 0, rollup::top_max)));
    instance.prepare({.register_of_obligations = true, .cube = true}, progress_of(call));
    PHOIHOP_TRY(figures,
                rollup::unit_figures(*instance.cube().snapshot(), *territory,
                                     {*programme, *form, period, under, on, measure}, code, static_cast<int>(carry)));
    const auto found = rollup::distribution(figures, static_cast<std::size_t>(top));
    const int scale = programme->indicator(code)->scale;
    Listing listing(
        {{"part"}, {"unit"}, {"name"}, {"value", Listing::Kind::number}, {"periods_ago", Listing::Kind::number}});
    const auto row = [&](std::string_view part, const std::string& value) {
        listing.add({std::string(part), territory->code_text(under, on), territory->state_near(under, on).full_name,
                     value, ""});
    };
    row("units", std::to_string(found.total.count));
    row("sum", format_decimal(found.total.value, scale));
    for (std::size_t i = 0; i < found.quartiles.size(); ++i)
        if (const auto value = found.quartiles[i]) row(rollup::quartile_words[i], format_decimal(*value, scale));
    for (const auto& figure : found.top)
        listing.add({"top", territory->code_text(figure.unit, on), territory->state_near(figure.unit, on).full_name,
                     format_decimal(figure.value, scale), std::to_string(figure.carried)});
    return listing.print(call.arguments, call.output);
}

}  // namespace

void add_rollup_commands(std::vector<Command>& commands)
{
    const std::vector<Option> common = {database_option(),
                                        programme_option(),
                                        {"on", "DATE", "Read units and totals on the map of this day", false, {}},
                                        {"measure", "received|verified", "Which reports count", false, "received"},
                                        today_option(),
                                        format_option()};
    Command rollup{{"rollup"},
                   "Totals of indicators over units and periods, on the map of any day",
                   common,
                   {},
                   "phoihop rollup --db phoihop.db --programme ctr-09 --indicator B1,B2 --period 2015-Q1..2015-Q4 "
                   "--units level:province --on 2025-06-30",
                   Access::read,
                   command_of(rollup_command)};
    rollup.options.push_back({"indicator", "B1[,B2…]|all", "Indicator codes", true, {}});
    rollup.options.push_back({"period", "PERIOD[..PERIOD]", "2015-Q1, 2015-M01, 2015-H1, 2015-9M, 2015", true, {}});
    rollup.options.push_back({"units", "SELECTION", "nation, level:province, children:CODE, CODE[,CODE…]", true, {}});
    commands.push_back(std::move(rollup));

    Command explain{{"explain"},
                    "From which reports a figure comes, and who is missing",
                    common,
                    {},
                    "phoihop explain --db phoihop.db --programme ctr-09 --indicator B1 --period 2015-Q1 --unit vn63:01",
                    Access::read,
                    command_of(explain_command)};
    explain.options.push_back({"indicator", "CODE", "Indicator code", true, {}});
    explain.options.push_back({"period", "PERIOD", "2015-Q1, 2015-H1, 2015", true, {}});
    explain.options.push_back({"unit", "CODE", "vn63:00004, or 00004 on the map of --on", true, {}});
    commands.push_back(std::move(explain));

    Command completeness{{"completeness"},
                         "How many of how many have reported of a form, and who is missing",
                         common,
                         {},
                         "phoihop completeness --db phoihop.db --programme ctr-09 --form bm01 --period 2015-Q1 "
                         "--under vn63:01",
                         Access::read,
                         command_of(completeness_command)};
    completeness.options.push_back({"form", "CODE", "Code of the form; needed where there are several", false, {}});
    completeness.options.push_back({"period", "PERIOD", "2015-Q1; of the form's frequency", true, {}});
    completeness.options.push_back({"under", "CODE", "Of the units below this one", false, "nation"});
    completeness.options.push_back({"by", "LEVEL", "Counts of each unit of this level too: commune", false, {}});
    commands.push_back(std::move(completeness));

    Command distribution{{"distribution"},
                         "How the units' own figures are spread: smallest, quartiles, largest, and the first of them",
                         common,
                         {},
                         "phoihop distribution --db phoihop.db --programme ctr-09 --indicator B1 --period 2015-Q1 "
                         "--under vn63:01 --top 5",
                         Access::read,
                         command_of(distribution_command)};
    distribution.options.push_back({"indicator", "CODE", "Indicator code", true, {}});
    distribution.options.push_back({"period", "PERIOD", "2015-Q1; of the form's frequency", true, {}});
    distribution.options.push_back({"under", "CODE", "Of the units below this one", false, "nation"});
    distribution.options.push_back({"top", "N", "How many of the largest are named", false, "10"});
    distribution.options.push_back(
        {"carry", "N", "Periods back at most from which a silent unit's last known figure is taken", false, "0"});
    commands.push_back(std::move(distribution));
}

}  // namespace phoihop::cli
