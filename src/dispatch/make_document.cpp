// SPDX-License-Identifier: Apache-2.0
#include "dispatch/make_document.hpp"

#include "programme/period_id.hpp"
#include "store/files.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

DocumentRecord drafted(const documents::OfficialDocument& document, const programme::Programme& programme,
                       DocumentKind kind, Date made_on, UserId actor)
{
    DocumentRecord record;
    record.programme = programme.id;
    record.kind = kind;
    record.body = document.issuing_bodies.front();
    record.notation = document.notation;
    record.year = document.year;
    record.made_on = made_on;
    record.made_by = actor;
    return record;
}

Result<void> must_be_draft(const DocumentRecord& record)
{
    if (record.state == DocumentState::draft) return {};
    return refuse(ProblemCode::wrong_state, "document:" + std::to_string(record.id.value),
                  {{"state", std::string(word(record.state))}, {"wanted", "draft"}});
}

/// A record with its pages, as they stand.
struct Whole {
    DocumentRecord record;
    Composed composed;
};

Result<Whole> whole(store::Connection& connection, DocumentId id)
{
    PHOIHOP_TRY(record, DispatchStore::find(connection, id));
    Whole answer{record, DispatchStore::content(connection, id)};
    PHOIHOP_CHECK_OK(apply_edits(answer.composed, DispatchStore::edits(connection, id)));
    return answer;
}

Result<Whole> whole(const store::Database& database, DocumentId id)
{
    Result<Whole> answer = refuse(ProblemCode::not_found);
    database.read([&](store::Connection& connection) { answer = whole(connection, id); });
    return answer;
}

/// The pages with what the record says of number, day and signer.
documents::OfficialDocument pages_of(const Whole& whole)
{
    documents::OfficialDocument document = whole.composed.document;
    document.number = whole.record.number;
    document.issued_on = whole.record.issued_on;
    document.year = whole.record.year;
    if (!document.signatures.empty()) document.signatures.front().name = whole.record.signer;
    return document;
}

Files written(const Whole& whole)
{
    return files_of(pages_of(whole), "van-ban-" + std::to_string(whole.record.id.value));
}

Result<FileId> keep(store::Writer& writer, const std::string& content)
{
    if (content.empty()) return FileId{};
    PHOIHOP_TRY(file, store::keep_file(writer, std::as_bytes(std::span(content.data(), content.size()))));
    return file.id;
}

/// Numbers a draft outside the writer's job, because its files must be written and kept before; the job asks again
/// whether the number is still free.
Result<Whole> prepared(const store::Database& database, DocumentId id, const IssueOrder& order)
{
    PHOIHOP_TRY(draft, whole(database, id));
    PHOIHOP_CHECK_OK(must_be_draft(draft.record));
    draft.record.year = static_cast<int>(std::chrono::year_month_day(order.issued_on).year());
    draft.record.number = order.number;
    if (!order.number)
        database.read([&](store::Connection& connection) {
            draft.record.number = DispatchStore::next_number(connection, draft.record, draft.record.year);
        });
    draft.record.issued_on = order.issued_on;
    draft.record.signer = order.signer;
    draft.record.state = DocumentState::issued;
    return draft;
}

Result<Issued> keep_issued(store::WriteContext& context, DocumentRecord record, const IssueOrder& order, UserId actor)
{
    PHOIHOP_TRY(present, DispatchStore::find(context.connection(), record.id));
    PHOIHOP_CHECK_OK(must_be_draft(present));
    if (present.version != record.version)
        return refuse(ProblemCode::conflict, "document:" + std::to_string(record.id.value),
                      {{"base", std::to_string(record.version)}, {"current", std::to_string(present.version)}});
    const int number = record.number.value();
    if (!order.number && number != DispatchStore::next_number(context.connection(), record, record.year))
        return refuse(ProblemCode::busy, "number", {{"retry_s", "1"}});
    const bool repeated = DispatchStore::is_repeated(context.connection(), record, record.year, number);
    ++record.version;
    DispatchStore::issue(context, record, actor);
    return Issued{record, repeated};
}

/// What must not stand in a page: zero bytes and other control characters.
bool is_clean(std::string_view words)
{
    return std::none_of(words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

Result<DocumentId> make_report(store::Writer& writer, const LiveSources& sources, const ReportOrder& order,
                               UserId actor)
{
    PHOIHOP_TRY(composed, compose_report(sources, order));
    DocumentRecord record = drafted(composed.document, sources.programme, DocumentKind::report, order.made_on, actor);
    record.unit = order.unit;
    record.about = order.unit;
    record.party = order.party.empty() ? sources.programme.issuing_party : order.party;
    record.period = programme::id_of(order.period);
    record.measure = order.measure;
    record.as_of = sources.snapshot.as_of();
    return writer.run([&](store::WriteContext& context) -> Result<DocumentId> {
        return DispatchStore::add(context, record, composed);
    });
}

Result<std::vector<DocumentId>> make_nudges(store::Writer& writer, const programme::Programme& programme,
                                            const std::vector<Nudge>& nudges, UserId actor)
{
    return writer.run([&](store::WriteContext& context) -> Result<std::vector<DocumentId>> {
        std::vector<DocumentId> ids;
        for (const Nudge& nudge : nudges) {
            DocumentRecord record = drafted(nudge.document, programme, DocumentKind::nudge, nudge.on, actor);
            record.unit = nudge.from;
            record.about = nudge.unit;
            record.party = nudge.party;
            Composed composed{nudge.document, {}, {}};
            // The words before and after the table may be written anew.
            composed.passages = {{"opening", 0}, {"request", 2}, {"closing", 3}};
            ids.push_back(DispatchStore::add(context, record, composed));
        }
        return ids;
    });
}

Result<std::int64_t> edit_paragraphs(store::Writer& writer, DocumentId id, std::int64_t base, const Edits& edits,
                                     UserId actor)
{
    for (const auto& [key, words] : edits)
        if (!is_clean(words)) return refuse(ProblemCode::malformed, key, {{"expected", "text"}});
    return writer.run([&](store::WriteContext& context) -> Result<std::int64_t> {
        PHOIHOP_TRY(record, DispatchStore::find(context.connection(), id));
        PHOIHOP_CHECK_OK(must_be_draft(record));
        if (record.version != base)
            return refuse(ProblemCode::conflict, "document:" + std::to_string(id.value),
                          {{"base", std::to_string(base)}, {"current", std::to_string(record.version)}});
        Composed composed = DispatchStore::content(context.connection(), id);
        PHOIHOP_CHECK_OK(apply_edits(composed, edits));
        Edits all = DispatchStore::edits(context.connection(), id);
        for (const auto& [key, words] : edits) {
            if (words.empty())
                all.erase(key);
            else
                all[key] = words;
        }
        DispatchStore::set_edits(context, record, all, actor);
        return record.version + 1;
    });
}

Result<Issued> issue(store::Writer& writer, const store::Database& database, DocumentId id, const IssueOrder& order,
                     UserId actor)
{
    if (order.number && *order.number < 1)
        return refuse(ProblemCode::out_of_range, "number", {{"min", "1"}, {"found", std::to_string(*order.number)}});
    if (!is_clean(order.signer)) return refuse(ProblemCode::malformed, "signer", {{"expected", "text"}});
    constexpr int attempts = 3;
    for (int attempt = 1;; ++attempt) {
        PHOIHOP_TRY(draft, prepared(database, id, order));
        const Files files = written(draft);
        PHOIHOP_TRY(docx, keep(writer, files.docx));
        PHOIHOP_TRY(pdf, keep(writer, files.pdf));
        PHOIHOP_TRY(xlsx, keep(writer, files.xlsx));
        draft.record.docx = docx;
        draft.record.pdf = pdf;
        draft.record.xlsx = xlsx;
        auto issued = writer.run([&](store::WriteContext& context) -> Result<Issued> {
            return keep_issued(context, draft.record, order, actor);
        });
        const bool again = !issued && issued.error().where == "number" && attempt < attempts;
        if (!again) return issued;
    }
}

Result<Files> remake(const store::Database& database, DocumentId id)
{
    PHOIHOP_TRY(kept, whole(database, id));
    return written(kept);
}

Result<std::vector<ChangedFigure>> changed_since(const store::Database& database, const LiveSources& sources,
                                                 DocumentId id)
{
    PHOIHOP_TRY(kept, whole(database, id));
    std::vector<ChangedFigure> changed;
    if (kept.record.kind != DocumentKind::report) return changed;
    std::vector<FigureUsed> then;
    database.read([&](store::Connection& connection) { then = DispatchStore::figures(connection, id); });
    PHOIHOP_TRY(now, compose_report(sources, {kept.record.about, programme::name_of(kept.record.period),
                                              kept.record.made_on, kept.record.party, kept.record.measure}));
    for (const FigureUsed& before : then) {
        const auto found = std::lower_bound(now.figures.begin(), now.figures.end(), before.key,
                                            [](const FigureUsed& a, const std::string& key) { return a.key < key; });
        const bool present = found != now.figures.end() && found->key == before.key;
        const bool same = present && found->value == before.value && found->reported == before.reported &&
                          found->expected == before.expected;
        if (!same) changed.push_back({before, present ? std::optional(*found) : std::nullopt});
    }
    return changed;
}

}  // namespace phoihop::dispatch
