// SPDX-License-Identifier: Apache-2.0
#include "reporting/submission_store.hpp"

#include <array>

namespace phoihop::reporting {

namespace {

constexpr std::string_view unit_separator = "\x1f";
constexpr std::string_view record_separator = "\x1e";

std::int64_t days(Date day)
{
    return day.time_since_epoch().count();
}
std::int64_t milliseconds(Instant at)
{
    return at.time_since_epoch().count();
}

Verdict verdict_from_word(std::string_view text)
{
    for (const Verdict verdict : {Verdict::accepted, Verdict::corrected, Verdict::unchanged, Verdict::withdrawn})
        if (word(verdict) == text) return verdict;
    return Verdict::refused;
}

/// Drafts are texts as typed; the two ASCII separators cannot be typed and are refused by every reader of input.
std::string joined(const Draft& draft)
{
    std::string text;
    for (const auto& [indicator, value] : draft.cells) {
        text += indicator;
        text += unit_separator;
        text += value;
        text += record_separator;
    }
    return text;
}

std::vector<std::pair<std::string, std::string>> split(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> cells;
    while (!text.empty()) {
        const std::string_view record = text.substr(0, text.find(record_separator));
        const std::size_t middle = record.find(unit_separator);
        cells.emplace_back(record.substr(0, middle), record.substr(middle + 1));
        text.remove_prefix(record.size() + 1);
    }
    return cells;
}

/// One comment at a cell, of its sender or of the office above.
struct CommentView {
    std::string_view indicator;
    std::string_view comment;
};

void keep_comment(store::Together& together, std::string_view table, const facts::FactKey& key, std::int64_t version,
                  const CommentView& said)
{
    static constexpr std::array<std::string_view, 7> columns{"unit",    "programme", "form",   "period",
                                                             "version", "indicator", "comment"};
    together.insert(table, columns,
                    {key.unit.value, key.programme.value, std::int64_t{key.form}, key.period.value, version,
                     said.indicator, said.comment});
}

CellComments comments_of(store::Connection& connection, std::string_view sql, const facts::FactKey& key,
                         std::int64_t version)
{
    CellComments found;
    connection.query(sql, {key.unit.value, key.programme.value, std::int64_t{key.form}, key.period.value, version},
                     [&](const store::Row& row) { found.emplace_back(row.text(0), row.text(1)); });
    return found;
}

}  // namespace

void SubmissionStore::answer(store::Together& together, std::string_view client_id, std::optional<GivenAnswer>& found)
{
    together.query(
        "select verdict, version, received_on, late, programme, form, period, unit from submission_answer"
        " where client_id = ?",
        {client_id}, [&found](const store::Row& row) {
            found.emplace();
            Outcome& outcome = found->outcome;
            outcome.verdict = verdict_from_word(row.text(0));
            outcome.version = row.integer(1);
            outcome.received_on = Date{std::chrono::days{row.integer(2)}};
            outcome.late = row.integer(3) != 0;
            found->key = {ProgrammeId{row.integer(4)}, static_cast<std::int32_t>(row.integer(5)),
                          PeriodId{row.integer(6)}, UnitId{row.integer(7)}};
        });
}

void SubmissionStore::keep_answer(store::Together& together, std::string_view client_id, const facts::FactKey& key,
                                  const Outcome& outcome, Instant at)
{
    static constexpr std::array<std::string_view, 10> columns{"client_id", "programme", "form",        "period", "unit",
                                                              "verdict",   "version",   "received_on", "late",   "at"};
    together.insert("submission_answer", columns,
                    {client_id, key.programme.value, std::int64_t{key.form}, key.period.value, key.unit.value,
                     word(outcome.verdict), outcome.version, days(outcome.received_on), std::int64_t{outcome.late},
                     milliseconds(at)});
}

void SubmissionStore::keep_comments(store::Together& together, const facts::FactKey& key, std::int64_t version,
                                    const std::vector<CellInput>& cells)
{
    for (const CellInput& cell : cells)
        if (!cell.comment.empty()) keep_comment(together, "cell_comment", key, version, {cell.indicator, cell.comment});
}

CellComments SubmissionStore::comments(store::Connection& connection, const facts::FactKey& key, std::int64_t version)
{
    return comments_of(connection,
                       "select indicator, comment from cell_comment"
                       " where unit = ? and programme = ? and form = ? and period = ? and version = ?"
                       " order by indicator",
                       key, version);
}

void SubmissionStore::keep_return_comments(store::Together& together, const facts::FactKey& key, std::int64_t version,
                                           const CellComments& comments)
{
    for (const auto& [indicator, comment] : comments)
        if (!comment.empty()) keep_comment(together, "return_comment", key, version, {indicator, comment});
}

CellComments SubmissionStore::return_comments(store::Connection& connection, const facts::FactKey& key,
                                              std::int64_t version)
{
    return comments_of(connection,
                       "select indicator, comment from return_comment"
                       " where unit = ? and programme = ? and form = ? and period = ? and version = ?"
                       " order by indicator",
                       key, version);
}

void SubmissionStore::keep_draft(store::WriteContext& context, const Draft& draft)
{
    const std::string cells = joined(draft);
    context.connection().execute(
        "insert into draft (unit, programme, form, period, actor, cells, based_on, at) values (?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (unit, programme, form, period, actor) do update"
        " set cells = excluded.cells, based_on = excluded.based_on, at = excluded.at",
        {draft.key.unit.value, draft.key.programme.value, std::int64_t{draft.key.form}, draft.key.period.value,
         draft.actor.value, std::string_view(cells), draft.based_on, milliseconds(context.now())});
}

void SubmissionStore::drop_draft(store::Together& together, const facts::FactKey& key, UserId actor)
{
    together.execute("delete from draft where unit = ? and programme = ? and form = ? and period = ? and actor = ?",
                     {key.unit.value, key.programme.value, std::int64_t{key.form}, key.period.value, actor.value});
}

std::optional<Draft> SubmissionStore::draft(store::Connection& connection, const facts::FactKey& key, UserId actor)
{
    std::optional<Draft> found;
    connection.query(
        "select cells, based_on, at from draft"
        " where unit = ? and programme = ? and form = ? and period = ? and actor = ?",
        {key.unit.value, key.programme.value, std::int64_t{key.form}, key.period.value, actor.value},
        [&](const store::Row& row) {
            found = Draft{key, actor, split(row.text(0)), row.integer(1),
                          Instant{std::chrono::milliseconds{row.integer(2)}}};
        });
    return found;
}

void SubmissionStore::keep_check_figure(store::WriteContext& context, const CheckFigure& figure)
{
    const std::string period = figure.period.text();
    context.connection().execute(
        "insert into check_figure (unit, programme, period, indicator, value, actor, at) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict (unit, programme, period, indicator) do update"
        " set value = excluded.value, actor = excluded.actor, at = excluded.at",
        {figure.unit.value, figure.programme.value, std::string_view(period), std::string_view(figure.indicator),
         figure.value, figure.actor.value, milliseconds(context.now())});
    const std::string value = std::to_string(figure.value);
    const auto bytes = std::as_bytes(std::span(value));
    context.record(figure.actor, "kept",
                   "check_figure:" + std::to_string(figure.programme.value) + "/" + std::to_string(figure.unit.value) +
                       "/" + period + "/" + figure.indicator,
                   0, store::Bytes(bytes.begin(), bytes.end()));
}

std::vector<CheckFigure> SubmissionStore::check_figures(store::Connection& connection, ProgrammeId programme,
                                                        const programme::PeriodName& period)
{
    std::vector<CheckFigure> found;
    const std::string name = period.text();
    connection.query(
        "select unit, indicator, value, actor from check_figure where programme = ? and period = ?"
        " order by unit, indicator",
        {programme.value, std::string_view(name)}, [&](const store::Row& row) {
            found.push_back({UnitId{row.integer(0)}, programme, period, std::string(row.text(1)), row.integer(2),
                             UserId{row.integer(3)}});
        });
    return found;
}

}  // namespace phoihop::reporting
