// SPDX-License-Identifier: Apache-2.0
#include "rollup/formula_columns.hpp"

#include <algorithm>

namespace phoihop::rollup {

using programme::ExpressionName;
using programme::Indicator;
using programme::Rational;

FormulaColumns::FormulaColumns(const programme::Programme& programme, Evaluator& evaluator,
                               std::span<const RowRef> rows, Table& table, const Fill& fill)
    : m_programme(programme), m_evaluator(evaluator), m_rows(rows), m_table(table)
{
    for (const bool previous : {false, true}) {
        auto& operands = previous ? m_previous : m_current;
        collect(previous, operands);
        if (operands.indicators.empty()) continue;
        operands.rows = table.rows;
        for (const auto& period : table.periods)
            operands.periods.push_back(previous ? programme::previous(period) : period);
        fill(operands);
    }
}

/// What is computed itself is left to the evaluator: a table holds no value where nobody stands behind a row.
const Indicator* FormulaColumns::operand_indicator(std::string_view code) const
{
    const auto* indicator = m_programme.indicator(code);
    return indicator == nullptr || indicator->source == programme::Source::computed ? nullptr : indicator;
}

void FormulaColumns::collect(bool previous, Table& operands) const
{
    const auto wanted = previous ? ExpressionName::Kind::previous : ExpressionName::Kind::current;
    for (const auto* indicator : m_table.indicators) {
        if (!takes(*indicator)) continue;
        for (const auto& text : indicator->formula->names()) {
            const auto name = programme::split_name(text);
            const auto* found = name.kind == wanted ? operand_indicator(name.code) : nullptr;
            const bool held = found == nullptr || std::ranges::count(operands.indicators, found) > 0 ||
                              (!previous && std::ranges::count(m_table.indicators, found) > 0);
            if (!held) operands.indicators.push_back(found);
        }
    }
}

FormulaColumns::Operand FormulaColumns::operand(const std::string& name, std::size_t period)
{
    const auto [kind, code] = programme::split_name(name);
    if (kind == ExpressionName::Kind::units) {
        const auto counted = programme::counted_units(code);
        if (!counted) return {};
        const Date on = m_programme.calendar.dates(m_table.periods[period]).cut_off();
        return {&m_evaluator.units_of(*counted, on), nullptr, {}, 0};
    }
    const auto* indicator = operand_indicator(code);
    if (indicator == nullptr) return {};
    const auto in = [&](const Table& table) -> Operand {
        const auto found = std::ranges::find(table.indicators, indicator);
        if (found == table.indicators.end()) return {};
        return {nullptr, &table, table.column(static_cast<std::size_t>(found - table.indicators.begin()), period),
                indicator->scale};
    };
    if (kind == ExpressionName::Kind::previous) return in(m_previous);
    const auto there = in(m_table);
    return there.table != nullptr ? there : in(m_current);
}

void FormulaColumns::read(const std::string& name, std::size_t place, std::size_t period)
{
    const auto from = operand(name, period);
    auto* value = &m_values[place];
    for (std::size_t row = 0; row < m_rows.size(); ++row, value += m_names) {
        if (from.units != nullptr) {
            *value = Rational{from.units->at(m_rows[row]), 1};
        } else if (from.table != nullptr) {
            const auto& cell = from.cells[row];
            m_counts[row].take(cell.reported, cell.expected, cell.note);
            *value = from.table->value(cell, from.scale);
        } else if (const auto part = m_evaluator.named(m_programme, name, m_table.periods[period], m_rows[row])) {
            m_counts[row].take(part->reported, part->expected, part->note);
            *value = part->value;
        }
    }
}

void FormulaColumns::evaluate(const Indicator& indicator, std::size_t row, TableCell& cell)
{
    const auto& counts = m_counts[row];
    const auto part = m_rows[row].part;
    const auto value = indicator.formula->evaluate(std::span(m_values).subspan(row * m_names, m_names));
    cell.reported = static_cast<std::int32_t>(counts.reported);
    cell.expected = static_cast<std::int32_t>(counts.expected);
    cell.note = note_of(part);
    if (!value && part == Part::whole) cell.note = counts.why;
    if (part != Part::whole && counts.reported == 0 && counts.expected == 0) return;  // nobody stands behind it
    cell.kind = value ? CellKind::ratio : CellKind::none;
    if (!value) return;
    cell.value = static_cast<std::int64_t>(m_table.ratios.size());
    m_table.ratios.push_back(*value);
}

void FormulaColumns::fill(std::size_t i)
{
    const auto& indicator = *m_table.indicators[i];
    const auto& names = indicator.formula->names();
    m_names = names.size();
    for (std::size_t period = 0; period < m_table.periods.size(); ++period) {
        m_values.assign(m_rows.size() * m_names, std::nullopt);
        m_counts.assign(m_rows.size(), {});
        for (std::size_t place = 0; place < m_names; ++place) read(names[place], place, period);
        const auto cells = m_table.column(i, period);
        for (std::size_t row = 0; row < cells.size(); ++row) {
            if (m_counts[row].reported > 0 || indicator.continues.empty()) {
                evaluate(indicator, row, cells[row]);
                continue;
            }
            m_table.put(cells[row], m_evaluator.figure(m_programme, indicator, m_table.periods[period], m_rows[row]),
                        m_rows[row].part);
        }
    }
}

}  // namespace phoihop::rollup
