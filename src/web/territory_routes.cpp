// SPDX-License-Identifier: Apache-2.0
#include "documents/zip_archive.hpp"
#include "http/json.hpp"
#include "http/multipart.hpp"
#include "obligations/pass_on.hpp"
#include "units/check.hpp"
#include "units/preview_import.hpp"
#include "web/services.hpp"

#include <map>
#include <set>

/// Changes of the territory: data sets and choices of heirs, each looked at before it is done.
namespace phoihop::web {

namespace {

using http::JsonWriter;

constexpr std::size_t files_max = 50;
/// Listed at most, of each kind; how many there are is said beside them.
constexpr std::size_t listed_max = 200;

/// The days whose totals are kept: those that programmes name, and today.
std::vector<Date> kept_days(const Call& call)
{
    std::set<Date> days{call.today};
    for (const auto& programme : call.services.instance.programmes())
        days.insert(programme->kept_maps.begin(), programme->kept_maps.end());
    return {days.begin(), days.end()};
}

bool is_data(std::string_view name)
{
    return name.ends_with(".csv") || name.ends_with(".topojson");
}

Result<units::DataFiles> sent_files(const Call& call)
{
    PHOIHOP_TRY(parts, http::parse_multipart(call.request));
    units::DataFiles files;
    const auto add = [&](std::string_view path, std::string text) {
        const auto slash = path.rfind('/');
        files[std::string(slash == std::string_view::npos ? path : path.substr(slash + 1))] = std::move(text);
    };
    for (const http::Part& part : parts) {
        if (!part.is_file) continue;
        if (is_data(part.file_name)) {
            add(part.file_name, std::string(part.content));
            continue;
        }
        if (!part.file_name.ends_with(".zip"))
            return refuse(ProblemCode::wrong_type, part.file_name,
                          {{"expected", ".csv, .zip"}, {"found", part.file_name}});
        documents::ZipLimits limits;
        limits.entries = 200;
        limits.entry_bytes = 20ULL << 20U;
        limits.total_bytes = 60ULL << 20U;
        PHOIHOP_TRY(zip, read_at(part.file_name, documents::ZipReader::open(part.content, limits)));
        for (const std::string& name : zip.names()) {
            if (!is_data(name)) continue;
            PHOIHOP_TRY(text, zip.read(name));
            add(name, std::move(text));
        }
    }
    if (files.empty()) return refuse(ProblemCode::missing, "file", {{"what", ".csv"}});
    if (files.size() > files_max)
        return refuse(ProblemCode::too_large, "file",
                      {{"limit", std::to_string(files_max)}, {"found", std::to_string(files.size())}});
    return files;
}

void write_findings(JsonWriter& json, const units::CheckReport& report)
{
    json.member("errors", report.errors).member("notices", report.notices).key("findings").array();
    std::map<std::string, std::size_t> said;
    for (const units::Finding& finding : report.findings) {
        const bool error = finding.severity == units::Severity::error;
        if (++said[finding.rule] > (error ? listed_max : 5)) continue;
        json.object().member("severity", error ? "error" : "notice").member("rule", finding.rule);
        json.member("file", finding.origin.file).member("row", finding.origin.row).key("facts").object();
        for (const auto& [key, value] : finding.facts) json.member(key, value);
        json.end().end();
    }
    json.end().key("rules").array();
    for (const units::RuleCount& rule : units::by_rule(report)) {
        json.object().member("severity", rule.severity == units::Severity::error ? "error" : "notice");
        json.member("rule", rule.rule).member("count", rule.count).end();
    }
    json.end();
}

void write_preview(JsonWriter& json, const units::ImportPreview& preview)
{
    json.member("added", preview.counts.added).member("changed", preview.counts.changed);
    json.member("unchanged", preview.counts.unchanged).key("counts").object();
    std::map<std::string_view, std::size_t> counts;
    for (const units::UnitDifference& each : preview.differences) ++counts[word(each.kind)];
    for (const auto& [kind, count] : counts) json.member(kind, count);
    json.end().key("differences").array();
    std::map<units::UnitDifference::Kind, std::size_t> listed;
    for (const units::UnitDifference& each : preview.differences) {
        if (++listed[each.kind] > listed_max) continue;
        json.object().member("kind", word(each.kind)).member("code", each.code).member("name", each.name);
        json.member("before", each.before).member("after", each.after).end();
    }
    json.end().key("maps").array();
    for (const units::MapTouched& map : preview.maps) {
        json.object().member("on", format_date(map.day)).member("units_before", map.units_before);
        json.member("units_after", map.units_after).member("figures_moved", map.figures_moved).end();
    }
    json.end();
}

/// What units that have ended meanwhile left open goes to their heirs.
Result<void> pass_on_all(const Call& call)
{
    instance::Instance& instance = call.services.instance;
    PHOIHOP_TRY(territory, instance.territory());
    for (const auto& programme : instance.programmes())
        PHOIHOP_CHECK_OK(instance.writer().run([&](store::WriteContext& context) {
            return obligations::pass_on(context, *programme, *territory, call.today, call.actor.id);
        }));
    return {};
}

/// ?dry_run=1 tells what the files would change and changes nothing.
Result<http::Response> import(Call& call)
{
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::import_units, call.territory->nation()));
    PHOIHOP_TRY(files, sent_files(call));
    PHOIHOP_TRY(set, units::read_data_set(files));
    const units::CheckReport report = units::check(set);
    const bool dry_run = call.query("dry_run") == "1";
    JsonWriter json;
    json.object();
    write_findings(json, report);
    if (report.errors > 0) {
        write_preview(json, {});
        json.end();
        return http::json_answer(dry_run ? 200 : 422, json.take());
    }
    instance::Instance& instance = call.services.instance;
    std::optional<Result<units::ImportPreview>> preview;
    instance.database().read([&](store::Connection& connection) {
        preview.emplace(units::preview_import(connection, set, kept_days(call)));
    });
    if (!*preview) return tl::make_unexpected(preview->error());
    if (!dry_run) {
        PHOIHOP_CHECK_OK(units::import_units(instance.writer(), set, call.actor.id));
        instance.reload({});
        PHOIHOP_CHECK_OK(pass_on_all(call));
    }
    write_preview(json, **preview);
    json.end();
    return http::json_answer(200, json.take());
}

/// The heir of a divided unit's figures: chosen, or (an empty `to`) withdrawn.
Result<http::Response> choose_heir(Call& call)
{
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::import_units, call.territory->nation()));
    PHOIHOP_TRY(from, call.unit(call.request.parameter("code")));
    PHOIHOP_TRY(parsed, http::Json::parse(call.request.body));
    const http::JsonView body(parsed);
    PHOIHOP_CHECK_OK(body.only({"to", "act", "decided_on"}));
    PHOIHOP_TRY(to_code, body.text_or("to", ""));
    UnitId to;
    if (!to_code.empty()) {
        PHOIHOP_TRY(found, read_at("to", call.unit(to_code)));
        to = found;
    }
    PHOIHOP_TRY(act, body.text("act"));
    PHOIHOP_TRY(day_text, body.text("decided_on"));
    PHOIHOP_TRY(day, read_at("decided_on", parse_date(day_text)));
    const units::Decision decision{day, act};
    instance::Instance& instance = call.services.instance;
    std::optional<Result<std::vector<units::HeirPlace>>> places;
    instance.database().read([&](store::Connection& connection) {
        places.emplace(units::preview_heir(connection, from, to, decision, kept_days(call)));
    });
    if (!*places) return tl::make_unexpected(places->error());
    if (call.query("dry_run") != "1") {
        if (to) {
            PHOIHOP_CHECK_OK(units::choose_heir(instance.writer(), from, to, decision, call.actor.id));
        } else {
            PHOIHOP_CHECK_OK(units::withdraw_heir(instance.writer(), from, decision, call.actor.id));
        }
        instance.reload({});
    }
    JsonWriter json;
    json.object().key("places").array();
    for (const units::HeirPlace& place : **places) {
        const Reading reading{*call.territory, place.day};
        json.object().member("on", format_date(place.day)).key("before");
        write_unit(json, place.before, reading, Path::with);
        json.member("undivided_before", place.undivided_before).key("after");
        write_unit(json, place.after, reading, Path::with);
        json.member("undivided_after", place.undivided_after).end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_territory_routes(http::Router& router, Services& services)
{
    router.post("/api/v1/units", handler(services, import)).body_up_to(21U << 20U);
    router.put("/api/v1/units/{code}/heir", handler(services, choose_heir));
}

}  // namespace phoihop::web
