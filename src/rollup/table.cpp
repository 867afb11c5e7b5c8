// SPDX-License-Identifier: Apache-2.0
#include "rollup/table.hpp"

#include "programme/period_id.hpp"
#include "rollup/codes.hpp"
#include "rollup/formula_columns.hpp"
#include "rollup/kept_columns.hpp"

#include <algorithm>
#include <optional>

namespace phoihop::rollup {
namespace {

using programme::Form;
using programme::Indicator;
using programme::PeriodName;
using programme::Programme;

/// Where an indicator's reports stand, whatever the period.
struct Place {
    std::int32_t column = -1;  ///< -1: nobody ever could report it
    bool plain = false;        ///< a sum over units of typed figures
    bool distinct = false;     ///< never added, so that only a single unit's own figure is a value
};

/// The indicators of one form that are read together.
struct Group {
    const Form* form = nullptr;
    bool last = false;                 ///< stocks: only the last base period counts
    const FormBlock* block = nullptr;  ///< null: nobody ever reported on it
    std::vector<std::int32_t> indicators;
};

class Filler {
public:
    Filler(const Snapshot& snapshot, const Programme& programme, Evaluator& evaluator, const KeptColumns& columns,
           Table& table)
        : m_snapshot(snapshot), m_programme(programme), m_evaluator(evaluator), m_columns(columns), m_table(table)
    {
    }

    void fill()
    {
        m_table.cells.resize(m_table.indicators.size() * m_table.periods.size() * m_table.rows.size());
        find_places();
        for (std::size_t i = 0; i < m_places.size(); ++i)
            for (std::size_t period = 0; !m_places[i].plain && period < m_table.periods.size(); ++period)
                clear(i, period);
        for (std::size_t period = 0; period < m_table.periods.size(); ++period) {
            for (const auto& group : m_groups) sums(group, period);
            for (std::size_t i = 0; i < m_places.size(); ++i) {
                if (m_places[i].plain || FormulaColumns::takes(*m_table.indicators[i]) || of_register(i, period))
                    continue;
                for (std::size_t row = 0; row < m_table.rows.size(); ++row) m_left.emplace_back(row, i);
            }
            evaluate_left(period);
        }
        fill_formulas();
    }

private:
    void find_places()
    {
        std::optional<Codes<std::vector<programme::Cell>, std::string programme::Cell::*>> cells;
        const Form* form = nullptr;
        m_places.resize(m_table.indicators.size());
        for (std::size_t i = 0; i < m_table.indicators.size(); ++i) {
            const auto& indicator = *m_table.indicators[i];
            const bool typed = indicator.source == programme::Source::typed ||
                               (indicator.source == programme::Source::module && indicator.register_measure.empty());
            if (!typed) continue;
            if (!cells || cells->find(indicator.code) < 0) {
                form = m_programme.form_of(indicator.code);
                if (form == nullptr) {
                    cells.reset();
                    continue;
                }
                cells.emplace(form->cells, &programme::Cell::indicator);
            }
            m_places[i].distinct = indicator.over_units == programme::OverUnits::distinct;
            add_to_group(*form, i, indicator.over_time == programme::OverTime::last);
        }
        for (auto& group : m_groups) find_columns(group);
    }

    void add_to_group(const Form& form, std::size_t i, bool last)
    {
        m_places[i].plain = true;
        auto group =
            std::ranges::find_if(m_groups, [&](const Group& each) { return each.form == &form && each.last == last; });
        if (group == m_groups.end()) group = m_groups.insert(group, {&form, last, nullptr, {}});
        group->indicators.push_back(static_cast<std::int32_t>(i));
    }

    void find_columns(Group& group)
    {
        group.block = m_snapshot.form(m_programme.id, group.form->number);
        if (group.block == nullptr) return;
        Codes columns(group.block->layout->columns, &FormLayout::Column::indicator);
        for (const auto i : group.indicators) place(i).column = columns.find(indicator(i).code);
    }

    /// All plain sums of one form in one period.
    void sums(const Group& group, std::size_t period)
    {
        const auto& name = m_table.periods[period];
        if (name.frequency == group.form->frequency) {
            find_targets(group, period, true);
            const auto from = sums_of(group, programme::id_of(name));
            clear_unwritten(group, period, from.has_value());
            if (from) m_columns.fill(*from, m_targets);
            finish_unfinished(group, period, from.has_value());
            return;
        }
        for (const auto i : group.indicators) clear(static_cast<std::size_t>(i), period);
        const auto base = programme::base_periods(name, group.form->frequency);
        if (!base) return without_value(group, period, Note::finer);
        find_targets(group, period, false);
        for (std::size_t i = group.last ? base->size() - 1 : 0; i < base->size(); ++i)
            if (const auto from = sums_of(group, programme::id_of((*base)[i]))) m_columns.fill(*from, m_targets);
        for (const auto i : group.indicators) finish(i, period);
    }

    void find_targets(const Group& group, std::size_t period, bool only)
    {
        m_targets.clear();
        for (const auto i : group.indicators) {
            const auto column = place(i).column;
            if (column < 0) continue;
            const auto& stands = group.block->layout->columns[static_cast<std::size_t>(column)];
            m_targets.push_back({m_table.column(static_cast<std::size_t>(i), period).data(), column, stands.slot,
                                 stands.wide,
                                 only && !stands.wide && !place(i).distinct && indicator(i).continues.empty()});
        }
    }

    /// Nothing when the period was never opened nor reported.
    std::optional<PeriodSums> sums_of(const Group& group, PeriodId id)
    {
        return group.block == nullptr ? std::nullopt : m_evaluator.sums(*group.block, id);
    }

    void clear(std::size_t i, std::size_t period) { std::ranges::fill(m_table.column(i, period), TableCell{}); }

    /// What `fill` does not write but adds to.
    void clear_unwritten(const Group& group, std::size_t period, bool filled)
    {
        auto target = m_targets.begin();
        for (const auto i : group.indicators) {
            const bool whole = place(i).column >= 0 && (target++)->whole;
            if (filled && whole) {
                const auto cells = m_table.column(static_cast<std::size_t>(i), period);
                m_columns.for_unfinished([&](std::size_t row) { cells[row] = {}; });
            } else {
                clear(static_cast<std::size_t>(i), period);
            }
        }
    }

    /// What is not written at once.
    void finish_unfinished(const Group& group, std::size_t period, bool filled)
    {
        auto target = m_targets.begin();
        for (const auto i : group.indicators) {
            const bool has_target = place(i).column >= 0;
            if (filled && has_target && target->whole) {
                m_columns.for_unfinished([&](std::size_t row) { finish(i, period, row); });
            } else {
                finish(i, period);
            }
            if (has_target) ++target;
        }
    }

    void finish(std::int32_t i, std::size_t period)
    {
        for (std::size_t row = 0; row < m_table.rows.size(); ++row) finish(i, period, row);
    }

    void finish(std::int32_t i, std::size_t period, std::size_t row)
    {
        auto& cell = m_table.column(static_cast<std::size_t>(i), period)[row];
        const auto part = m_columns.rows()[row].part;
        const bool distinct = place(i).distinct;
        const bool single = distinct && cell.reported == 1 && cell.expected <= 1;
        if (cell.kind == CellKind::other || (cell.reported == 0 && !indicator(i).continues.empty()) || single) {
            m_left.emplace_back(row, static_cast<std::size_t>(i));
            return;
        }
        cell.note = note_of(part);
        if (cell.reported > 0 && distinct) {
            cell.kind = CellKind::none;
            cell.note = Note::not_additive;
        } else if (cell.reported > 0) {
            cell.kind = CellKind::units;
        } else if (part == Part::whole) {
            cell.kind = CellKind::none;
            cell.note = Note::no_value;
        } else {
            cell.kind = cell.expected > 0 ? CellKind::none : CellKind::absent;
        }
    }

    void without_value(const Group& group, std::size_t period, Note why)
    {
        for (const auto i : group.indicators) {
            if (!indicator(i).continues.empty()) {
                finish(i, period);
                continue;
            }
            const auto cells = m_table.column(static_cast<std::size_t>(i), period);
            for (std::size_t row = 0; row < cells.size(); ++row)
                if (m_columns.rows()[row].part == Part::whole) cells[row] = {0, 0, 0, CellKind::none, why};
        }
    }

    /// What the register counts, as the evaluator gives it; false for what is left to that.
    bool of_register(std::size_t i, std::size_t period)
    {
        const auto& indicator = *m_table.indicators[i];
        const bool share = indicator.over_units == programme::OverUnits::formula;
        const bool counted = indicator.source == programme::Source::module && indicator.continues.empty() &&
                             (share || indicator.scale == 0);
        const auto* counts =
            !counted ? nullptr
                     : m_evaluator.register_counts(m_programme.id, indicator.register_measure, m_table.periods[period]);
        if (counts == nullptr) return false;
        const auto cells = m_table.column(i, period);
        for (std::size_t row = 0; row < cells.size(); ++row) {
            auto& cell = cells[row];
            const auto all = counts->all.at(m_columns.rows()[row]);
            cell.reported = cell.expected = static_cast<std::int32_t>(all);
            cell.note = note_of(m_columns.rows()[row].part);
            if (all > 0) {
                cell.kind = share ? CellKind::ratio : CellKind::units;
                cell.value = counts->met.at(m_columns.rows()[row]);
                if (!share) continue;
                m_table.ratios.push_back({Int128{cell.value} * 100, all});
                cell.value = static_cast<std::int64_t>(m_table.ratios.size()) - 1;
            } else if (m_columns.rows()[row].part == Part::whole) {
                cell.kind = CellKind::none;
                cell.note = Note::no_value;
            }
        }
        return true;
    }

    /// Row by row, because a row's reports are decoded once for all indicators.
    void evaluate_left(std::size_t period)
    {
        std::ranges::sort(m_left);
        for (const auto& [row, i] : m_left) {
            auto figure =
                m_evaluator.figure(m_programme, *m_table.indicators[i], m_table.periods[period], m_columns.rows()[row]);
            m_table.put(m_table.column(i, period)[row], std::move(figure), m_columns.rows()[row].part);
        }
        m_left.clear();
    }

    void fill_formulas()
    {
        const auto takes = [](const Indicator* indicator) { return FormulaColumns::takes(*indicator); };
        if (std::ranges::none_of(m_table.indicators, takes)) return;
        FormulaColumns formulas(m_programme, m_evaluator, m_columns.rows(), m_table, [this](Table& operands) {
            Filler(m_snapshot, m_programme, m_evaluator, m_columns, operands).fill();
        });
        for (std::size_t i = 0; i < m_table.indicators.size(); ++i)
            if (takes(m_table.indicators[i])) formulas.fill(i);
    }

    [[nodiscard]] Place& place(std::int32_t i) { return m_places[static_cast<std::size_t>(i)]; }
    [[nodiscard]] const Indicator& indicator(std::int32_t i) const
    {
        return *m_table.indicators[static_cast<std::size_t>(i)];
    }

    const Snapshot& m_snapshot;
    const Programme& m_programme;
    Evaluator& m_evaluator;
    const KeptColumns& m_columns;
    Table& m_table;
    std::vector<Place> m_places;  // by indicator
    std::vector<Group> m_groups;
    std::vector<ColumnTarget> m_targets;                      // of the group that is being read
    std::vector<std::pair<std::size_t, std::size_t>> m_left;  // row and indicator to be evaluated by themselves
};

}  // namespace

std::optional<programme::Rational> Table::value(const TableCell& cell, int scale) const
{
    switch (cell.kind) {
        case CellKind::absent:
        case CellKind::none: return std::nullopt;
        case CellKind::units: return programme::Rational{cell.value, power_of_ten(scale)};
        case CellKind::ratio: return programme::in_lowest_terms(ratios[static_cast<std::size_t>(cell.value)]);
        case CellKind::other: return other(cell).value;
    }
    return std::nullopt;
}

void Table::put(TableCell& cell, Figure figure, Part part)
{
    cell = {0, static_cast<std::int32_t>(figure.reported), static_cast<std::int32_t>(figure.expected), CellKind::absent,
            figure.note};
    if (!answered(figure, part)) return;
    if (!figure.value && figure.from.empty()) {
        cell.kind = CellKind::none;
        return;
    }
    cell.kind = CellKind::other;
    cell.value = static_cast<std::int64_t>(others.size());
    others.push_back(std::move(figure));
}

void Table::leave_out(std::span<TableCell> column, const std::vector<bool>& readable)
{
    for (std::size_t row = 0; row < column.size(); ++row)
        if (!readable[row]) column[row].kind = CellKind::absent;
}

std::size_t Table::size() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(cells, [](const TableCell& cell) { return cell.kind != CellKind::absent; }));
}

std::vector<Figure> Table::figures() const
{
    std::vector<Figure> made;
    made.reserve(cells.size());
    for (std::size_t at = 0; at < cells.size(); ++at) {
        const auto& cell = cells[at];
        if (cell.kind == CellKind::absent) continue;
        if (cell.kind == CellKind::other) {
            made.push_back(other(cell));
            continue;
        }
        auto& figure = made.emplace_back();
        const auto& indicator = *indicators[at / rows.size() / periods.size()];
        figure.indicator = indicator.code;
        figure.period = periods[at / rows.size() % periods.size()];
        figure.unit = rows[at % rows.size()];
        const bool shown = cell.kind == CellKind::ratio || indicator.source == programme::Source::computed;
        figure.scale = shown ? indicator.shown_scale : indicator.scale;
        figure.reported = cell.reported;
        figure.expected = cell.expected;
        figure.note = cell.note;
        figure.value = value(cell, indicator.scale);
    }
    return made;
}

Result<Table> tabulate(const Snapshot& snapshot, const units::Territory& territory, const Programme& programme,
                       const Query& query, const RegisterMeasures* register_measures)
{
    Table table;
    Codes indicators(programme.indicators, &Indicator::code);
    for (const auto& code : query.indicators) {
        const auto found = indicators.find(code);
        if (found < 0) return refuse(ProblemCode::unknown_name, "indicator", {{"what", "indicator"}, {"found", code}});
        table.indicators.push_back(&programme.indicators[static_cast<std::size_t>(found)]);
    }
    Evaluator evaluator(snapshot, territory, query.on, query.measure, register_measures);
    PHOIHOP_TRY(rows, rows_of(query.units, territory, evaluator.map().map()));
    table.as_of = snapshot.as_of();
    table.periods = query.periods;
    table.rows.reserve(rows.size());
    for (const auto& row : rows)
        table.rows.push_back(evaluator.map().map().nodes()[static_cast<std::size_t>(row.node)].unit);
    const KeptColumns columns(evaluator.map(), std::move(rows), query.measure);
    Filler(snapshot, programme, evaluator, columns, table).fill();
    return table;
}

}  // namespace phoihop::rollup
