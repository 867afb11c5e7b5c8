// SPDX-License-Identifier: Apache-2.0
#include "obligations/books.hpp"

#include "obligations/course.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace phoihop::obligations {

namespace {

std::int32_t packed_day(Date date)
{
    return static_cast<std::int32_t>(date.time_since_epoch().count());
}

/// A kind and a day in 32 bits; days before 1970 do not occur and would be taken for 1970-01-01.
std::uint32_t packed(const Step& step)
{
    const auto days = std::max<std::int32_t>(packed_day(step.on), 0);
    return (static_cast<std::uint32_t>(days) << 3) | static_cast<std::uint32_t>(step.kind);
}

Step unpacked(std::uint32_t bits)
{
    return {static_cast<EventKind>(bits & 7U), Date{std::chrono::days{bits >> 3}}};
}

/// From best to worst, for rows with several heirs.
int badness(Timing timing)
{
    switch (timing) {
        case Timing::done: return 0;
        case Timing::done_late: return 1;
        case Timing::not_due: return 2;
        case Timing::due: return 3;
        case Timing::overdue: return 4;
    }
    return 0;
}

bool by_unit(const Entry& a, const Entry& b)
{
    return a.unit() < b.unit();
}

}  // namespace

Entry::Entry(const BookedRow& row)
    : m_id(row.id.value),
      m_unit(static_cast<std::int32_t>(row.unit.value)),
      m_opens(packed_day(row.opens)),
      m_due(packed_day(row.due)),
      m_closes(packed_day(row.closes)),
      m_inherited(row.inherited)
{
}

const Entry* Column::of(UnitId unit) const
{
    const auto at = std::lower_bound(entries.begin(), entries.end(), unit,
                                     [](const Entry& entry, UnitId wanted) { return entry.unit() < wanted; });
    return at != entries.end() && at->unit() == unit ? &*at : nullptr;
}

Books Books::load(store::Connection& connection)
{
    Books books;
    std::unordered_map<std::int64_t, std::size_t> by_asked;
    ObligationStore::each_asked(connection, [&](const Asked& asked) {
        by_asked.emplace(asked.id, books.m_columns.size());
        books.m_columns.emplace_back().asked = asked;
    });
    ObligationStore::each_row(
        connection, [&](const BookedRow& row) { books.m_columns[by_asked.at(row.asked)].entries.emplace_back(row); });
    for (std::size_t column = 0; column < books.m_columns.size(); ++column) books.index(column);
    std::vector<Numbered> steps;
    ObligationStore::each_step(connection, [&](ObligationId id, std::int64_t number, const Step& step) {
        steps.push_back({id, number, step});
    });
    books.take(steps);
    books.load_links(connection);
    return books;
}

void Books::index(std::size_t column)
{
    auto& entries = m_columns[column].entries;
    entries.shrink_to_fit();
    for (const Entry& entry : entries) {
        m_columns[column].first_opening = std::min(m_columns[column].first_opening, entry.opens());
        m_columns[column].last_closing = std::max(m_columns[column].last_closing, entry.closes());
    }
    std::sort(entries.begin(), entries.end(), by_unit);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto id = static_cast<std::size_t>(entries[i].m_id);
        if (m_places.size() <= id) m_places.resize(std::max(id + 1, m_places.size() + m_places.size() / 8));
        m_places[id] = {static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(i)};
    }
}

void Books::take(std::vector<Numbered>& steps)
{
    std::sort(steps.begin(), steps.end(),
              [](const Numbered& a, const Numbered& b) { return a.id != b.id ? a.id < b.id : a.number < b.number; });
    for (const Numbered& numbered : steps) append(numbered.id, numbered.number, numbered.step);
}

void Books::load_links(store::Connection& connection)
{
    m_heirs.clear();
    m_origins.clear();
    m_predecessors.clear();
    ObligationStore::each_inheritance(connection, [&](const Inheritance& left) {
        m_heirs[left.from.value].push_back(left.to);
        m_origins[left.to.value].push_back(left.from);
    });
    ObligationStore::each_predecessor(connection,
                                      [&](ObligationId id, UnitId unit) { m_predecessors[id.value].push_back(unit); });
}

Column& Books::column_of(const Asked& asked)
{
    const auto at = std::lower_bound(m_columns.begin(), m_columns.end(), asked.id,
                                     [](const Column& column, std::int64_t id) { return column.asked.id < id; });
    if (at != m_columns.end() && at->asked.id == asked.id) return *at;
    // Ids ascend with time, so that a new column comes last and no place moves.
    assert(at == m_columns.end());
    Column& added = m_columns.emplace_back();
    added.asked = asked;
    return added;
}

void Books::reload(store::Connection& connection, ProgrammeId programme, PeriodId period)
{
    std::vector<Asked> touched;
    ObligationStore::each_asked(connection, [&](const Asked& asked) {
        if (asked.programme == programme && asked.period == period) touched.push_back(asked);
    });
    for (const Asked& asked : touched) {
        Column& column = column_of(asked);
        for (const Entry& entry : column.entries) m_more.erase(entry.m_id);
        column.entries.clear();
        ObligationStore::each_row(connection, asked.id,
                                  [&](const BookedRow& row) { column.entries.emplace_back(row); });
        index(static_cast<std::size_t>(&column - m_columns.data()));
        std::vector<Numbered> steps;
        ObligationStore::each_step(connection, asked.id, [&](ObligationId id, std::int64_t number, const Step& step) {
            steps.push_back({id, number, step});
        });
        take(steps);
    }
    load_links(connection);
}

void Books::reload(store::Connection& connection, std::span<const ObligationId> ids)
{
    std::vector<Numbered> steps;
    ObligationStore::each_step_of(connection, ids, [&](ObligationId id, std::int64_t number, const Step& step) {
        steps.push_back({id, number, step});
    });
    for (const ObligationId id : ids) {
        Entry* row = entry(id);
        if (row == nullptr) continue;
        m_more.erase(id.value);
        row->m_step_count = 0;
        row->m_steps = {};
    }
    take(steps);
}

Entry* Books::entry(ObligationId id)
{
    const auto at = static_cast<std::size_t>(id.value);
    if (id.value <= 0 || m_places.size() <= at || m_places[at].column == Where{}.column) return nullptr;
    return &m_columns[m_places[at].column].entries[m_places[at].entry];
}

Books::Place Books::place(ObligationId id) const
{
    const auto at = static_cast<std::size_t>(id.value);
    if (id.value <= 0 || m_places.size() <= at || m_places[at].column == Where{}.column) return {};
    const Column& column = m_columns[m_places[at].column];
    return {&column, &column.entries[m_places[at].entry]};
}

bool Books::append(ObligationId id, std::int64_t number, const Step& step)
{
    Entry* row = entry(id);
    if (row == nullptr || number > std::int64_t{row->m_step_count} + 1) return false;
    if (number == std::int64_t{row->m_step_count} + 1) push(*row, step);
    return true;
}

void Books::push(Entry& row, const Step& step)
{
    if (row.m_step_count < row.m_steps.size())
        row.m_steps[row.m_step_count] = packed(step);
    else
        m_more[row.m_id].push_back(packed(step));
    ++row.m_step_count;
}

template <class Each>
void Books::each_step(const Entry& row, const Each& each) const
{
    const std::size_t count = row.m_step_count;
    for (std::size_t i = 0; i < std::min(count, row.m_steps.size()); ++i) each(unpacked(row.m_steps[i]));
    if (count <= row.m_steps.size()) return;
    for (const std::uint32_t bits : m_more.at(row.m_id)) each(unpacked(bits));
}

std::vector<Step> Books::steps(const Entry& row) const
{
    std::vector<Step> answer;
    each_step(row, [&](const Step& step) { answer.push_back(step); });
    return answer;
}

State Books::own_state(const Entry& row, Date on) const
{
    Course course;
    each_step(row, [&](const Step& step) {
        if (step.on <= on) course.take(step.kind, step.on);
    });
    return {course.progress(), course.timing(row.opens(), row.due(), on)};
}

State Books::state(const Entry& row, Date on) const
{
    return state_since(row, Date::min(), row.opens(), row.due(), on);
}

State Books::state_since(const Entry& row, Date since, Date opens, Date due, Date on) const
{
    Course course;
    Date passed_on = since;
    each_step(row, [&](const Step& step) {
        if (step.on < since || on < step.on) return;
        course.take(step.kind, step.on);
        if (step.kind == EventKind::passed_on) passed_on = step.on;
    });
    State answer{course.progress(), course.timing(opens, due, on)};
    if (answer.progress != Progress::passed_on) return answer;
    for (const Entry* heir : heirs(row)) {
        const Timing timing = state_since(*heir, passed_on, opens, due, on).timing;
        if (badness(answer.timing) < badness(timing)) answer.timing = timing;
    }
    return answer;
}

std::vector<const Entry*> Books::linked(const std::unordered_map<std::int64_t, std::vector<ObligationId>>& links,
                                        const Entry& row) const
{
    std::vector<const Entry*> answer;
    const auto found = links.find(row.m_id);
    if (found == links.end()) return answer;
    for (const ObligationId id : found->second)
        if (const Entry* other = place(id).entry) answer.push_back(other);
    return answer;
}

std::vector<const Entry*> Books::heirs(const Entry& row) const
{
    return linked(m_heirs, row);
}

std::vector<const Entry*> Books::origins(const Entry& row) const
{
    return linked(m_origins, row);
}

std::span<const UnitId> Books::predecessors(const Entry& row) const
{
    const auto found = m_predecessors.find(row.m_id);
    if (found == m_predecessors.end()) return {};
    return found->second;
}

const Column* Books::column(ProgrammeId programme, PeriodId period, std::string_view subject) const
{
    // From the end: what is asked for most is of the last periods.
    for (auto column = m_columns.rbegin(); column != m_columns.rend(); ++column)
        if (column->asked.period == period && column->asked.programme == programme && column->asked.subject == subject)
            return &*column;
    return nullptr;
}

std::optional<Found> Books::found(const AskedOf& asked) const
{
    const Column* among = column(asked.programme, asked.period, asked.subject);
    const Entry* row = among == nullptr ? nullptr : among->of(asked.unit);
    if (row == nullptr) return std::nullopt;
    return Found{row->id(), row->unit(), row->opens(), row->due(), row->closes(), steps(*row)};
}

bool Books::is_opened(ProgrammeId programme, PeriodId period) const
{
    return std::any_of(m_columns.begin(), m_columns.end(), [&](const Column& column) {
        return column.asked.period == period && column.asked.programme == programme;
    });
}

std::size_t Books::size() const
{
    std::size_t rows = 0;
    for (const Column& column : m_columns) rows += column.entries.size();
    return rows;
}

std::int64_t Books::bytes() const
{
    // A node of a hash map costs about the value, the key and two pointers.
    constexpr std::size_t node = 32;
    std::size_t bytes = m_places.capacity() * sizeof(Where) + m_columns.capacity() * sizeof(Column);
    for (const Column& column : m_columns) bytes += column.entries.capacity() * sizeof(Entry);
    for (const auto& [id, more] : m_more)
        bytes += node + sizeof(std::vector<std::uint32_t>) + more.capacity() * sizeof(std::uint32_t);
    for (const auto* links : {&m_heirs, &m_origins})
        for (const auto& [id, others] : *links)
            bytes += node + sizeof(std::vector<ObligationId>) + others.capacity() * sizeof(ObligationId);
    for (const auto& [id, units] : m_predecessors)
        bytes += node + sizeof(std::vector<UnitId>) + units.capacity() * sizeof(UnitId);
    return static_cast<std::int64_t>(bytes);
}

std::string Books::difference(const Entry& row, const Books& other) const
{
    const Entry* same = other.place(row.id()).entry;
    if (same == nullptr) return "not there";
    if (row.m_unit != same->m_unit || row.m_opens != same->m_opens || row.m_due != same->m_due ||
        row.m_closes != same->m_closes || row.m_inherited != same->m_inherited)
        return "another row";
    const auto mine = steps(row);
    const auto theirs = other.steps(*same);
    const bool equal = std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                                  [](const Step& a, const Step& b) { return a.kind == b.kind && a.on == b.on; });
    if (!equal) return std::to_string(mine.size()) + " events against " + std::to_string(theirs.size());
    const auto ids = [](const std::vector<const Entry*>& entries) {
        std::vector<std::int64_t> numbers;
        for (const Entry* linked : entries) numbers.push_back(linked->m_id);
        return numbers;
    };
    if (ids(heirs(row)) != ids(other.heirs(*same)) || ids(origins(row)) != ids(other.origins(*same)))
        return "other heirs or origins";
    const auto before = predecessors(row);
    const auto before_there = other.predecessors(*same);
    return std::equal(before.begin(), before.end(), before_there.begin(), before_there.end()) ? ""
                                                                                              : "other predecessors";
}

std::vector<std::string> Books::differences(const Books& other, std::size_t most) const
{
    std::vector<std::string> answer;
    if (size() != other.size())
        answer.push_back(std::to_string(size()) + " rows against " + std::to_string(other.size()));
    for (const Column& column : m_columns)
        for (const Entry& row : column.entries) {
            if (answer.size() >= most) return answer;
            if (std::string what = difference(row, other); !what.empty()) {
                std::string line = "obligation ";
                line += std::to_string(row.m_id);
                answer.push_back(line + ": " + what);
            }
        }
    return answer;
}

}  // namespace phoihop::obligations
