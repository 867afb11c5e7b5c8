// SPDX-License-Identifier: Apache-2.0
#include "dispatch/make_document.hpp"
#include "http/json.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "rollup/cube.hpp"
#include "web/services.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using dispatch::DispatchStore;
using dispatch::DocumentId;
using dispatch::DocumentRecord;
using http::JsonWriter;

/// What a document is composed from: one version of the roll-up, and the live register.
dispatch::LiveSources live_sources(const Call& call, const rollup::Snapshot& snapshot)
{
    return {snapshot, *call.territory, *call.programme, call.services.instance.register_of_obligations()};
}

void write_record(JsonWriter& json, const Call& call, const DocumentRecord& record)
{
    const std::string period = record.period ? programme::name_of(record.period).text() : std::string{};
    json.member("id", record.id.value).member("kind", word(record.kind)).member("title", record.body);
    json.key("unit");
    write_unit(json, record.about, call.reading());
    json.member("period", period).member("number", record.number ? std::to_string(*record.number) : std::string{});
    json.member("symbol", record.notation).member("date", format_date(record.issued_on.value_or(record.made_on)));
    json.member("state", word(record.state)).member("version", record.version).member("as_of", record.as_of);
    json.member("simulated", call.programme->simulated);
}

void write_value(JsonWriter& json, const dispatch::FigureUsed& figure)
{
    json.object().member("value", figure.value).member("reported", figure.reported);
    json.member("expected", figure.expected).end();
}

/// How many changed figures one answer holds at most; how many there are is said beside them.
constexpr std::size_t changes_max = 200;

/// What would be printed otherwise now, of a draft or an issued document; nothing where it cannot be composed any more.
void write_changes(JsonWriter& json, const Call& call, const DocumentRecord& record)
{
    const auto snapshot = call.services.instance.cube().snapshot();
    const auto changes =
        dispatch::changed_since(call.services.instance.database(), live_sources(call, *snapshot), record.id);
    const std::size_t count = changes ? changes->size() : 0;
    json.member("change_count", static_cast<std::int64_t>(count)).key("changes").array();
    for (std::size_t i = 0; i < std::min(count, changes_max); ++i) {
        const dispatch::ChangedFigure& change = (*changes)[i];
        json.object().member("indicator", change.then.indicator).key("unit");
        write_unit(json, change.then.unit, call.reading());
        json.member("period", change.then.period.text()).key("then");
        write_value(json, change.then);
        json.key("now");
        if (change.now)
            write_value(json, *change.now);
        else
            json.null();
        json.end();
    }
    json.end();
}

Result<http::Response> list(Call& call)
{
    dispatch::DocumentFilter filter;
    filter.programme = call.programme->id;
    if (const std::string code = call.query("unit"); !code.empty()) {
        PHOIHOP_TRY(unit, call.unit(code));
        filter.about = unit;
    }
    std::vector<DocumentRecord> records;
    call.services.instance.database().read(
        [&](store::Connection& connection) { records = DispatchStore::list(connection, filter); });
    JsonWriter json;
    json.object().key("documents").array();
    for (const DocumentRecord& record : records) {
        if (!call.allowed(accounts::Act::read_figures, record.about)) continue;
        json.object();
        write_record(json, call, record);
        json.end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

Result<http::Response> make(Call& call)
{
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"kind", "unit", "period", "party"}));
    PHOIHOP_TRY(kind, body.text_or("kind", "report"));
    // Nudge letters are made from the board's late rows, by the command line.
    if (kind != "report") return refuse(ProblemCode::unknown_name, "kind", {{"what", "kind"}, {"found", kind}});
    dispatch::ReportOrder order;
    PHOIHOP_TRY(text, body.text("period"));
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(text)));
    order.period = period;
    PHOIHOP_TRY(code, body.text("unit"));
    PHOIHOP_TRY(unit, call.territory->by_code(code, call.programme->calendar.dates(period).cut_off()));
    order.unit = unit;
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::issue_document, unit));
    PHOIHOP_TRY(party, body.text_or("party", ""));
    order.party = party;
    order.made_on = call.today;
    const auto snapshot = call.services.instance.cube().snapshot();
    PHOIHOP_TRY(id, dispatch::make_report(call.services.instance.writer(), live_sources(call, *snapshot), order,
                                          call.actor.id));
    JsonWriter answer;
    answer.object().member("id", id.value).end();
    return http::json_answer(201, answer.take());
}

/// The document of the path, with its programme set; `not_found` where the actor may not read its unit.
Result<DocumentRecord> find(Call& call)
{
    PHOIHOP_TRY(number, call.id());
    Result<DocumentRecord> record = refuse(ProblemCode::not_found);
    call.services.instance.database().read(
        [&](store::Connection& connection) { record = DispatchStore::find(connection, DocumentId{number}); });
    if (!record) return record;
    for (const auto& programme : call.services.instance.programmes())
        if (programme->id == record->programme) call.programme = programme;
    if (!call.programme) return refuse(ProblemCode::not_found, {}, {{"what", "programme"}});
    PHOIHOP_CHECK_OK(call.demand_seen(record->about, {}, "document"));
    return record;
}

int year_of(Date day)
{
    return static_cast<int>(std::chrono::year_month_day(day).year());
}

Result<http::Response> show(Call& call)
{
    PHOIHOP_TRY(record, find(call));
    dispatch::Composed composed;
    dispatch::Edits edits;
    std::vector<dispatch::FigureUsed> figures;
    int next_number = 0;
    call.services.instance.database().read([&](store::Connection& connection) {
        composed = DispatchStore::content(connection, record.id);
        figures = DispatchStore::figures(connection, record.id);
        edits = DispatchStore::edits(connection, record.id);
        next_number = DispatchStore::next_number(connection, record, year_of(call.today));
        (void)dispatch::apply_edits(composed, edits);
    });
    JsonWriter json;
    json.object();
    write_record(json, call, record);
    json.member("signer", record.signer).member("next_number", std::to_string(next_number));
    json.member("may_issue", call.allowed(accounts::Act::issue_document, record.about)).key("paragraphs").array();
    for (const dispatch::Passage& passage : composed.passages)
        json.object()
            .member("key", passage.key)
            .member("text", words_of(composed, passage))
            .member("edited", edits.contains(passage.key))
            .end();
    json.end();
    write_changes(json, call, record);
    json.key("figures").array();
    for (const dispatch::FigureUsed& figure : figures) {
        json.object().member("indicator", figure.indicator).key("unit");
        write_unit(json, figure.unit, call.reading());
        json.member("period", figure.period.text()).member("value", figure.value);
        json.member("reported", figure.reported).member("expected", figure.expected).end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

Result<http::Response> edit(Call& call)
{
    PHOIHOP_TRY(record, find(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::issue_document, record.about));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"version", "paragraphs"}));
    PHOIHOP_TRY(version, body.integer("version", 1, INT64_MAX));
    PHOIHOP_TRY(list, body.member("paragraphs"));
    PHOIHOP_TRY(items, list.items());
    dispatch::Edits edits;
    for (const http::JsonView& item : items) {
        PHOIHOP_TRY(key, item.text("key"));
        PHOIHOP_TRY(text, item.text("text"));
        edits[key] = text;
    }
    PHOIHOP_CHECK_OK(
        dispatch::edit_paragraphs(call.services.instance.writer(), record.id, version, edits, call.actor.id));
    return show(call);
}

Result<http::Response> issue(Call& call)
{
    PHOIHOP_TRY(record, find(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::issue_document, record.about));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"number", "date", "signer"}));
    dispatch::IssueOrder order;
    order.issued_on = call.today;
    PHOIHOP_TRY(date, body.text_or("date", ""));
    if (!date.empty()) {
        PHOIHOP_TRY(day, read_at("date", parse_date(date)));
        order.issued_on = day;
    }
    PHOIHOP_TRY(number, body.optional_member("number"));
    if (number) {
        PHOIHOP_TRY(given, number->integer(1, 99999));
        order.number = static_cast<int>(given);
    }
    PHOIHOP_TRY(signer, body.text_or("signer", ""));
    order.signer = signer;
    auto& instance = call.services.instance;
    PHOIHOP_TRY(issued, dispatch::issue(instance.writer(), instance.database(), record.id, order, call.actor.id));
    JsonWriter answer;
    answer.object();
    write_record(answer, call, issued.record);
    answer.member("repeated", issued.repeated).end();
    return http::json_answer(200, answer.take());
}

Result<http::Response> send(Call& call)
{
    PHOIHOP_TRY(record, find(call));
    PHOIHOP_TRY(files, dispatch::remake(call.services.instance.database(), record.id));
    const std::string& format = call.request.parameter("format");
    constexpr const char* office = "application/vnd.openxmlformats-officedocument.";
    if (format == "pdf") return http::download(files.pdf, "application/pdf", files.stem + ".pdf");
    if (format == "docx")
        return http::download(files.docx, std::string(office) + "wordprocessingml.document", files.stem + ".docx");
    if (format == "xlsx" && !files.xlsx.empty())
        return http::download(files.xlsx, std::string(office) + "spreadsheetml.sheet", files.stem + ".xlsx");
    return refuse(ProblemCode::not_found, {}, {{"what", format}});
}

}  // namespace

void add_document_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/documents", handler(services, list));
    router.post("/api/v1/programmes/{programme}/documents", handler(services, make));
    router.get("/api/v1/documents/{id}", handler(services, show));
    router.put("/api/v1/documents/{id}", handler(services, edit));
    router.post("/api/v1/documents/{id}/issue", handler(services, issue));
    router.get("/api/v1/documents/{id}/{format}", handler(services, send));
}

}  // namespace phoihop::web
