// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation_store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace phoihop::obligations {

namespace {

using store::Bytes;
using store::BytesView;
using store::Connection;
using store::Parameter;
using store::Row;
using store::RowCallback;

/// Rows of one batch append: enough to be fast, little enough to stay small.
constexpr std::size_t batch_rows = 4096;

std::int64_t stored(Date date)
{
    return date.time_since_epoch().count();
}

Date date_of(std::int64_t days)
{
    return Date{std::chrono::days{days}};
}

EventKind kind_of(std::string_view text)
{
    const auto kind = event_kind_from_word(text);
    if (!kind) throw store::StoreError("obligations: an unknown event kind");
    return *kind;
}

/// One row per step, the row's own columns repeated: id, unit, opens, due, closes, kind, on_day.
std::optional<Found> found(Connection& connection, std::string_view sql, std::initializer_list<Parameter> parameters)
{
    std::optional<Found> answer;
    connection.query(sql, parameters, [&](const Row& row) {
        if (!answer)
            answer = Found{ObligationId{row.integer(0)}, UnitId{row.integer(1)},  date_of(row.integer(2)),
                           date_of(row.integer(3)),      date_of(row.integer(4)), {}};
        if (!row.is_null(5)) answer->steps.push_back({kind_of(row.text(5)), date_of(row.integer(6))});
    });
    return answer;
}

BookedRow booked(const Row& row)
{
    return {ObligationId{row.integer(0)}, UnitId{row.integer(1)},  row.integer(2),     date_of(row.integer(3)),
            date_of(row.integer(4)),      date_of(row.integer(5)), row.integer(6) != 0};
}

Asked asked_of(const Row& row)
{
    return {row.integer(0),           ProgrammeId{row.integer(1)}, PeriodId{row.integer(2)},
            std::string(row.text(3)), std::string(row.text(4)),    std::string(row.text(5))};
}

Inheritance inheritance_of(const Row& row)
{
    return {ObligationId{row.integer(1)}, UnitId{row.integer(0)}, ObligationId{row.integer(3)}, UnitId{row.integer(2)}};
}

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

void put(Bytes& bytes, std::int64_t number)
{
    for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::byte>(number >> shift));
}

std::int64_t taken(BytesView bytes)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return static_cast<std::int64_t>(number);
}

void put(Bytes& bytes, std::string_view text)
{
    put(bytes, static_cast<std::int64_t>(text.size()));
    const auto raw = std::as_bytes(std::span(text));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

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

void insert_event(Connection& connection, const Found& to, const Event& event)
{
    const auto number = static_cast<std::int64_t>(to.steps.size()) + 1;
    connection.execute(
        "insert into obligation_event (unit, obligation, number, kind, on_day, at, actor, note, version) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {to.unit.value, to.id.value, number, word(event.kind), stored(event.on), event.at.time_since_epoch().count(),
         event.actor.value, std::string_view(event.note), event.version});
    const Evidence& evidence = event.evidence;
    if (evidence.empty()) return;
    const Parameter decided = evidence.decision_date ? Parameter(stored(*evidence.decision_date)) : Parameter(nullptr);
    const Parameter file = evidence.file ? Parameter(evidence.file.value) : Parameter(nullptr);
    connection.execute(
        "insert into evidence (unit, obligation, number, decision_number, decision_date, file) "
        "values (?, ?, ?, ?, ?, ?)",
        {to.unit.value, to.id.value, number, std::string_view(evidence.decision_number), decided, file});
}

const std::function<void(const Row&)> step_into(
    const std::function<void(ObligationId, std::int64_t, const Step&)>& each)
{
    return [&each](const Row& row) {
        each(ObligationId{row.integer(0)}, row.integer(1), {kind_of(row.text(2)), date_of(row.integer(3))});
    };
}

void fill_links(Connection& connection, Obligation& obligation)
{
    connection.query(
        "select predecessor from obligation_predecessor where unit = ? and obligation = ? order by predecessor",
        {obligation.unit.value, obligation.id.value},
        [&](const Row& row) { obligation.predecessors.push_back(UnitId{row.integer(0)}); });
    connection.query("select obligation from obligation_heir where heir = ? order by obligation", {obligation.id.value},
                     [&](const Row& row) { obligation.passed_from.push_back(ObligationId{row.integer(0)}); });
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

constexpr std::string_view opened_columns =
    "programme, period, programme_version, window_from, window_to, opens, closes, on_day, at, actor, owed";

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

std::optional<Found> ObligationStore::find(Connection& connection, ProgrammeId programme, PeriodId period,
                                           std::string_view subject, UnitId unit)
{
    return found(connection,
                 "select o.id, o.unit, o.opens, o.due, o.closes, e.kind, e.on_day from asked a "
                 "join obligation o on o.asked = a.id "
                 "left join obligation_event e on e.unit = o.unit and e.obligation = o.id "
                 "where a.programme = ? and a.period = ? and a.subject = ? and o.unit = ? order by e.number",
                 {programme.value, period.value, subject, unit.value});
}

std::optional<Found> ObligationStore::find(Connection& connection, ObligationId id)
{
    return found(connection,
                 "select o.id, o.unit, o.opens, o.due, o.closes, e.kind, e.on_day from obligation o "
                 "left join obligation_event e on e.unit = o.unit and e.obligation = o.id "
                 "where o.id = ? order by e.number",
                 {id.value});
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
    std::vector<Obligation> answer;
    // 0 and '' stand for "all": ids begin with 1 and codes are never empty.
    const std::int64_t programme = filter.programme ? filter.programme->value : 0;
    const std::int64_t unit = filter.unit ? filter.unit->value : 0;
    const std::int64_t period = filter.period ? filter.period->value : 0;
    connection.query(
        "select o.id, o.unit, o.opens, o.due, o.closes, a.programme, a.period, a.kind, a.subject, a.party "
        "from obligation o join asked a on a.id = o.asked "
        "where (? = 0 or a.programme = ?) and (? = 0 or o.unit = ?) and (? = 0 or a.period = ?) "
        "and (? = '' or a.kind = ?) and (? = '' or a.subject = ?) order by o.id",
        {programme, programme, unit, unit, period, period, std::string_view(filter.kind), std::string_view(filter.kind),
         std::string_view(filter.subject), std::string_view(filter.subject)},
        [&](const Row& row) { answer.push_back(obligation_of(row)); });
    for (Obligation& obligation : answer) fill_links(connection, obligation);
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

Result<void> ObligationStore::append(store::WriteContext& context, const Found& to, const Event& event)
{
    try {
        insert_event(context.connection(), to, event);
    } catch (const store::ConstraintError&) {
        const std::string base = std::to_string(to.steps.size());
        return refuse(ProblemCode::conflict, "obligation", {{"base", base}, {"current", "> " + base}});
    }
    context.record(event.actor, word(event.kind), subject(to.id), event.version,
                   encode(event, static_cast<std::int64_t>(to.steps.size()) + 1));
    return {};
}

void ObligationStore::append_silently(store::WriteContext& context, const Found& to, const Event& event)
{
    insert_event(context.connection(), to, event);
}

Bytes encode(const Event& event, std::int64_t number)
{
    Bytes bytes;
    bytes.push_back(static_cast<std::byte>(event.kind));
    put(bytes, number);
    put(bytes, stored(event.on));
    put(bytes, event.version);
    put(bytes, event.note);
    put(bytes, event.evidence.decision_number);
    put(bytes, event.evidence.decision_date ? stored(*event.evidence.decision_date) : INT64_MIN);
    put(bytes, event.evidence.file.value);
    return bytes;
}

std::optional<NumberedStep> decode_step(BytesView bytes)
{
    constexpr std::size_t smallest = 1 + 7 * sizeof(std::int64_t);
    if (bytes.size() < smallest || bytes[0] > static_cast<std::byte>(EventKind::passed_on)) return std::nullopt;
    return NumberedStep{taken(bytes.subspan(1)), {static_cast<EventKind>(bytes[0]), date_of(taken(bytes.subspan(9)))}};
}

std::string register_subject(ProgrammeId programme, PeriodId period)
{
    return "period:" + std::to_string(programme.value) + "/" + std::to_string(period.value);
}

std::optional<RegisterKey> register_from_subject(std::string_view subject)
{
    constexpr std::string_view prefix = "period:";
    if (!subject.starts_with(prefix)) return std::nullopt;
    const char* at = subject.data() + prefix.size();
    const char* const end = subject.data() + subject.size();
    RegisterKey key;
    auto read = std::from_chars(at, end, key.programme.value);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '/') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, key.period.value);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return key;
}

}  // namespace phoihop::obligations
