// SPDX-License-Identifier: Apache-2.0
#include "obligations/gap_board.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <array>

namespace phoihop::obligations {

namespace {

using units::Map;
using units::Place;

constexpr std::array<std::string_view, state_word_count> state_words{
    "returned", "late", "due", "claimed", "not_due", "done_late", "evidenced", "excused", "passed_on"};
constexpr std::array<std::string_view, 3> order_words{"code", "late_first", "name"};

template <class Value>
bool takes(const std::vector<Value>& wanted, const Value& value)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

std::size_t index(std::int32_t node)
{
    return static_cast<std::size_t>(node);
}

/// The columns of a filter, and where each of their rows stands on the map.
class Scope {
public:
    static Result<Scope> make(const Books& books, const units::Territory& territory, const BoardFilter& filter)
    {
        auto map = territory.map(filter.on);
        const std::int32_t top = filter.parent ? map->node_of(filter.parent) : 0;
        if (top < 0) return refuse(ProblemCode::not_found, "parent");
        return Scope(books, filter, std::move(map), top);
    }

    [[nodiscard]] const Map& map() const { return *m_map; }
    [[nodiscard]] std::int32_t first() const { return m_top; }
    [[nodiscard]] std::int32_t end() const { return node(m_top).subtree_end; }
    [[nodiscard]] const Map::Node& node(std::int32_t at) const { return m_map->nodes()[index(at)]; }

    /// The columns that the filter takes, the earliest opening first.
    [[nodiscard]] std::vector<const Column*> columns() const
    {
        std::vector<const Column*> answer;
        for (const Column& column : m_books.columns())
            if (takes_column(column)) answer.push_back(&column);
        std::stable_sort(answer.begin(), answer.end(),
                         [](const Column* a, const Column* b) { return a->first_opening < b->first_opening; });
        return answer;
    }

    [[nodiscard]] std::vector<const Column*> column(std::int64_t asked) const
    {
        for (const Column& column : m_books.columns())
            if (column.asked.id == asked && column.asked.programme == m_filter.programme) return {&column};
        return {};
    }

    /// Calls `each(entry, place)` for every row of the column that is open to view on the day and stands in scope.
    template <class Each>
    void each_entry(const Column& column, const Each& each) const
    {
        for (const Entry& entry : column.entries) {
            if (m_filter.on < entry.opens()) continue;
            const Place place = m_map->place_of(entry.unit());
            if (place.node < first() || end() <= place.node) continue;
            each(entry, place);
        }
    }

private:
    Scope(const Books& books, const BoardFilter& filter, std::shared_ptr<const Map> map, std::int32_t top)
        : m_books(books), m_filter(filter), m_map(std::move(map)), m_top(top)
    {
    }

    bool takes_column(const Column& column) const
    {
        const Asked& asked = column.asked;
        if (asked.programme != m_filter.programme || !takes(m_filter.kinds, asked.kind) ||
            !takes(m_filter.subjects, asked.subject) || !takes(m_filter.periods, asked.period) ||
            (!m_filter.party.empty() && asked.party != m_filter.party))
            return false;
        if (m_filter.on < column.first_opening) return false;
        if (!m_filter.periods.empty()) return true;
        if (column.last_closing < m_filter.on) return false;
        bool open = false;
        each_entry(column, [&](const Entry& entry, const Place&) {
            if (open || entry.inherited() || entry.closes() < m_filter.on) return;
            open = !m_books.state(entry, m_filter.on).done();
        });
        return open;
    }

    const Books& m_books;
    const BoardFilter& m_filter;
    std::shared_ptr<const Map> m_map;
    std::int32_t m_top;
};

/// One column counted over the whole scope.
struct CountedColumn {
    std::vector<Counts> own;         // by node - first
    std::vector<Counts> before;      // sums over all nodes before, own and undivided; one more than nodes
    std::vector<const Entry*> only;  // the node's single own row, nullptr for none or several

    [[nodiscard]] Counts subtree(std::int32_t from, std::int32_t to) const
    {
        Counts counts = before[index(to)];
        counts -= before[index(from)];
        return counts;
    }
};

CountedColumn count(const Books& books, const Scope& scope, const Column& column, Date on)
{
    const auto size = index(scope.end() - scope.first());
    CountedColumn counted;
    counted.own.resize(size);
    counted.only.resize(size);
    std::vector<Counts> undivided(size);
    scope.each_entry(column, [&](const Entry& entry, const Place& place) {
        if (entry.inherited()) return;
        const std::size_t at = index(place.node - scope.first());
        const Timing timing = books.state(entry, on).timing;
        const StateWord shown = state_word(books, entry, on);
        if (place.undivided) return undivided[at].add(timing, shown);
        counted.own[at].add(timing, shown);
        counted.only[at] = counted.own[at].total() == 1 ? &entry : nullptr;
    });
    counted.before.resize(size + 1);
    for (std::size_t at = 0; at < size; ++at) {
        counted.before[at + 1] = counted.before[at];
        counted.before[at + 1] += counted.own[at];
        counted.before[at + 1] += undivided[at];
    }
    return counted;
}

BoardRow row_of(const Books& books, const Scope& scope, const std::vector<CountedColumn>& columns, std::int32_t at,
                Date on)
{
    BoardRow row;
    row.unit = scope.node(at).unit;
    row.cells.reserve(columns.size());
    const std::int32_t local = at - scope.first();
    for (const CountedColumn& column : columns) {
        BoardCell& cell = row.cells.emplace_back();
        cell.own = column.own[index(local)];
        cell.below = column.subtree(local, scope.node(at).subtree_end - scope.first());
        cell.below -= cell.own;
        if (const Entry* only = column.only[index(local)]) {
            cell.obligation = only->id();
            cell.progress = books.own_state(*only, on).progress;
            cell.due = only->due();
        }
        row.own += cell.own;
        row.below += cell.below;
    }
    return row;
}

bool is_shown(const BoardRow& row, const Map::Node& node, const BoardFilter& filter)
{
    if (filter.late_only && row.own.overdue + row.below.overdue == 0) return false;
    return filter.level ? node.level == *filter.level : row.own.total() > 0;
}

void sort_rows(std::vector<BoardRow>& rows, const units::Territory& territory, const BoardFilter& filter)
{
    if (filter.order == BoardOrder::late_first)
        std::stable_sort(rows.begin(), rows.end(), [](const BoardRow& a, const BoardRow& b) {
            return a.own.overdue + a.below.overdue > b.own.overdue + b.below.overdue;
        });
    if (filter.order != BoardOrder::name) return;
    std::vector<std::pair<std::string, std::size_t>> keys;
    for (std::size_t i = 0; i < rows.size(); ++i)
        keys.emplace_back(text::sort_key(territory.state_near(rows[i].unit, filter.on).name), i);
    std::sort(keys.begin(), keys.end());
    std::vector<BoardRow> sorted;
    sorted.reserve(rows.size());
    for (const auto& [key, i] : keys) sorted.push_back(std::move(rows[i]));
    rows = std::move(sorted);
}

}  // namespace

std::string_view word(BoardOrder order)
{
    return order_words[static_cast<std::size_t>(order)];
}

std::optional<BoardOrder> board_order_from_word(std::string_view word)
{
    const auto found = std::find(order_words.begin(), order_words.end(), word);
    if (found == order_words.end()) return std::nullopt;
    return static_cast<BoardOrder>(found - order_words.begin());
}

std::string_view word(StateWord shown)
{
    return state_words[static_cast<std::size_t>(shown)];
}

StateWord state_word(const State& state)
{
    switch (state.progress) {
        case Progress::excused: return StateWord::excused;
        case Progress::passed_on: return StateWord::passed_on;
        case Progress::returned: return StateWord::returned;
        case Progress::claimed: return state.timing == Timing::done_late ? StateWord::done_late : StateWord::claimed;
        case Progress::evidenced:
            return state.timing == Timing::done_late ? StateWord::done_late : StateWord::evidenced;
        case Progress::open: break;
    }
    if (state.timing == Timing::overdue) return StateWord::late;
    return state.timing == Timing::due ? StateWord::due : StateWord::not_due;
}

StateWord state_word(const Books& books, const Entry& entry, Date on)
{
    const State state = books.state(entry, on);
    if (state.progress != Progress::passed_on) return state_word(state);
    Counts heirs;
    for (const Entry* heir : books.heirs(entry)) heirs.add({}, state_word(books, *heir, on));
    if (!state.done()) return heirs.of(StateWord::returned) > 0 ? StateWord::returned : state_word({{}, state.timing});
    if (state.timing == Timing::done_late) return StateWord::done_late;
    if (heirs.of(StateWord::claimed) > 0) return StateWord::claimed;
    if (heirs.of(StateWord::evidenced) + heirs.of(StateWord::done_late) > 0) return StateWord::evidenced;
    return heirs.of(StateWord::excused) > 0 ? StateWord::excused : StateWord::passed_on;
}

void Counts::add(Timing timing, StateWord shown)
{
    ++by_word[static_cast<std::size_t>(shown)];
    switch (timing) {
        case Timing::not_due: ++not_due; break;
        case Timing::due: ++due; break;
        case Timing::overdue: ++overdue; break;
        case Timing::done: ++done; break;
        case Timing::done_late: ++done_late; break;
    }
}

std::optional<StateWord> Counts::worst() const
{
    for (std::size_t i = 0; i < by_word.size(); ++i)
        if (by_word[i] > 0) return static_cast<StateWord>(i);
    return std::nullopt;
}

Counts& Counts::operator+=(const Counts& other)
{
    not_due += other.not_due;
    due += other.due;
    overdue += other.overdue;
    done += other.done;
    done_late += other.done_late;
    for (std::size_t i = 0; i < by_word.size(); ++i) by_word[i] += other.by_word[i];
    return *this;
}

Counts& Counts::operator-=(const Counts& other)
{
    not_due -= other.not_due;
    due -= other.due;
    overdue -= other.overdue;
    done -= other.done;
    done_late -= other.done_late;
    for (std::size_t i = 0; i < by_word.size(); ++i) by_word[i] -= other.by_word[i];
    return *this;
}

Result<Board> gap_board(const Books& books, const units::Territory& territory, const BoardFilter& filter)
{
    PHOIHOP_TRY(scope, Scope::make(books, territory, filter));
    Board board;
    board.on = filter.on;
    std::vector<CountedColumn> counted;
    const auto columns = scope.columns();
    for (const Column* column : columns) {
        const CountedColumn& made = counted.emplace_back(count(books, scope, *column, filter.on));
        board.columns.push_back({column->asked, made.before.back()});
        board.all += made.before.back();
    }
    for (std::int32_t at = scope.first(); at < scope.end(); ++at) {
        if (filter.level && scope.node(at).level != *filter.level) continue;
        BoardRow row = row_of(books, scope, counted, at, filter.on);
        if (is_shown(row, scope.node(at), filter)) board.rows.push_back(std::move(row));
    }
    sort_rows(board.rows, territory, filter);
    return board;
}

Result<std::vector<BoardItem>> behind(const Books& books, const units::Territory& territory, const BoardFilter& filter,
                                      UnitId unit, std::int64_t asked, Reading reading, std::optional<Timing> timing)
{
    // The board's own scope decides about columns, the unit's about rows.
    PHOIHOP_TRY(whole, Scope::make(books, territory, filter));
    BoardFilter of_unit = filter;
    of_unit.parent = unit;
    PHOIHOP_TRY(scope, Scope::make(books, territory, of_unit));
    struct Placed {
        std::int32_t node;
        BoardItem item;
    };
    std::vector<BoardItem> answer;
    for (const Column* column : asked == 0 ? whole.columns() : whole.column(asked)) {
        std::vector<Placed> placed;
        scope.each_entry(*column, [&](const Entry& entry, const Place& place) {
            const bool own = place.node == scope.first() && !place.undivided;
            if (own != (reading == Reading::own)) return;
            const State state = books.state(entry, filter.on);
            if (timing && state.timing != *timing) return;
            const auto before = books.predecessors(entry);
            placed.push_back({place.node,
                              {entry.id(),
                               entry.unit(),
                               column->asked,
                               entry.opens(),
                               entry.due(),
                               state,
                               state_word(books, entry, filter.on),
                               {before.begin(), before.end()},
                               !entry.inherited()}});
        });
        std::stable_sort(placed.begin(), placed.end(),
                         [](const Placed& a, const Placed& b) { return a.node < b.node; });
        for (Placed& one : placed) answer.push_back(std::move(one.item));
    }
    return answer;
}

}  // namespace phoihop::obligations
