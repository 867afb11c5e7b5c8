// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation_rows.hpp"

#include <array>
#include <map>

namespace phoihop::obligations {

using rows::asked_of;
using rows::booked;
using rows::date_of;
using rows::inheritance_of;
using rows::kind_of;
using rows::put;
using rows::stored;
using store::Bytes;
using store::Connection;
using store::Parameter;
using store::Row;

namespace {

/// Rows of one batch append: enough to be fast, little enough to stay small.
constexpr std::size_t batch_rows = 4096;

constexpr std::string_view opened_columns =
    "programme, period, programme_version, window_from, window_to, opens, closes, on_day, at, actor, owed";

OpenedPeriod opened_of(const Row& row)
{
    OpenedPeriod opened;
    opened.programme = ProgrammeId{row.integer(0)};
    opened.period = PeriodId{row.integer(1)};
    opened.programme_version = row.integer(2);
    opened.dates = {
        {date_of(row.integer(3)), date_of(row.integer(4))}, date_of(row.integer(5)), date_of(row.integer(6))};
    opened.on = date_of(row.integer(7));
    opened.at = Instant{std::chrono::milliseconds{row.integer(8)}};
    opened.actor = UserId{row.integer(9)};
    opened.owed = row.integer(10);
    return opened;
}

/// Appends rows to a table in batches of a bounded size.
template <std::size_t Columns>
class Batch {
public:
    Batch(Connection& connection, std::string_view table, std::array<std::string_view, Columns> columns)
        : m_connection(connection), m_table(table), m_columns(columns)
    {
        m_parameters.reserve(batch_rows * Columns);
    }
    void add(std::array<std::int64_t, Columns> values)
    {
        m_parameters.insert(m_parameters.end(), values.begin(), values.end());
        if (m_parameters.size() >= batch_rows * Columns) flush();
    }
    void flush()
    {
        if (!m_parameters.empty()) m_connection.append(m_table, m_columns, m_parameters);
        m_parameters.clear();
    }

private:
    Connection& m_connection;
    std::string_view m_table;
    std::array<std::string_view, Columns> m_columns;
    std::vector<Parameter> m_parameters;
};

/// What the digest of an opening covers: every frozen row.
Bytes encode_register(std::span<const Obligation> rows)
{
    Bytes bytes;
    bytes.reserve(rows.size() * 64);
    for (const Obligation& row : rows) {
        put(bytes, row.id.value);
        put(bytes, row.unit.value);
        put(bytes, row.subject);
        put(bytes, stored(row.opens));
        put(bytes, stored(row.due));
        put(bytes, stored(row.closes));
        for (const UnitId predecessor : row.predecessors) put(bytes, predecessor.value);
    }
    return bytes;
}

const std::function<void(const Row&)> step_into(
    const std::function<void(ObligationId, std::int64_t, const Step&)>& each)
{
    return [&each](const Row& row) {
        each(ObligationId{row.integer(0)}, row.integer(1), {kind_of(row.text(2)), date_of(row.integer(3))});
    };
}

}  // namespace

std::optional<OpenedPeriod> ObligationStore::opened(Connection& connection, ProgrammeId programme, PeriodId period)
{
    static const std::string sql =
        "select " + std::string(opened_columns) + " from opened_period where programme = ? and period = ?";
    std::optional<OpenedPeriod> answer;
    connection.query(sql, {programme.value, period.value}, [&](const Row& row) { answer = opened_of(row); });
    return answer;
}

std::vector<OpenedPeriod> ObligationStore::opened_periods(Connection& connection, ProgrammeId programme)
{
    static const std::string sql =
        "select " + std::string(opened_columns) + " from opened_period where programme = ? order by at, period";
    std::vector<OpenedPeriod> answer;
    connection.query(sql, {programme.value}, [&](const Row& row) { answer.push_back(opened_of(row)); });
    return answer;
}

void ObligationStore::each_asked(Connection& connection, const std::function<void(const Asked&)>& each)
{
    connection.query("select id, programme, period, kind, subject, party from asked order by id", {},
                     [&](const Row& row) { each(asked_of(row)); });
}

void ObligationStore::each_row(Connection& connection, const std::function<void(const BookedRow&)>& each)
{
    connection.query("select id, unit, asked, opens, due, closes, inherited from obligation", {},
                     [&](const Row& row) { each(booked(row)); });
}

void ObligationStore::each_row(Connection& connection, std::int64_t asked,
                               const std::function<void(const BookedRow&)>& each)
{
    connection.query("select id, unit, asked, opens, due, closes, inherited from obligation where asked = ?", {asked},
                     [&](const Row& row) { each(booked(row)); });
}

void ObligationStore::each_step(Connection& connection,
                                const std::function<void(ObligationId, std::int64_t, const Step&)>& each)
{
    connection.query("select obligation, number, kind, on_day from obligation_event", {}, step_into(each));
}

void ObligationStore::each_step(Connection& connection, std::int64_t asked,
                                const std::function<void(ObligationId, std::int64_t, const Step&)>& each)
{
    connection.query(
        "select e.obligation, e.number, e.kind, e.on_day from obligation o "
        "join obligation_event e on e.unit = o.unit and e.obligation = o.id where o.asked = ?",
        {asked}, step_into(each));
}

/// By the row's unit, asked first: so the events' own key is used whatever the planner knows of the tables.
void ObligationStore::each_step_of(Connection& connection, std::span<const ObligationId> ids,
                                   const std::function<void(ObligationId, std::int64_t, const Step&)>& each)
{
    store::Together together(connection);
    for (const ObligationId id : ids)
        together.query(
            "select obligation, number, kind, on_day from obligation_event "
            "where unit = (select unit from obligation where id = ?) and obligation = ?",
            {id.value, id.value}, step_into(each));
    together.run();
}

void ObligationStore::each_inheritance(Connection& connection, const std::function<void(const Inheritance&)>& each)
{
    connection.query("select unit, obligation, heir_unit, heir from obligation_heir order by obligation, heir", {},
                     [&](const Row& row) { each(inheritance_of(row)); });
}

void ObligationStore::each_predecessor(Connection& connection, const std::function<void(ObligationId, UnitId)>& each)
{
    connection.query("select obligation, predecessor from obligation_predecessor order by obligation, predecessor", {},
                     [&](const Row& row) { each(ObligationId{row.integer(0)}, UnitId{row.integer(1)}); });
}

std::int64_t ObligationStore::draw_ids(store::WriteContext& context, std::int64_t count)
{
    std::int64_t last = 0;
    context.connection().query("update obligation_head set last = last + ? where one = 1 returning last", {count},
                               [&](const Row& row) { last = row.integer(0); });
    return last - count + 1;
}

void ObligationStore::freeze(store::WriteContext& context, const OpenedPeriod& period, std::span<Obligation> rows)
{
    Connection& connection = context.connection();
    std::map<std::string_view, std::int64_t> subjects;
    for (const Obligation& row : rows) subjects.emplace(row.subject, 0);
    const auto subject_count = static_cast<std::int64_t>(subjects.size());
    std::int64_t next = draw_ids(context, subject_count + static_cast<std::int64_t>(rows.size()));
    connection.execute(
        "insert into opened_period (programme, period, programme_version, window_from, window_to, opens, closes, "
        "on_day, at, actor, owed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {period.programme.value, period.period.value, period.programme_version, stored(period.dates.window.from),
         stored(period.dates.window.to), stored(period.dates.opens), stored(period.dates.closes), stored(period.on),
         period.at.time_since_epoch().count(), period.actor.value, static_cast<std::int64_t>(rows.size())});
    Batch<7> register_rows(connection, "obligation", {"unit", "asked", "id", "opens", "due", "closes", "inherited"});
    Batch<3> predecessors(connection, "obligation_predecessor", {"unit", "obligation", "predecessor"});
    for (Obligation& row : rows) {
        std::int64_t& asked = subjects[row.subject];
        if (asked == 0) {
            asked = next++;
            connection.execute(
                "insert into asked (id, programme, period, kind, subject, party) values (?, ?, ?, ?, ?, ?)",
                {asked, row.programme.value, row.period.value, std::string_view(row.kind),
                 std::string_view(row.subject), std::string_view(row.party)});
        }
        row.id = ObligationId{next++};
        register_rows.add(
            {row.unit.value, asked, row.id.value, stored(row.opens), stored(row.due), stored(row.closes), 0});
        for (const UnitId predecessor : row.predecessors)
            predecessors.add({row.unit.value, row.id.value, predecessor.value});
    }
    register_rows.flush();
    predecessors.flush();
    context.record(period.actor, "opened", register_subject(period.programme, period.period), 1, encode_register(rows));
}

void ObligationStore::add_row(store::WriteContext& context, const BookedRow& row)
{
    context.connection().execute(
        "insert into obligation (unit, asked, id, opens, due, closes, inherited) values (?, ?, ?, ?, ?, ?, ?)",
        {row.unit.value, row.asked, row.id.value, stored(row.opens), stored(row.due), stored(row.closes),
         row.inherited ? 1 : 0});
}

void ObligationStore::extend(store::WriteContext& context, const Found& row, Date due, Date closes)
{
    context.connection().execute("update obligation set due = ?, closes = ? where unit = ? and id = ?",
                                 {stored(due), stored(closes), row.unit.value, row.id.value});
}

void ObligationStore::add_inheritance(store::WriteContext& context, const Inheritance& inheritance)
{
    context.connection().execute(
        "insert into obligation_heir (unit, obligation, heir_unit, heir) values (?, ?, ?, ?) on conflict do nothing",
        {inheritance.from_unit.value, inheritance.from.value, inheritance.to_unit.value, inheritance.to.value});
}

}  // namespace phoihop::obligations
