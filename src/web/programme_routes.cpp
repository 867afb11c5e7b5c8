// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"
#include "obligations/open_period.hpp"
#include "programme/period_id.hpp"
#include "web/services.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using http::JsonWriter;
using programme::Programme;

std::string_view word_of(programme::OverUnits rule)
{
    constexpr std::string_view words[] = {"sum", "distinct", "formula"};
    return words[static_cast<std::size_t>(rule)];
}
std::string_view word_of(programme::OverTime rule)
{
    constexpr std::string_view words[] = {"sum", "last", "formula"};
    return words[static_cast<std::size_t>(rule)];
}
std::string_view word_of(programme::Direction better)
{
    constexpr std::string_view words[] = {"up", "down", "none"};
    return words[static_cast<std::size_t>(better)];
}
std::string_view word_of(programme::Source source)
{
    constexpr std::string_view words[] = {"typed", "computed", "module"};
    return words[static_cast<std::size_t>(source)];
}

void write_indicator(JsonWriter& json, const programme::Indicator& indicator)
{
    json.object().member("code", indicator.code).member("group", indicator.group).key("name");
    write(json, indicator.name);
    json.key("unit");
    write(json, indicator.unit);
    json.member("scale", indicator.scale).member("shown_scale", indicator.shown_scale);
    json.member("over_units", word_of(indicator.over_units)).member("over_time", word_of(indicator.over_time));
    json.member("better", word_of(indicator.better)).member("source", word_of(indicator.source));
    json.member("formula", indicator.formula ? indicator.formula->text() : std::string{}).key("definition");
    write(json, {indicator.definition_vi, indicator.definition_en});
    json.end();
}

void write_limit(JsonWriter& json, const char* key, const std::optional<std::int64_t>& limit, int scale)
{
    json.key(key);
    if (limit)
        json.decimal(*limit, scale);
    else
        json.null();
}

void write_regime(JsonWriter& json, const programme::Regime& regime)
{
    const std::pair<const char*, const programme::Wording*> fields[] = {
        {"name", &regime.name},       {"content", &regime.content},           {"who_reports", &regime.who_reports},
        {"to_whom", &regime.to_whom}, {"form_and_way", &regime.form_and_way}, {"frequency", &regime.frequency},
        {"cut_off", &regime.cut_off}, {"deadline", &regime.deadline},         {"outline", &regime.outline},
        {"how_to", &regime.how_to}};
    json.object();
    for (const auto& [key, wording] : fields) {
        json.key(key);
        write(json, *wording);
    }
    json.end();
}

void write_form(JsonWriter& json, const Programme& programme, const programme::Form& form)
{
    json.object().member("code", form.code).key("title");
    write(json, form.title);
    json.member("party", form.party).member("frequency", word(form.frequency)).member("source", form.source);
    json.key("cells").array();
    for (const programme::Cell& cell : form.cells) {
        const programme::Indicator* indicator = programme.indicator(cell.indicator);
        json.object().member("indicator", cell.indicator).member("required", cell.required);
        write_limit(json, "min", cell.min, indicator->scale);
        write_limit(json, "max", cell.max, indicator->scale);
        json.member("jump_percent", cell.jump_percent).end();
    }
    json.end().key("rules").array();
    for (const programme::CellRule& rule : form.rules) {
        json.object().member("condition", rule.condition.text());
        json.member("severity", rule.severity == programme::Severity::error ? "error" : "warning").key("text");
        write(json, rule.text);
        json.member("cell", rule.cell).end();
    }
    json.end().key("regime");
    write_regime(json, form.regime);
    json.end();
}

Result<http::Response> definition(Call& call)
{
    const Programme& programme = *call.programme;
    JsonWriter json;
    json.object().member("code", programme.code).member("version", programme.version).key("title");
    write(json, programme.title);
    json.member("symbol", programme.symbol).member("simulated", programme.simulated).key("parties").array();
    for (const programme::Party& party : programme.parties) {
        json.object().member("code", party.code).key("name");
        write(json, party.name);
        json.end();
    }
    json.end().key("objectives").array();
    for (const programme::Objective& objective : programme.objectives) {
        json.object().member("code", objective.code).key("text");
        write(json, objective.text);
        json.end();
    }
    json.end().key("groups").array();
    for (const programme::Group& group : programme.groups) {
        json.object().member("code", group.code).key("name");
        write(json, group.name);
        json.end();
    }
    json.end().key("indicators").array();
    for (const programme::Indicator& indicator : programme.indicators) write_indicator(json, indicator);
    json.end().key("forms").array();
    for (const programme::Form& form : programme.forms) write_form(json, programme, form);
    json.end().key("standings").array();
    for (const programme::Standing& standing : programme.standings) {
        json.object().member("code", standing.code).member("kind", standing.kind).key("title");
        write(json, standing.title);
        json.member("party", standing.party).member("frequency", word(standing.frequency)).end();
    }
    json.end().key("kept_maps").array();
    for (const Date day : programme.kept_maps) json.text(format_date(day));
    json.end().end();
    const std::string etag = "programme-" + programme.code + "-" + std::to_string(programme.version);
    return http::cached_answer(std::make_shared<http::Content>(json.take(), "application/json", etag));
}

void write_period(JsonWriter& json, const Programme& programme, const programme::PeriodName& name, bool opened)
{
    const programme::PeriodDates dates = programme.calendar.dates(name);
    json.object().member("period", name.text()).member("frequency", word(name.frequency));
    json.member("from", format_date(dates.window.from)).member("to", format_date(dates.cut_off()));
    json.member("opens", format_date(dates.opens))
        .member("closes", format_date(dates.closes))
        .member("opened", opened)
        .end();
}

Result<http::Response> periods(Call& call)
{
    const Programme& programme = *call.programme;
    std::vector<obligations::OpenedPeriod> opened;
    call.services.instance.database().read([&](store::Connection& connection) {
        opened = obligations::ObligationStore::opened_periods(connection, programme.id);
    });
    std::vector<std::pair<programme::PeriodName, bool>> all;
    for (const obligations::OpenedPeriod& period : opened) all.emplace_back(programme::name_of(period.period), true);
    const Date soon = call.today + std::chrono::days{100};
    for (const programme::PeriodName& name :
         obligations::periods_opening(programme, call.today - std::chrono::days{200}, soon)) {
        const bool known = std::any_of(all.begin(), all.end(), [&](const auto& entry) { return entry.first == name; });
        if (!known) all.emplace_back(name, false);
    }
    std::stable_sort(all.begin(), all.end(), [&](const auto& left, const auto& right) {
        return programme.calendar.dates(left.first).window.to > programme.calendar.dates(right.first).window.to;
    });
    JsonWriter json;
    json.object().key("periods").array();
    for (const auto& [name, is_open] : all) write_period(json, programme, name, is_open);
    json.end().end();
    return http::json_answer(200, json.take());
}

Result<http::Response> open_period(Call& call)
{
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::open_period, call.territory->nation()));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"period"}));
    PHOIHOP_TRY(text, body.text("period"));
    PHOIHOP_TRY(name, read_at("period", programme::parse_period(text)));
    PHOIHOP_CHECK_OK(obligations::open_period(call.services.instance.writer(), *call.programme, *call.territory, name,
                                              call.actor.id, call.today));
    JsonWriter answer;
    write_period(answer, *call.programme, name, true);
    return http::json_answer(200, answer.take());
}

}  // namespace

void add_programme_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}", handler(services, definition));
    router.get("/api/v1/programmes/{programme}/periods", handler(services, periods));
    router.post("/api/v1/programmes/{programme}/periods", handler(services, open_period));
    router.get("/api/v1/programmes/{programme}/events", handler(services, [](Call& call) -> Result<http::Response> {
                   http::Response answer;
                   const std::string last(call.request.header("Last-Event-ID"));
                   const auto seen = parse_decimal(last.empty() ? "0" : last, 0);
                   answer.events = call.services.events.subscribe(
                       {"programme:" + std::to_string(call.programme->id.value)}, seen.value_or(0));
                   return answer;
               }));
}

}  // namespace phoihop::web
