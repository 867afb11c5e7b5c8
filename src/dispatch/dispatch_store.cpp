// SPDX-License-Identifier: Apache-2.0
#include "dispatch/dispatch_store.hpp"

#include "dispatch/content_text.hpp"
#include "programme/period_id.hpp"

namespace phoihop::dispatch {

namespace {

using store::Connection;
using store::Parameter;

constexpr std::string_view record_columns =
    "select id, programme, kind, unit, about, party, body, period, measure, notation, year, number, state, made_on, "
    "made_at, made_by, as_of, version, issued_on, signer, docx, pdf, xlsx from official_document where id = ?";

std::int64_t days(Date day)
{
    return day.time_since_epoch().count();
}

Date day_of(std::int64_t days_since)
{
    return Date{std::chrono::days{days_since}};
}

Parameter optional(const std::optional<std::int64_t>& value)
{
    return value ? Parameter{*value} : Parameter{nullptr};
}

Parameter file(FileId id)
{
    return id ? Parameter{id.value} : Parameter{nullptr};
}

std::string_view measure_word(rollup::Measure measure)
{
    return measure == rollup::Measure::received ? "received" : "verified";
}

DocumentRecord record_of(const store::Row& row)
{
    DocumentRecord record;
    record.id = DocumentId{row.integer(0)};
    record.programme = ProgrammeId{row.integer(1)};
    record.kind = row.text(2) == "nudge" ? DocumentKind::nudge : DocumentKind::report;
    record.unit = UnitId{row.integer(3)};
    record.about = UnitId{row.integer(4)};
    record.party = row.text(5);
    record.body = row.text(6);
    record.period = PeriodId{row.integer(7)};
    record.measure = row.text(8) == "verified" ? rollup::Measure::verified : rollup::Measure::received;
    record.notation = row.text(9);
    record.year = static_cast<int>(row.integer(10));
    if (!row.is_null(11)) record.number = static_cast<int>(row.integer(11));
    record.state = row.text(12) == "issued" ? DocumentState::issued : DocumentState::draft;
    record.made_on = day_of(row.integer(13));
    record.made_at = Instant{std::chrono::milliseconds{row.integer(14)}};
    record.made_by = UserId{row.integer(15)};
    record.as_of = row.integer(16);
    record.version = row.integer(17);
    if (!row.is_null(18)) record.issued_on = day_of(row.integer(18));
    record.signer = row.text(19);
    record.docx = FileId{row.integer(20)};
    record.pdf = FileId{row.integer(21)};
    record.xlsx = FileId{row.integer(22)};
    return record;
}

void journal(store::WriteContext& context, const DocumentRecord& record, std::string_view verb, UserId actor,
             std::string_view content)
{
    const auto bytes = std::as_bytes(std::span(content.data(), content.size()));
    context.record(actor, verb, "document:" + std::to_string(record.id.value), record.version,
                   store::Bytes(bytes.begin(), bytes.end()));
}

void add_figures(Connection& connection, DocumentId id, const std::vector<FigureUsed>& figures)
{
    static constexpr std::string_view columns[]{"document", "key",      "indicator", "unit", "period",
                                                "value",    "reported", "expected",  "as_of"};
    std::vector<Parameter> rows;
    for (const FigureUsed& figure : figures) {
        const std::int64_t period = programme::id_of(figure.period).value;
        rows.insert(rows.end(),
                    {id.value, std::string_view(figure.key), std::string_view(figure.indicator), figure.unit.value,
                     period, std::string_view(figure.value), figure.reported, figure.expected, figure.as_of});
    }
    if (!rows.empty()) connection.append("document_figure", columns, rows);
}

}  // namespace

std::string_view word(DocumentKind kind)
{
    return kind == DocumentKind::nudge ? "nudge" : "report";
}

std::string_view word(DocumentState state)
{
    return state == DocumentState::issued ? "issued" : "draft";
}

Result<DocumentRecord> DispatchStore::find(Connection& connection, DocumentId id)
{
    std::optional<DocumentRecord> found;
    connection.query(record_columns, {id.value}, [&](const store::Row& row) { found = record_of(row); });
    if (!found) return refuse(ProblemCode::not_found, "document:" + std::to_string(id.value));
    return *found;
}

std::vector<DocumentRecord> DispatchStore::list(Connection& connection, const DocumentFilter& filter)
{
    const std::int64_t programme = filter.programme ? filter.programme->value : 0;
    const std::int64_t about = filter.about ? filter.about->value : 0;
    const std::int64_t period = filter.period ? filter.period->value : 0;
    std::vector<DocumentRecord> records;
    connection.query(
        "select id, programme, kind, unit, about, party, body, period, measure, notation, year, number, state, "
        "made_on, made_at, made_by, as_of, version, issued_on, signer, docx, pdf, xlsx from official_document "
        "where (? = 0 or programme = ?) and (? = 0 or about = ?) and (? = 0 or period = ?) order by id",
        {programme, programme, about, about, period, period},
        [&](const store::Row& row) { records.push_back(record_of(row)); });
    return records;
}

Composed DispatchStore::content(Connection& connection, DocumentId id)
{
    return read_content(connection.text("select content from official_document where id = ?", {id.value}).value());
}

Edits DispatchStore::edits(Connection& connection, DocumentId id)
{
    return read_edits(connection.text("select edits from official_document where id = ?", {id.value}).value());
}

std::vector<FigureUsed> DispatchStore::figures(Connection& connection, DocumentId id)
{
    std::vector<FigureUsed> figures;
    connection.query(
        "select key, indicator, unit, period, value, reported, expected, as_of from document_figure "
        "where document = ? order by key collate \"C\"",
        {id.value}, [&](const store::Row& row) {
            figures.push_back({std::string(row.text(0)), std::string(row.text(1)), UnitId{row.integer(2)},
                               programme::name_of(PeriodId{row.integer(3)}), std::string(row.text(4)), row.integer(5),
                               row.integer(6), row.integer(7)});
        });
    return figures;
}

int DispatchStore::next_number(Connection& connection, const DocumentRecord& record, int year)
{
    const auto last = connection.integer(
        "select coalesce(max(number), 0) from official_document "
        "where body = ? and notation = ? and year = ? and state = 'issued'",
        {std::string_view(record.body), std::string_view(record.notation), std::int64_t{year}});
    return static_cast<int>(last.value_or(0)) + 1;
}

bool DispatchStore::is_repeated(Connection& connection, const DocumentRecord& record, int year, int number)
{
    return connection
        .integer(
            "select id from official_document where body = ? and notation = ? and year = ? and number = ? "
            "and state = 'issued' and id <> ? limit 1",
            {std::string_view(record.body), std::string_view(record.notation), std::int64_t{year}, std::int64_t{number},
             record.id.value})
        .has_value();
}

DocumentId DispatchStore::add(store::WriteContext& context, const DocumentRecord& record, const Composed& composed)
{
    const std::string content = content_text(composed);
    DocumentRecord made = record;
    made.id.value =
        context.connection()
            .integer(
                "insert into official_document (programme, kind, unit, about, party, body, period, measure, "
                "notation, year, state, made_on, made_at, made_by, as_of, version, signer, content, edits) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, 1, '', ?, '') returning id",
                {record.programme.value, word(record.kind), record.unit.value, record.about.value,
                 std::string_view(record.party), std::string_view(record.body), record.period.value,
                 measure_word(record.measure), std::string_view(record.notation), std::int64_t{record.year},
                 days(record.made_on), std::int64_t{context.now().time_since_epoch().count()}, record.made_by.value,
                 record.as_of, std::string_view(content)})
            .value();
    made.version = 1;
    add_figures(context.connection(), made.id, composed.figures);
    journal(context, made, "drafted", record.made_by, content);
    return made.id;
}

void DispatchStore::set_edits(store::WriteContext& context, const DocumentRecord& record, const Edits& edits,
                              UserId actor)
{
    const std::string text = edits_text(edits);
    DocumentRecord edited = record;
    ++edited.version;
    context.connection().execute("update official_document set edits = ?, version = ? where id = ?",
                                 {std::string_view(text), edited.version, edited.id.value});
    journal(context, edited, "edited", actor, text);
}

void DispatchStore::issue(store::WriteContext& context, const DocumentRecord& issued, UserId actor)
{
    context.connection().execute(
        "update official_document set state = 'issued', year = ?, number = ?, issued_on = ?, signer = ?, docx = ?, "
        "pdf = ?, xlsx = ?, version = ? where id = ?",
        {std::int64_t{issued.year}, optional(issued.number), std::int64_t{days(issued.issued_on.value())},
         std::string_view(issued.signer), file(issued.docx), file(issued.pdf), file(issued.xlsx), issued.version,
         issued.id.value});
    journal(context, issued, "issued", actor,
            std::to_string(issued.number.value_or(0)) + "/" + issued.notation + " " +
                format_date(issued.issued_on.value()) + " " + issued.signer);
}

}  // namespace phoihop::dispatch
