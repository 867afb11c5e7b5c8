// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/books.hpp"
#include "units/territory.hpp"

#include <array>

namespace phoihop::obligations {

enum class BoardOrder : std::uint8_t {
    code,        // the official order of codes
    late_first,  // most overdue first, then the official order
    name,        // as a Vietnamese dictionary
};

[[nodiscard]] std::string_view word(BoardOrder order);
[[nodiscard]] std::optional<BoardOrder> board_order_from_word(std::string_view word);

/// What a board shows; an empty part takes all.
struct BoardFilter {
    ProgrammeId programme;
    Date on{};                          ///< the state at the end of this day, on the map of this day
    std::vector<std::string> kinds;     ///< "report", "committee", …
    std::vector<std::string> subjects;  ///< codes of forms and standing obligations
    std::vector<PeriodId> periods;      ///< none: whatever can still be answered and is not yet done by all
    std::string party;                  ///< whose bodies
    std::optional<units::Level> level;  ///< rows are the units of this level; none: every unit that owes something
    UnitId parent;                      ///< only units at or below this one
    bool late_only = false;             ///< only rows with something overdue, their own or below
    BoardOrder order = BoardOrder::code;
};

/// Progress and timing as the one word that a board shows, what wants a hand first in front. The words are those of the
/// interface (docs/api.yaml, State).
enum class StateWord : std::uint8_t { returned, late, due, claimed, not_due, done_late, evidenced, excused, passed_on };
inline constexpr std::size_t state_word_count = 9;

[[nodiscard]] std::string_view word(StateWord shown);
[[nodiscard]] StateWord state_word(const State& state);

/// Where a frozen row stands for its board: what was passed on stands as its heirs bring it.
[[nodiscard]] StateWord state_word(const Books& books, const Entry& entry, Date on);

/// How many obligations stand where. Each frozen obligation is counted once, at the unit where the map has its debtor:
/// what a merged commune owed counts with its heir; what nobody may take alone counts below the lowest common unit.
struct Counts {
    std::int32_t not_due = 0;
    std::int32_t due = 0;
    std::int32_t overdue = 0;
    std::int32_t done = 0;
    std::int32_t done_late = 0;
    std::array<std::int32_t, state_word_count> by_word{};  ///< the same obligations by the word shown

    void add(Timing timing, StateWord shown);
    [[nodiscard]] std::int32_t of(StateWord shown) const { return by_word[static_cast<std::size_t>(shown)]; }
    /// What wants a hand first; nothing where nothing is owed.
    [[nodiscard]] std::optional<StateWord> worst() const;
    [[nodiscard]] std::int32_t total() const { return not_due + due + overdue + done + done_late; }
    Counts& operator+=(const Counts& other);
    Counts& operator-=(const Counts& other);
    friend bool operator==(const Counts&, const Counts&) = default;
};

struct BoardCell {
    Counts own;               ///< what the unit itself owes
    Counts below;             ///< what the units below it owe
    ObligationId obligation;  ///< the unit's own row where there is just one, 0 otherwise
    Progress progress{};      ///< of that row
    Date due{};               ///< of that row
};

struct BoardRow {
    UnitId unit;
    Counts own;
    Counts below;
    std::vector<BoardCell> cells;  ///< by column
};

struct BoardColumn {
    Asked asked;
    Counts all;  ///< at or below the filter's parent (the nation): own and below, shown as a row or not
};

/// Units × obligations on a date.
struct Board {
    Date on{};
    std::vector<BoardColumn> columns;  ///< by period's opening, then as the programme lists them
    std::vector<BoardRow> rows;
    Counts all;
};

/// Pure; some milliseconds for 10,035 units × 12 obligations. `not_found` when the parent is not on the map of the
/// date.
[[nodiscard]] Result<Board> gap_board(const Books& books, const units::Territory& territory, const BoardFilter& filter);

/// One obligation behind a cell.
struct BoardItem {
    ObligationId obligation;
    UnitId unit;  ///< who owes it, as frozen
    Asked asked;
    Date opens{};
    Date due{};
    State state;
    StateWord shown{};
    std::vector<UnitId> predecessors;  ///< the bodies that owed it before
    bool counted = true;               ///< false: the row of an heir, shown because it is what the heir must answer
};

/// Which of a unit's two readings.
enum class Reading : std::uint8_t { own, below };

/// The list behind a cell (`asked` = the column's asked.id) or a whole row (`asked` = 0), in the order of columns and
/// units. The filter's `level` and `late_only` are not looked at; items where the board counts them, and beside them
/// the inherited rows. With `timing` only those that stand so.
[[nodiscard]] Result<std::vector<BoardItem>> behind(const Books& books, const units::Territory& territory,
                                                    const BoardFilter& filter, UnitId unit, std::int64_t asked,
                                                    Reading reading, std::optional<Timing> timing = std::nullopt);

}  // namespace phoihop::obligations
