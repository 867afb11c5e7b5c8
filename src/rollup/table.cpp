// SPDX-License-Identifier: Apache-2.0
#include "rollup/table.hpp"

#include "programme/period_id.hpp"
#include "rollup/evaluator.hpp"
#include "rollup/formula_columns.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

using programme::Form;
using programme::Indicator;
using programme::PeriodName;
using programme::Programme;

/// Finds codes in a list. They are mostly asked in the order of the list, so the next place is tried first.
template <class List, class CodeOf>
class Codes {
public:
    Codes(const List& list, CodeOf code_of) : m_list(list), m_code_of(code_of) {}

    [[nodiscard]] std::int32_t find(std::string_view code)
    {
        if (m_next < m_list.size() && m_code_of(m_list[m_next]) == code) return static_cast<std::int32_t>(m_next++);
        const auto found = std::ranges::find_if(m_list, [&](const auto& each) { return m_code_of(each) == code; });
        if (found == m_list.end()) return -1;
        m_next = static_cast<std::size_t>(found - m_list.begin()) + 1;
        return static_cast<std::int32_t>(m_next - 1);
    }

private:
    const List& m_list;
    CodeOf m_code_of;
    std::size_t m_next = 0;
};

/// Where an indicator's reports stand, whatever the period.
struct Place {
    const Form* form = nullptr;
    std::int32_t column = -1;  ///< -1: nobody ever could report it
    bool plain = false;        ///< a sum over units of typed figures
    bool last = false;         ///< a stock: only the last base period counts
    bool distinct = false;     ///< never added, so that only a single unit's own figure is a value
};

/// The indicators of one form that are read together.
struct Group {
    const Form* form = nullptr;
    bool last = false;
    std::vector<std::int32_t> indicators;
};

class Filler {
public:
    Filler(const Snapshot& snapshot, const Programme& programme, Evaluator& evaluator, std::vector<RowRef> rows,
           Table& table)
        : m_snapshot(snapshot), m_programme(programme), m_evaluator(evaluator), m_rows(std::move(rows)), m_table(table)
    {
    }

    void fill()
    {
        m_table.cells.resize(m_table.indicators.size() * m_table.periods.size() * m_rows.size());
        find_places();
        for (std::size_t period = 0; period < m_table.periods.size(); ++period) {
            for (const auto& group : m_groups) sums(group, period);
            for (std::size_t i = 0; i < m_places.size(); ++i) {
                if (m_places[i].plain || FormulaColumns::takes(*m_table.indicators[i]) || of_register(i, period))
                    continue;
                for (std::size_t row = 0; row < m_rows.size(); ++row) m_left.emplace_back(row, i);
            }
            evaluate_left(period);
        }
        fill_formulas();
    }

private:
    void find_places()
    {
        const Form* form = nullptr;
        for (std::size_t i = 0; i < m_table.indicators.size(); ++i) {
            const auto& indicator = *m_table.indicators[i];
            auto& place = m_places.emplace_back();
            const bool typed = indicator.source == programme::Source::typed ||
                               (indicator.source == programme::Source::module && indicator.register_measure.empty());
            if (!typed) continue;
            if (form == nullptr || form->cell_of(indicator.code) < 0) form = m_programme.form_of(indicator.code);
            if (form == nullptr) continue;
            place = {form, -1, true, indicator.over_time == programme::OverTime::last,
                     indicator.over_units == programme::OverUnits::distinct};
            auto group = std::ranges::find_if(
                m_groups, [&](const Group& each) { return each.form == form && each.last == place.last; });
            if (group == m_groups.end()) group = m_groups.insert(group, {form, place.last, {}});
            group->indicators.push_back(static_cast<std::int32_t>(i));
        }
        for (const auto& group : m_groups) find_columns(group);
    }

    void find_columns(const Group& group)
    {
        const auto* block = m_snapshot.form(m_programme.id, group.form->number);
        if (block == nullptr) return;
        const auto code_of = [](const FormLayout::Column& column) -> const std::string& { return column.indicator; };
        Codes columns(block->layout->columns, code_of);
        for (const auto i : group.indicators) place(i).column = columns.find(indicator(i).code);
    }

    /// All plain sums of one form in one period.
    void sums(const Group& group, std::size_t period)
    {
        const auto& name = m_table.periods[period];
        if (name.frequency == group.form->frequency) {
            add_base_period(group, period, programme::id_of(name));
        } else {
            const auto base = programme::base_periods(name, group.form->frequency);
            if (!base) return without_value(group, period, Note::finer);
            for (std::size_t i = group.last ? base->size() - 1 : 0; i < base->size(); ++i)
                add_base_period(group, period, programme::id_of((*base)[i]));
        }
        for (const auto i : group.indicators) finish(i, period);
    }

    void add_base_period(const Group& group, std::size_t period, PeriodId id)
    {
        auto* reader = m_evaluator.reader(m_programme.id, group.form->number, id);
        if (reader == nullptr) return;
        m_targets.clear();
        for (const auto i : group.indicators)
            if (place(i).column >= 0)
                m_targets.push_back({m_table.column(static_cast<std::size_t>(i), period).data(), place(i).column,
                                     reader->form().layout->columns[static_cast<std::size_t>(place(i).column)]});
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            const auto from = reader->row(m_rows[row].node, m_rows[row].part);
            const auto owed = static_cast<std::int32_t>(from.owed);
            for (const auto& target : m_targets) {
                auto& cell = target.cells[row];
                cell.expected += owed;
                if (from.kept) {
                    add_kept(target, cell, from.kept);
                } else if (from.made != nullptr) {
                    add(cell, from.made[target.column]);
                }
            }
        }
    }

    /// One indicator's cells, and where the figures for them stand in a row.
    struct Target {
        Target(TableCell* to, std::int32_t from, const FormLayout::Column& place)
            : cells(to), column(from), slot(place.slot), wide(place.wide)
        {
        }
        TableCell* cells;
        std::int32_t column;
        std::int32_t slot;
        bool wide;
    };

    static void add(TableCell& cell, const Sum& sum)
    {
        cell.reported += static_cast<std::int32_t>(sum.count);
        const auto narrow = static_cast<std::int64_t>(sum.value);
        if (narrow != sum.value || __builtin_add_overflow(cell.value, narrow, &cell.value)) cell.kind = CellKind::other;
    }

    static void add_kept(const Target& target, TableCell& cell, const SumBlock::Row& kept)
    {
        if (target.wide) return add(cell, kept.sum(target.slot, true, target.column));
        cell.reported += kept.counts[target.column];
        if (__builtin_add_overflow(cell.value, static_cast<std::int64_t>(kept.sums[target.slot]), &cell.value))
            cell.kind = CellKind::other;
    }

    void finish(std::int32_t i, std::size_t period)
    {
        const bool continues = !indicator(i).continues.empty();
        const auto cells = m_table.column(static_cast<std::size_t>(i), period);
        for (std::size_t row = 0; row < cells.size(); ++row) {
            auto& cell = cells[row];
            const auto part = m_rows[row].part;
            const bool distinct = place(i).distinct;
            const bool single = distinct && cell.reported == 1 && cell.expected <= 1;
            if (cell.kind == CellKind::other || (cell.reported == 0 && continues) || single) {
                m_left.emplace_back(row, static_cast<std::size_t>(i));
                continue;
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
                if (m_rows[row].part == Part::whole) cells[row] = {0, 0, 0, CellKind::none, why};
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
            const auto all = counts->all.at(m_rows[row]);
            cell.reported = cell.expected = static_cast<std::int32_t>(all);
            cell.note = note_of(m_rows[row].part);
            if (all > 0) {
                cell.kind = share ? CellKind::ratio : CellKind::units;
                cell.value = counts->met.at(m_rows[row]);
                if (!share) continue;
                m_table.ratios.push_back({Int128{cell.value} * 100, all});
                cell.value = static_cast<std::int64_t>(m_table.ratios.size()) - 1;
            } else if (m_rows[row].part == Part::whole) {
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
            auto figure = m_evaluator.figure(m_programme, *m_table.indicators[i], m_table.periods[period], m_rows[row]);
            const bool is_answered = answered(figure, m_rows[row].part);
            m_table.put(m_table.column(i, period)[row], std::move(figure), is_answered);
        }
        m_left.clear();
    }

    void fill_formulas()
    {
        const auto takes = [](const Indicator* indicator) { return FormulaColumns::takes(*indicator); };
        if (std::ranges::none_of(m_table.indicators, takes)) return;
        FormulaColumns formulas(m_programme, m_evaluator, m_rows, m_table, [this](Table& operands) {
            Filler(m_snapshot, m_programme, m_evaluator, m_rows, operands).fill();
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
    std::vector<RowRef> m_rows;
    Table& m_table;
    std::vector<Place> m_places;  // by indicator
    std::vector<Group> m_groups;
    std::vector<Target> m_targets;                            // of the group that is being read
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

void Table::put(TableCell& cell, Figure figure, bool is_answered)
{
    cell = {0, static_cast<std::int32_t>(figure.reported), static_cast<std::int32_t>(figure.expected), CellKind::absent,
            figure.note};
    if (!is_answered) return;
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
    const auto code_of = [](const Indicator& indicator) -> const std::string& { return indicator.code; };
    Codes indicators(programme.indicators, code_of);
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
    Filler(snapshot, programme, evaluator, std::move(rows), table).fill();
    return table;
}

}  // namespace phoihop::rollup
