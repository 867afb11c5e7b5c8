// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"
#include "http/multipart.hpp"
#include "obligations/register.hpp"
#include "obligations/settle.hpp"
#include "programme/period_id.hpp"
#include "store/files.hpp"
#include "store/journal.hpp"
#include "web/actor_names.hpp"
#include "web/own_work.hpp"
#include "web/waiting_reports.hpp"

#include <algorithm>
#include <numeric>

namespace phoihop::web {

namespace {

using http::JsonWriter;
using obligations::ObligationStore;

/// The unit's work of one party is seen by whoever reads that party's figures.
Result<void> demand_some_party(const Call& call, UnitId unit)
{
    for (const programme::Party& party : call.programme->parties)
        if (call.allowed(accounts::Act::read_figures, unit, party.code)) return {};
    return call.demand(accounts::Act::read_figures, unit);
}

Result<http::Response> work(Call& call)
{
    UnitId unit = home_of(call.actor, *call.territory);
    if (const std::string code = call.query("unit"); !code.empty()) {
        PHOIHOP_TRY(asked, call.unit(code));
        unit = asked;
    }
    PHOIHOP_CHECK_OK(demand_some_party(call, unit));
    const OwnWork owed = own_work(call, unit);
    const std::vector<Shown>& items = owed.items;
    int counts[5] = {};
    for (const Shown& item : items) ++counts[urgency(item)];
    JsonWriter json;
    json.object().member("as_of", owed.as_of).member("on", format_date(call.on)).key("counts").object();
    json.member("returned", counts[0])
        .member("overdue", counts[1])
        .member("due", counts[2])
        .member("to_check", static_cast<std::int64_t>(waiting_reports(call, WaitsFor::verification).size()))
        .member("done", counts[4])
        .end();
    json.key("items").array();
    for (const Shown& item : items) {
        json.object();
        write_members(json, call, *call.programme, item);
        json.key("returned");
        if (const auto returned = last_return(call, item))
            json.object()
                .member("on", format_date(returned->on))
                .member("by", returned->by)
                .member("why", returned->why)
                .end();
        else
            json.null();
        json.end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

/// The obligation of the path with its programme; `not_found` where the actor may not read its unit.
struct Looked {
    obligations::Obligation row;
    std::vector<obligations::Event> events;
    std::shared_ptr<const programme::Programme> programme;
};

Result<Looked> look(Call& call)
{
    PHOIHOP_TRY(number, call.id());
    Looked looked;
    bool found = false;
    call.services.instance.database().read([&](store::Connection& connection) {
        const auto row = ObligationStore::obligation(connection, ObligationId{number});
        const auto steps = ObligationStore::find(connection, ObligationId{number});
        if (!row || !steps) return;
        found = true;
        looked.row = *row;
        looked.events = ObligationStore::events(connection, *steps);
    });
    if (!found) return refuse(ProblemCode::not_found, {}, {{"what", "obligation"}});
    for (const auto& programme : call.services.instance.programmes())
        if (programme->id == looked.row.programme) looked.programme = programme;
    call.programme = looked.programme;
    PHOIHOP_CHECK_OK(call.demand_seen(looked.row.unit, looked.row.party, "obligation"));
    return looked;
}

http::Response obligation_answer(const Call& call, const Looked& looked)
{
    const obligations::Obligation& row = looked.row;
    const Shown shown{
        row.id,
        row.unit,
        {0, row.programme, row.period, row.kind, row.subject, row.party},
        row.opens,
        row.due,
        {progress(std::span<const obligations::Event>(looked.events), call.on), timing(row, looked.events, call.on)},
        std::accumulate(looked.events.begin(), looked.events.end(), std::int64_t{0},
                        [](std::int64_t newest, const auto& event) { return std::max(newest, event.version); })};
    JsonWriter json;
    json.object();
    write_members(json, call, *looked.programme, shown);
    ActorNames names(call);
    json.key("events").array();
    for (const obligations::Event& event : looked.events) {
        json.object()
            .member("kind", word(event.kind))
            .member("on", format_date(event.on))
            .member("at", format_instant(event.at));
        json.member("actor", names.of(event.actor))
            .member("note", event.note)
            .member("decision_number", event.evidence.decision_number);
        json.member("decision_date",
                    event.evidence.decision_date ? format_date(*event.evidence.decision_date) : std::string{});
        json.key("file");
        if (event.evidence.file)
            json.number(event.evidence.file.value);
        else
            json.null();
        json.member("version", event.version).end();
    }
    json.end().key("predecessors").array();
    for (const UnitId unit : row.predecessors) write_unit(json, unit, call.reading());
    json.end().end();
    return http::json_answer(200, json.take());
}

Result<http::Response> show_obligation(Call& call)
{
    PHOIHOP_TRY(looked, look(call));
    return obligation_answer(call, looked);
}

accounts::Act act_for(obligations::EventKind kind)
{
    switch (kind) {
        case obligations::EventKind::claimed:
        case obligations::EventKind::evidenced: return accounts::Act::evidence;
        case obligations::EventKind::returned: return accounts::Act::return_report;
        case obligations::EventKind::excused:
        case obligations::EventKind::reopened:
        case obligations::EventKind::withdrawn:
        case obligations::EventKind::passed_on: return accounts::Act::excuse;
    }
    return accounts::Act::excuse;
}

Result<http::Response> add_event(Call& call)
{
    PHOIHOP_TRY(looked, look(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"kind", "note", "decision_number", "decision_date", "file"}));
    PHOIHOP_TRY(kind_word, body.text("kind"));
    const auto kind = obligations::event_kind_from_word(kind_word);
    if (!kind) return refuse(ProblemCode::unknown_name, "kind", {{"what", "kind"}, {"found", kind_word}});
    PHOIHOP_CHECK_OK(call.demand(act_for(*kind), looked.row.unit, looked.row.party));
    obligations::Act act{looked.row.id, call.actor.id, call.today, std::nullopt, {}};
    PHOIHOP_TRY(note, body.text_or("note", ""));
    act.note = note;
    obligations::Evidence evidence;
    PHOIHOP_TRY(number, body.text_or("decision_number", ""));
    evidence.decision_number = number;
    PHOIHOP_TRY(date, body.text_or("decision_date", ""));
    if (!date.empty()) {
        PHOIHOP_TRY(day, read_at("decision_date", parse_date(date)));
        evidence.decision_date = day;
    }
    PHOIHOP_TRY(file, body.optional_member("file"));
    if (file) {
        PHOIHOP_TRY(id, file->integer(1, INT64_MAX));
        evidence.file = FileId{id};
    }
    const auto done =
        call.services.instance.writer().run([&](store::WriteContext& context) -> Result<obligations::Event> {
            switch (*kind) {
                case obligations::EventKind::claimed: return obligations::claim_by_hand(context, act);
                case obligations::EventKind::evidenced:
                    return obligations::give_evidence(context, *looked.programme, act, evidence);
                case obligations::EventKind::returned: return obligations::return_claim(context, act);
                case obligations::EventKind::excused: return obligations::excuse(context, act);
                case obligations::EventKind::reopened: return obligations::reopen(context, act);
                case obligations::EventKind::withdrawn:
                case obligations::EventKind::passed_on: break;
            }
            return refuse(ProblemCode::unsupported, "kind", {{"what", kind_word}});
        });
    if (!done) return tl::make_unexpected(done.error());
    return show_obligation(call);
}

Result<http::Response> keep_file(Call& call)
{
    // Whose evidence it becomes is said later; who may prove nothing has no business keeping files here.
    if (!call.allowed_somewhere(accounts::Act::evidence))
        return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(accounts::Act::evidence))}});
    PHOIHOP_TRY(parts, http::parse_multipart(call.request));
    PHOIHOP_TRY(part, http::find_part(parts, "file"));
    PHOIHOP_TRY(kept, store::keep_file(call.services.instance.writer(), std::as_bytes(std::span(part.content))));
    JsonWriter json;
    json.object().member("id", kept.id.value).member("media_type", kept.media_type).member("size", kept.size).end();
    return http::json_answer(200, json.take());
}

/// A file is read by whoever reads an obligation that cites it.
Result<void> demand_cited(Call& call, FileId file)
{
    std::vector<obligations::Obligation> citing;
    call.services.instance.database().read(
        [&](store::Connection& connection) { citing = ObligationStore::citing(connection, file); });
    for (const obligations::Obligation& row : citing) {
        const accounts::Target target{row.programme, row.party, row.unit};
        if (accounts::allowed(call.actor.grants, accounts::Act::read_figures, target, *call.territory, call.today))
            return {};
    }
    return refuse(ProblemCode::not_found, {}, {{"what", "file"}});
}

Result<http::Response> send_file(Call& call)
{
    PHOIHOP_TRY(number, call.id());
    PHOIHOP_CHECK_OK(demand_cited(call, FileId{number}));
    Result<store::StoredFile> kept = refuse(ProblemCode::not_found);
    Result<store::Bytes> bytes = refuse(ProblemCode::not_found);
    call.services.instance.database().read([&](store::Connection& connection) {
        kept = store::find_file(connection, FileId{number});
        bytes = store::read_file(connection, FileId{number});
    });
    if (!kept) return tl::make_unexpected(kept.error());
    if (!bytes) return tl::make_unexpected(bytes.error());
    const auto* text = reinterpret_cast<const char*>(bytes->data());
    return http::download(std::string(text, bytes->size()), kept->media_type, "minh-chung-" + std::to_string(number));
}

}  // namespace

void add_work_routes(http::Router& router, Services& services)
{
    constexpr std::size_t upload_max = 21U << 20U;
    router.get("/api/v1/programmes/{programme}/work", handler(services, work));
    router.get("/api/v1/obligations/{id}", handler(services, show_obligation));
    router.post("/api/v1/obligations/{id}/events", handler(services, add_event));
    router.post("/api/v1/files", handler(services, keep_file)).body_up_to(upload_max);
    router.get("/api/v1/files/{id}", handler(services, send_file));
}

}  // namespace phoihop::web
