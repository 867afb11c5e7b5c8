// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/query.hpp"
#include "rollup/row_counts.hpp"

#include <memory>
#include <span>

namespace phoihop::rollup {

/// What a cell of a table holds.
enum class CellKind : std::uint8_t {
    absent,  ///< not answered: a row "own" or "undivided" behind which nobody stands, or what was left out
    none,    ///< answered without a value
    units,   ///< an exact figure at the indicator's scale
    ratio,   ///< an exact figure of a formula, printed at the indicator's shown scale
    other,   ///< anything else: a figure past 63 bits, a series that goes on from another code
};

struct TableCell {
    std::int64_t value = 0;  ///< CellKind::units: at the indicator's scale; else which of `ratios`, of `others`
    std::int32_t reported = 0;
    std::int32_t expected = 0;
    CellKind kind = CellKind::absent;
    Note note = Note::none;
};

/// Elements that a vector makes room for stay unwritten: whoever fills them writes each one first.
template <class T>
struct Unwritten : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = Unwritten<U>;
    };
    template <class U>
    void construct(U* /*place*/) noexcept
    {
        static_assert(std::is_trivially_copyable_v<U> && std::is_aggregate_v<U>);
    }
    template <class U, class... From>
    void construct(U* place, From&&... from)
    {
        std::construct_at(place, std::forward<From>(from)...);
    }
};
using TableCells = std::vector<TableCell, Unwritten<TableCell>>;

/// The answer of `query` without a text and a rational for every cell: sums that are kept are copied row by row from
/// their pages. Formulas are evaluated column by column, what is left cell by cell.
class Table {
public:
    std::int64_t as_of = 0;  ///< journal sequence
    std::vector<const programme::Indicator*> indicators;
    std::vector<programme::PeriodName> periods;
    std::vector<UnitId> rows;
    TableCells cells;                         ///< in the order of `query`: indicator, period, row
    std::vector<programme::Rational> ratios;  ///< not always in lowest terms
    std::vector<Figure> others;

    /// The rows of one indicator in one period.
    [[nodiscard]] std::span<TableCell> column(std::size_t indicator, std::size_t period)
    {
        return std::span(cells).subspan((indicator * periods.size() + period) * rows.size(), rows.size());
    }
    [[nodiscard]] std::span<const TableCell> column(std::size_t indicator, std::size_t period) const
    {
        return std::span(cells).subspan((indicator * periods.size() + period) * rows.size(), rows.size());
    }
    [[nodiscard]] const Figure& other(const TableCell& cell) const
    {
        return others[static_cast<std::size_t>(cell.value)];
    }

    /// The exact value of a cell of `scale`; nothing where there is none.
    [[nodiscard]] std::optional<programme::Rational> value(const TableCell& cell, int scale) const;
    /// What is no plain sum, where it is answered at all.
    void put(TableCell& cell, Figure figure, Part part);

    /// Leaves out the rows of a column that are not `readable` (in the order of `rows`).
    static void leave_out(std::span<TableCell> column, const std::vector<bool>& readable);

    /// How many figures are answered.
    [[nodiscard]] std::size_t size() const;
    /// The answered figures as `query` gives them.
    [[nodiscard]] std::vector<Figure> figures() const;
};

/// The same question as `query`, the same answer, the same refusals.
[[nodiscard]] Result<Table> tabulate(const Snapshot& snapshot, const units::Territory& territory,
                                     const programme::Programme& programme, const Query& query,
                                     const RegisterMeasures* register_measures = nullptr);

}  // namespace phoihop::rollup
