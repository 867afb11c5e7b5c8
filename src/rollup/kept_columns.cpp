// SPDX-License-Identifier: Apache-2.0
#include "rollup/kept_columns.hpp"

#include <algorithm>
#include <array>

namespace phoihop::rollup {
namespace {

[[gnu::always_inline]] inline void set(TableCell& cell, std::uint64_t value, std::int32_t count, std::int32_t owed)
{
    const bool any = count > 0;
    cell = {static_cast<std::int64_t>(value), count, owed, any ? CellKind::units : CellKind::none,
            any ? Note::none : Note::no_value};
}

void add(TableCell& cell, const Sum& sum)
{
    cell.reported += static_cast<std::int32_t>(sum.count);
    const auto narrow = static_cast<std::int64_t>(sum.value);
    if (narrow != sum.value || __builtin_add_overflow(cell.value, narrow, &cell.value)) cell.kind = CellKind::other;
}

[[gnu::always_inline]] inline void put(const ColumnTarget& target, TableCell& cell, const SumBlock::Row& row,
                                       std::int32_t owed)
{
    if (target.whole) {
        if (row) return set(cell, row.sums[target.slot], row.count(target.column), owed);
        return set(cell, 0, 0, owed);
    }
    cell.expected += owed;
    if (row) add(cell, row.sum(target.slot, target.wide, target.column));
}

}  // namespace

KeptColumns::KeptColumns(const MapRows& map, std::vector<RowRef> rows, Measure measure)
    : m_map(map), m_measure(measure), m_rows(std::move(rows))
{
    m_index.reserve(m_rows.size());
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const auto [node, part] = m_rows[row];
        auto index = -1;
        if (part == Part::whole) index = m_map.row_of(node);
        if (part == Part::undivided) index = m_map.undivided_row(node);
        m_index.push_back(index);
        auto kind = Kind::single;
        if (part == Part::whole && index >= 0) kind = index < m_map.upper_rows() ? Kind::upper : Kind::kept;
        if (m_runs.empty() || m_runs.back().kind != kind) m_runs.push_back({row, row, kind});
        m_runs.back().last = row + 1;
    }
}

void KeptColumns::fill(const PeriodSums& from, std::span<const ColumnTarget> targets) const
{
    // The upper rows are kept column by column for what is written at once.
    const bool upper = from.sums != nullptr && from.sums->upper() != nullptr &&
                       std::ranges::all_of(targets, [](const ColumnTarget& target) { return target.whole; });
    for (const auto& run : m_runs) {
        if (run.kind == Kind::single) {
            for (auto row = run.first; row < run.last; ++row) fill_single(row, from, targets);
        } else if (run.kind == Kind::upper && upper) {
            for (const auto& target : targets) fill_upper(run, from, target);
        } else {
            fill_kept(run, from, targets);
        }
    }
}

void KeptColumns::fill_upper(const Run& run, const PeriodSums& from, const ColumnTarget& target) const
{
    const auto* sums = from.sums->upper()->slot(target.slot);
    const auto* counts = from.sums->upper()->column(target.column);
    const auto* owed = from.owed;
    const auto* index = m_index.data();
    auto* cells = target.cells;
    if (owed == nullptr) {
        for (auto row = run.first; row < run.last; ++row) set(cells[row], sums[index[row]], counts[index[row]], 0);
    } else {
        for (auto row = run.first; row < run.last; ++row)
            set(cells[row], sums[index[row]], counts[index[row]], owed[index[row]]);
    }
}

void KeptColumns::fill_kept(const Run& run, const PeriodSums& from, std::span<const ColumnTarget> targets) const
{
    // A few rows at a time, so that each is read from the nearest memory for all columns, and cells are written in
    // neighbouring places.
    constexpr std::size_t rows_max = 8;
    std::array<SumBlock::Row, rows_max> kept{};
    std::array<std::int32_t, rows_max> owed{};
    for (auto first = run.first; first < run.last; first += rows_max) {
        const auto count = std::min(rows_max, run.last - first);
        for (std::size_t i = 0; i < count; ++i) {
            const auto index = m_index[first + i];
            kept[i] = from.sums != nullptr ? from.sums->row(index) : SumBlock::Row{};
            owed[i] = from.owed != nullptr ? from.owed[index] : 0;
        }
        for (const auto& target : targets)
            for (std::size_t i = 0; i < count; ++i) put(target, target.cells[first + i], kept[i], owed[i]);
    }
}

/// False means surely nothing: nobody whose figures stand at the node has reported or owes.
bool KeptColumns::anybody_at(std::int32_t node, const PeriodBlock& block) const
{
    return std::ranges::any_of(m_map.sources(node), [&](UnitId unit) {
        return (block.owed && block.owed->owes(unit)) || block.leaves->counted(unit, m_measure);
    });
}

void KeptColumns::fill_single(std::size_t row, const PeriodSums& from, std::span<const ColumnTarget> targets) const
{
    const auto [node, part] = m_rows[row];
    PeriodReader::RowView view;
    if (part == Part::undivided) {
        const auto index = m_index[row];
        if (index < 0) return;
        if (from.sums != nullptr) view.kept = from.sums->row(index);
        if (from.owed != nullptr) view.owed = from.owed[index];
    } else {
        if (!anybody_at(node, *from.block)) return;
        view = from.reader().row(node, part);
    }
    for (const auto& target : targets) {
        auto& cell = target.cells[row];
        cell.expected += static_cast<std::int32_t>(view.owed);
        if (view.made != nullptr) {
            add(cell, view.made[target.column]);
        } else if (view.kept) {
            add(cell, view.kept.sum(target.slot, target.wide, target.column));
        }
    }
}

}  // namespace phoihop::rollup
