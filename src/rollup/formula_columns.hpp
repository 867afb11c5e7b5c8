// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/evaluator.hpp"
#include "rollup/table.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace phoihop::rollup {

/// Computed indicators of a table, a whole column at a time: what a formula is over is looked up once for a column
/// instead of once for a cell. The same figures as Evaluator::figure gives cell by cell.
class FormulaColumns {
public:
    /// Fills a table of typed and counted indicators, for the rows of the one that is being made.
    using Fill = std::function<void(Table&)>;

    FormulaColumns(const programme::Programme& programme, Evaluator& evaluator, std::span<const RowRef> rows,
                   Table& table, const Fill& fill);

    [[nodiscard]] static bool takes(const programme::Indicator& indicator)
    {
        return indicator.source == programme::Source::computed && indicator.formula;
    }
    /// Makes the cells of one indicator in all periods. What is no formula of the table stands in it already.
    void fill(std::size_t indicator);

private:
    /// What one name of a formula stands for in one period; nothing of it: a name to be evaluated cell by cell.
    struct Operand {
        const RowCounts* units = nullptr;
        const Table* table = nullptr;
        std::span<const TableCell> cells;
        int scale = 0;  ///< of the cells
    };

    void collect(bool previous, Table& operands) const;
    [[nodiscard]] const programme::Indicator* operand_indicator(std::string_view code) const;
    [[nodiscard]] Operand operand(const std::string& name, std::size_t period);
    /// Reads the values of the `place`th name into m_values, and what it says of n and m into m_counts.
    void read(const std::string& name, std::size_t place, std::size_t period);
    void evaluate(const programme::Indicator& indicator, std::size_t row, TableCell& cell);

    const programme::Programme& m_programme;
    Evaluator& m_evaluator;
    std::span<const RowRef> m_rows;
    Table& m_table;
    Table m_current, m_previous;  // of what the table itself does not hold
    // Of the column under way: a row's values, in the order of the formula's names, then the next row's.
    std::size_t m_names = 0;
    std::vector<std::optional<programme::Rational>> m_values;
    std::vector<FormulaCounts> m_counts;
};

}  // namespace phoihop::rollup
