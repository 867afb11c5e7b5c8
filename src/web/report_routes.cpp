// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"
#include "obligations/obligation_store.hpp"
#include "programme/period_id.hpp"
#include "reporting/submission_store.hpp"
#include "rollup/cube.hpp"
#include "web/actor_names.hpp"
#include "web/report_reading.hpp"

#include <algorithm>
#include <map>

namespace phoihop::web {

namespace {

using http::JsonWriter;
using programme::Form;
using programme::Programme;

void write_cells(JsonWriter& json, const Programme& programme, const Form& form, const facts::Cells& cells)
{
    json.object();
    for (std::size_t i = 0; i < form.cells.size() && i < cells.size(); ++i)
        if (cells[i])
            json.key(form.cells[i].indicator).decimal(*cells[i], programme.indicator(form.cells[i].indicator)->scale);
    json.end();
}

/// What the database knows of one report.
struct Kept {
    std::optional<facts::CurrentFact> current;
    std::vector<facts::FactVersion> versions;
    std::vector<facts::FactEvent> events;
    std::optional<obligations::Found> owed;
    std::optional<reporting::Draft> draft;
    /// By version: what the sender explained, and what the office above asked when it gave the version back.
    std::map<std::int64_t, reporting::CellComments> explained;
    std::map<std::int64_t, reporting::CellComments> asked;
};

Kept read_kept(Call& call, const ReportPath& path)
{
    Kept kept;
    call.services.instance.database().read([&](store::Connection& connection) {
        kept.current = facts::FactStore::current(connection, path.key);
        kept.versions = facts::FactStore::versions(connection, path.key);
        kept.events = facts::FactStore::events(connection, path.key);
        kept.owed = obligations::ObligationStore::find(connection, path.key.programme, path.key.period, path.form->code,
                                                       path.unit);
        kept.draft = reporting::SubmissionStore::draft(connection, path.key, call.actor.id);
        for (const facts::FactVersion& version : kept.versions) {
            kept.explained[version.version] =
                reporting::SubmissionStore::comments(connection, path.key, version.version);
            kept.asked[version.version] =
                reporting::SubmissionStore::return_comments(connection, path.key, version.version);
        }
    });
    return kept;
}

/// Why the actor cannot change the report now; nothing when it can be changed.
std::optional<programme::Wording> why_not(const Call& call, const ReportPath& path, const Kept& kept)
{
    using W = programme::Wording;
    if (!kept.owed)
        return W{"Đơn vị này không phải nộp biểu này trong kỳ.", "This unit does not owe this form in the period."};
    if (path.form->source != "typed") return W{"Biểu này do hệ thống tự lập.", "This form is filled by the program."};
    if (!call.allowed(accounts::Act::submit, path.unit, path.form->party))
        return W{"Tài khoản này xem được báo cáo, không nộp và không sửa.",
                 "This account may read the report but not send it."};
    if (call.today < kept.owed->opens)
        return W{"Kỳ này mở ngày " + format_date(kept.owed->opens) + ".",
                 "The period opens on " + format_date(kept.owed->opens) + "."};
    if (kept.current && kept.current->state == facts::FactState::locked)
        return W{"Báo cáo đã khóa.", "The report is locked."};
    if (!kept.current && call.today > kept.owed->closes) return W{"Kỳ này đã đóng.", "The period is closed."};
    return std::nullopt;
}

void write_past(JsonWriter& json, Call& call, const ReportPath& path)
{
    const Programme& programme = *call.programme;
    const auto snapshot = call.services.instance.cube().snapshot();
    const auto cells_of = [&](const programme::PeriodName& period) -> std::optional<facts::Cells> {
        facts::FactKey key = path.key;
        key.period = programme::id_of(period);
        const auto report = snapshot->current(key);
        if (!report || !facts::counts_as_received(report->state)) return std::nullopt;
        return report->fact.cells;
    };
    const auto column = [&](const programme::PeriodName& period) {
        json.object().member("period", period.text()).key("cells");
        write_cells(json, programme, *path.form, cells_of(period).value_or(facts::Cells{}));
        json.end();
    };
    json.key("history").array();
    programme::PeriodName past = path.period;
    for (std::size_t i = 0; i < reporting::history_periods; ++i) {
        past = programme::previous(past);
        column(past);
    }
    json.end().key("last_year");
    column(programme::same_period_last_year(path.period));
}

void write_comments(JsonWriter& json, std::string_view name, const reporting::CellComments& comments)
{
    json.key(name).object();
    for (const auto& [indicator, comment] : comments) json.member(indicator, comment);
    json.end();
}

/// Every version with its figures, who sent it, and who decided what about it.
void write_versions(JsonWriter& json, const Call& call, const ReportPath& path, const Kept& kept)
{
    ActorNames names(call);
    json.key("versions").array();
    for (auto version = kept.versions.rbegin(); version != kept.versions.rend(); ++version) {
        facts::FactState state = facts::FactState::submitted;
        for (const facts::FactEvent& event : kept.events)
            if (event.version == version->version) state = event.state;
        json.object().member("version", version->version).member("state", facts::word(state));
        json.member("at", format_instant(version->at)).member("received_on", format_date(version->received_on));
        json.member("late", kept.owed && version->received_on > kept.owed->due);
        json.member("actor", names.of(version->actor));
        json.member("reason", version->reason).member("nil", version->nil).key("cells");
        write_cells(json, *call.programme, *path.form, version->cells);
        write_comments(json, "comments", kept.explained.at(version->version));
        write_comments(json, "returned_comments", kept.asked.at(version->version));
        json.key("events").array();
        for (const facts::FactEvent& event : kept.events) {
            if (event.version != version->version) continue;
            json.object().member("state", facts::word(event.state)).member("at", format_instant(event.at));
            json.member("actor", names.of(event.actor)).member("note", event.note).end();
        }
        json.end().end();
    }
    json.end();
}

/// The unit above on the day, or null for the nation.
void write_parent(JsonWriter& json, const Call& call, UnitId unit, Date day)
{
    const auto map = call.territory->map(day);
    const std::int32_t node = map->node_of(unit);
    const std::int32_t parent = node < 0 ? -1 : map->nodes()[static_cast<std::size_t>(node)].parent;
    json.key("parent");
    if (parent < 0)
        json.null();
    else
        write_unit(json, map->nodes()[static_cast<std::size_t>(parent)].unit, {*call.territory, day});
}

void write_draft(JsonWriter& json, const Kept& kept)
{
    json.key("draft");
    if (!kept.draft) {
        json.null();
        return;
    }
    json.object().key("cells").object();
    for (const auto& [indicator, text] : kept.draft->cells) json.member(indicator, text);
    json.end().member("based_on", kept.draft->based_on).member("at", format_instant(kept.draft->at)).end();
}

}  // namespace

Result<ReportPath> report_path(const Call& call)
{
    ReportPath path;
    path.form = call.programme->form(call.request.parameter("form"));
    if (path.form == nullptr)
        return refuse(ProblemCode::not_found, {}, {{"what", "form " + call.request.parameter("form")}});
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.request.parameter("period"))));
    path.period = period;
    const Date day = call.programme->calendar.dates(period).cut_off();
    PHOIHOP_TRY(unit, call.territory->by_code(call.request.parameter("unit"), day));
    path.unit = unit;
    path.key = {call.programme->id, path.form->number, programme::id_of(period), unit};
    return path;
}

Result<http::Response> report_answer(Call& call, const ReportPath& path)
{
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_figures, path.unit, path.form->party));
    const Kept kept = read_kept(call, path);
    const auto reason = why_not(call, path, kept);
    const Date day = call.programme->calendar.dates(path.period).cut_off();
    std::string note;
    for (const facts::FactEvent& event : kept.events)
        if (event.state == facts::FactState::returned) note = event.note;
    JsonWriter json;
    json.object().key("unit");
    write_unit(json, path.unit, {*call.territory, day}, Path::with);
    write_parent(json, call, path.unit, day);
    json.member("form", path.form->code).member("period", path.period.text());
    json.member("due", kept.owed ? format_date(kept.owed->due) : std::string{});
    json.member("opens", kept.owed ? format_date(kept.owed->opens) : std::string{});
    json.member("closes", kept.owed ? format_date(kept.owed->closes) : std::string{});
    json.member("state", kept.current ? facts::word(kept.current->state) : std::string_view("none"));
    json.member("version", kept.current ? kept.current->fact.version : 0);
    json.member("nil", kept.current && kept.current->fact.nil).member("editable", !reason).key("why_not");
    if (reason)
        write(json, *reason);
    else
        json.null();
    json.member("may_verify", call.allowed(accounts::Act::verify, path.unit, path.form->party));
    json.key("cells");
    write_cells(json, *call.programme, *path.form, kept.current ? kept.current->fact.cells : facts::Cells{});
    const std::int64_t version = kept.current ? kept.current->fact.version : 0;
    const bool is_returned = kept.current && kept.current->state == facts::FactState::returned;
    write_comments(json, "comments", version == 0 ? reporting::CellComments{} : kept.explained.at(version));
    write_comments(json, "returned_comments", is_returned ? kept.asked.at(version) : reporting::CellComments{});
    write_draft(json, kept);
    write_past(json, call, path);
    write_versions(json, call, path, kept);
    json.member("note", is_returned ? note : std::string{}).end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

namespace {

/// A page says that it has the form open to fill it, and learns who else has. Nothing is kept of it in the database.
Result<http::Response> say_presence(Call& call)
{
    PHOIHOP_TRY(path, report_path(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::enter, path.unit, path.form->party));
    PHOIHOP_TRY(body_json, http::Json::parse(call.request.body));
    const http::JsonView body(body_json);
    PHOIHOP_CHECK_OK(body.only({"window", "cell", "leave"}));
    PHOIHOP_TRY(window, body.text("window"));
    if (window.empty() || window.size() > 64) return refuse(ProblemCode::too_large, "window", {{"limit", "64"}});
    PHOIHOP_TRY(cell, body.text_or("cell", ""));
    if (!cell.empty() && call.programme->indicator(cell) == nullptr)
        return refuse(ProblemCode::unknown_name, "cell", {{"what", "indicator"}, {"found", cell}});
    PHOIHOP_TRY(leave, body.boolean_or("leave", false));
    const std::string form = std::to_string(path.key.programme.value) + "/" + path.form->code + "/" +
                             path.period.text() + "/" + std::to_string(path.unit.value);
    const Presence::Window own{window, call.actor.id, call.actor.office, cell};
    JsonWriter json;
    json.object().key("others").array();
    if (leave) {
        call.services.presence.leave(form, own);
    } else {
        for (const Presence::Window& other :
             call.services.presence.enter(form, own, std::chrono::steady_clock::now())) {
            json.object().member("office", other.office).member("cell", other.cell);
            json.member("same_account", other.user == call.actor.id).end();
        }
    }
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

}  // namespace

void add_report_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/reports/{form}/{period}/{unit}",
               handler(services, [](Call& call) -> Result<http::Response> {
                   PHOIHOP_TRY(path, report_path(call));
                   return report_answer(call, path);
               }));
    router.post("/api/v1/programmes/{programme}/reports/{form}/{period}/{unit}/presence",
                handler(services, say_presence));
}

}  // namespace phoihop::web
