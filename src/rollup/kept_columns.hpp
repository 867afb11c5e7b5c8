// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/evaluator.hpp"
#include "rollup/table.hpp"

#include <span>
#include <vector>

namespace phoihop::rollup {

/// One indicator's cells of a table, and where the figures for them stand in a row.
struct ColumnTarget {
    TableCell* cells = nullptr;
    std::int32_t column = 0;
    std::int32_t slot = 0;
    bool wide = false;
    bool whole = false;  ///< this one period is all of it, and a narrow column: its cells can be written at once
};

/// The rows of a table, each found once where the map keeps it, and filled from the kept sums of one period after
/// another, column by column.
class KeptColumns {
public:
    KeptColumns(const MapRows& map, std::vector<RowRef> rows, Measure measure);

    [[nodiscard]] std::span<const RowRef> rows() const { return m_rows; }

    /// Adds the period's figures to the cells. The cells of the targets that are `whole` are ready but in the rows
    /// which `for_unfinished` names.
    void fill(const PeriodSums& from, std::span<const ColumnTarget> targets) const;

    /// Calls `each(row)` for rows that are never ready: own and undivided ones, and those without kept sums.
    template <class Each>
    void for_unfinished(const Each& each) const
    {
        for (const auto& run : m_runs)
            if (run.kind == Kind::single)
                for (auto row = run.first; row < run.last; ++row) each(row);
    }

private:
    enum class Kind : std::uint8_t {
        upper,   ///< whole nodes whose row is among the upper ones of the map
        kept,    ///< whole nodes with a row
        single,  ///< all others, one by one
    };
    struct Run {
        std::size_t first = 0;
        std::size_t last = 0;
        Kind kind{};
    };

    void fill_upper(const Run& run, const PeriodSums& from, const ColumnTarget& target) const;
    void fill_kept(const Run& run, const PeriodSums& from, std::span<const ColumnTarget> targets) const;
    void fill_single(std::size_t row, const PeriodSums& from, std::span<const ColumnTarget> targets) const;
    [[nodiscard]] bool anybody_at(std::int32_t node, const PeriodBlock& block) const;

    const MapRows& m_map;
    Measure m_measure;
    std::vector<RowRef> m_rows;
    std::vector<std::int32_t> m_index;  // by row: where it is kept; -1 nowhere
    std::vector<Run> m_runs;
};

}  // namespace phoihop::rollup
