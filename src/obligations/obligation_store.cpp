// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation_rows.hpp"

#include <algorithm>
#include <array>

namespace phoihop::obligations {

using rows::asked_of;
using rows::booked;
using rows::date_of;
using rows::inheritance_of;
using rows::kind_of;
using rows::stored;
using store::Connection;
using store::Parameter;
using store::Row;

namespace {

/// One row per step, the row's own columns repeated: id, unit, opens, due, closes, kind, on_day.
void take_found(const Row& row, std::optional<Found>& answer)
{
    if (!answer)
        answer = Found{ObligationId{row.integer(0)}, UnitId{row.integer(1)},  date_of(row.integer(2)),
                       date_of(row.integer(3)),      date_of(row.integer(4)), {}};
    if (!row.is_null(5)) answer->steps.push_back({kind_of(row.text(5)), date_of(row.integer(6))});
}

constexpr std::string_view find_sql =
    "select o.id, o.unit, o.opens, o.due, o.closes, e.kind, e.on_day from asked a "
    "join obligation o on o.asked = a.id "
    "left join obligation_event e on e.unit = o.unit and e.obligation = o.id "
    "where a.programme = ? and a.period = ? and a.subject = ? and o.unit = ? order by e.number";

/// Without a journal record.
void insert_event(store::Together& together, const Found& to, const Event& event)
{
    static constexpr std::array<std::string_view, 9> columns{"unit", "obligation", "number", "kind",   "on_day",
                                                             "at",   "actor",      "note",   "version"};
    static constexpr std::array<std::string_view, 6> evidence_columns{
        "unit", "obligation", "number", "decision_number", "decision_date", "file"};
    const auto number = static_cast<std::int64_t>(to.steps.size()) + 1;
    together.insert("obligation_event", columns,
                    {to.unit.value, to.id.value, number, word(event.kind), stored(event.on),
                     event.at.time_since_epoch().count(), event.actor.value, together.keep(event.note), event.version});
    const Evidence& evidence = event.evidence;
    if (evidence.empty()) return;
    const Parameter decided = evidence.decision_date ? Parameter(stored(*evidence.decision_date)) : Parameter(nullptr);
    const Parameter file = evidence.file ? Parameter(evidence.file.value) : Parameter(nullptr);
    together.insert("evidence", evidence_columns,
                    {to.unit.value, to.id.value, number, together.keep(evidence.decision_number), decided, file});
}

// id, unit, opens, due, closes, programme, period, kind, subject, party
Obligation obligation_of(const Row& row)
{
    Obligation made;
    made.id = ObligationId{row.integer(0)};
    made.unit = UnitId{row.integer(1)};
    made.opens = date_of(row.integer(2));
    made.due = date_of(row.integer(3));
    made.closes = date_of(row.integer(4));
    made.programme = ProgrammeId{row.integer(5)};
    made.period = PeriodId{row.integer(6)};
    made.kind = row.text(7);
    made.subject = row.text(8);
    made.party = row.text(9);
    return made;
}

/// The parts of a filter that are given, as SQL: few texts, so that statements stay prepared.
class Condition {
public:
    explicit Condition(const ObligationFilter& filter)
    {
        if (filter.programme) add("a.programme = ?", filter.programme->value);
        if (filter.period) add("a.period = ?", filter.period->value);
        if (filter.unit) add("o.unit = ?", filter.unit->value);
        if (!filter.kind.empty()) add("a.kind = ?", std::string_view(filter.kind));
        if (!filter.subject.empty()) add("a.subject = ?", std::string_view(filter.subject));
    }

    [[nodiscard]] std::string sql(std::string_view columns, std::string_view join, std::string_view order) const
    {
        std::string text = "select ";
        text.append(columns).append(" from asked a join obligation o on o.asked = a.id").append(join);
        return text.append(m_where).append(" order by ").append(order);
    }
    [[nodiscard]] const std::vector<Parameter>& parameters() const { return m_parameters; }

private:
    void add(std::string_view condition, Parameter value)
    {
        m_where.append(m_parameters.empty() ? " where " : " and ").append(condition);
        m_parameters.push_back(value);
    }

    std::string m_where;
    std::vector<Parameter> m_parameters;  // views into the filter
};

void fill_links(Connection& connection, Obligation& obligation)
{
    connection.query(
        "select predecessor from obligation_predecessor where unit = ? and obligation = ? order by predecessor",
        {obligation.unit.value, obligation.id.value},
        [&](const Row& row) { obligation.predecessors.push_back(UnitId{row.integer(0)}); });
    connection.query("select obligation from obligation_heir where heir = ? order by obligation", {obligation.id.value},
                     [&](const Row& row) { obligation.passed_from.push_back(ObligationId{row.integer(0)}); });
}

}  // namespace

std::optional<Found> ObligationStore::find(Connection& connection, ProgrammeId programme, PeriodId period,
                                           std::string_view subject, UnitId unit)
{
    std::optional<Found> answer;
    connection.query(find_sql, {programme.value, period.value, subject, unit.value},
                     [&](const Row& row) { take_found(row, answer); });
    return answer;
}

void ObligationStore::find(store::Together& together, const AskedOf& asked, std::optional<Found>& found)
{
    together.query(find_sql, {asked.programme.value, asked.period.value, asked.subject, asked.unit.value},
                   [&found](const Row& row) { take_found(row, found); });
}

std::optional<Found> ObligationStore::find(Connection& connection, ObligationId id)
{
    std::optional<Found> answer;
    connection.query(
        "select o.id, o.unit, o.opens, o.due, o.closes, e.kind, e.on_day from obligation o "
        "left join obligation_event e on e.unit = o.unit and e.obligation = o.id "
        "where o.id = ? order by e.number",
        {id.value}, [&](const Row& row) { take_found(row, answer); });
    return answer;
}

std::optional<Obligation> ObligationStore::obligation(Connection& connection, ObligationId id)
{
    std::optional<Obligation> answer;
    connection.query(
        "select o.id, o.unit, o.opens, o.due, o.closes, a.programme, a.period, a.kind, a.subject, a.party "
        "from obligation o join asked a on a.id = o.asked where o.id = ?",
        {id.value}, [&](const Row& row) { answer = obligation_of(row); });
    if (answer) fill_links(connection, *answer);
    return answer;
}

std::vector<Obligation> ObligationStore::citing(Connection& connection, FileId file)
{
    std::vector<Obligation> answer;
    connection.query(
        "select distinct o.id, o.unit, o.opens, o.due, o.closes, a.programme, a.period, a.kind, a.subject, a.party "
        "from evidence d join obligation o on o.id = d.obligation join asked a on a.id = o.asked where d.file = ?",
        {file.value}, [&](const Row& row) { answer.push_back(obligation_of(row)); });
    return answer;
}

std::vector<Event> ObligationStore::events(Connection& connection, const Found& of)
{
    std::vector<Event> answer;
    connection.query(
        "select e.kind, e.on_day, e.at, e.actor, e.note, e.version, d.decision_number, d.decision_date, d.file "
        "from obligation_event e "
        "left join evidence d on d.unit = e.unit and d.obligation = e.obligation and d.number = e.number "
        "where e.unit = ? and e.obligation = ? order by e.number",
        {of.unit.value, of.id.value}, [&](const Row& row) {
            Event event;
            event.obligation = of.id;
            event.kind = kind_of(row.text(0));
            event.on = date_of(row.integer(1));
            event.at = Instant{std::chrono::milliseconds{row.integer(2)}};
            event.actor = UserId{row.integer(3)};
            event.note = row.text(4);
            event.version = row.integer(5);
            event.evidence.decision_number = row.text(6);
            if (!row.is_null(7)) event.evidence.decision_date = date_of(row.integer(7));
            event.evidence.file = FileId{row.integer(8)};
            answer.push_back(std::move(event));
        });
    return answer;
}

std::vector<Obligation> ObligationStore::list(Connection& connection, const ObligationFilter& filter)
{
    const Condition condition(filter);
    std::vector<Obligation> answer;
    connection.query(condition.sql("o.id, o.unit, o.opens, o.due, o.closes, a.programme, a.period, a.kind, a.subject, "
                                   "a.party",
                                   "", "o.id"),
                     condition.parameters(), [&](const Row& row) { answer.push_back(obligation_of(row)); });
    const auto with = [&](std::int64_t id, auto add) {
        const auto at = std::lower_bound(answer.begin(), answer.end(), ObligationId{id},
                                         [](const Obligation& one, ObligationId wanted) { return one.id < wanted; });
        if (at != answer.end() && at->id.value == id) add(*at);
    };
    connection.query(
        condition.sql("p.obligation, p.predecessor",
                      " join obligation_predecessor p on p.unit = o.unit and p.obligation = o.id", "p.predecessor"),
        condition.parameters(), [&](const Row& row) {
            with(row.integer(0), [&](Obligation& one) { one.predecessors.push_back(UnitId{row.integer(1)}); });
        });
    connection.query(condition.sql("h.heir, h.obligation", " join obligation_heir h on h.heir = o.id", "h.obligation"),
                     condition.parameters(), [&](const Row& row) {
                         with(row.integer(0),
                              [&](Obligation& one) { one.passed_from.push_back(ObligationId{row.integer(1)}); });
                     });
    return answer;
}

std::vector<Inheritance> ObligationStore::heirs(Connection& connection, const Found& of)
{
    std::vector<Inheritance> answer;
    connection.query(
        "select unit, obligation, heir_unit, heir from obligation_heir where unit = ? and obligation = ? order by heir",
        {of.unit.value, of.id.value}, [&](const Row& row) { answer.push_back(inheritance_of(row)); });
    return answer;
}

std::vector<Inheritance> ObligationStore::origins(Connection& connection, ObligationId heir)
{
    std::vector<Inheritance> answer;
    connection.query("select unit, obligation, heir_unit, heir from obligation_heir where heir = ? order by obligation",
                     {heir.value}, [&](const Row& row) { answer.push_back(inheritance_of(row)); });
    return answer;
}

bool ObligationStore::is_inherited(Connection& connection, ObligationId id)
{
    return connection.integer("select inherited from obligation where id = ?", {id.value}) == 1;
}

std::vector<BookedRow> ObligationStore::rows_of_unit(Connection& connection, ProgrammeId programme, UnitId unit,
                                                     Date from)
{
    std::vector<BookedRow> answer;
    connection.query(
        "select o.id, o.unit, o.asked, o.opens, o.due, o.closes, o.inherited from obligation o join asked a on a.id = "
        "o.asked "
        "where o.unit = ? and o.closes >= ? and a.programme = ? order by o.id",
        {unit.value, stored(from), programme.value}, [&](const Row& row) { answer.push_back(booked(row)); });
    return answer;
}

std::optional<Asked> ObligationStore::asked(Connection& connection, std::int64_t id)
{
    std::optional<Asked> answer;
    connection.query("select id, programme, period, kind, subject, party from asked where id = ?", {id},
                     [&](const Row& row) { answer = asked_of(row); });
    return answer;
}

Result<void> ObligationStore::append(store::WriteContext& context, const Found& to, const Event& event)
{
    try {
        store::Together together(context.connection());
        append(together, context, to, event);
        together.run();
    } catch (const store::ConstraintError&) {
        const std::string base = std::to_string(to.steps.size());
        return refuse(ProblemCode::conflict, "obligation", {{"base", base}, {"current", "> " + base}});
    }
    return {};
}

void ObligationStore::append(store::Together& together, store::WriteContext& context, const Found& to,
                             const Event& event)
{
    insert_event(together, to, event);
    context.record(event.actor, word(event.kind), subject(to.id), event.version,
                   encode(event, static_cast<std::int64_t>(to.steps.size()) + 1));
}

void ObligationStore::append_silently(store::WriteContext& context, const Found& to, const Event& event)
{
    store::Together together(context.connection());
    insert_event(together, to, event);
    together.run();
}

}  // namespace phoihop::obligations
