// SPDX-License-Identifier: Apache-2.0
#include "rollup/period_reader.hpp"

#include "rollup/sum_up.hpp"

namespace phoihop::rollup {

PeriodReader::PeriodReader(const FormBlock& form, const PeriodBlock& block, std::shared_ptr<const MapRows> map,
                           std::int32_t kept, Measure measure)
    : m_form(form), m_block(block), m_map(std::move(map)), m_measure(measure)
{
    if (kept >= 0) {
        const auto maps = m_block.sums.size() / measure_count;
        m_sums = m_block.sums[static_cast<std::size_t>(measure) * maps + static_cast<std::size_t>(kept)];
        if (m_block.owed) m_owed = &m_block.owed->counts[static_cast<std::size_t>(kept)];
    } else {
        m_sums = sum_up(*m_block.leaves, m_form.layout, *m_map, measure, 0).sums;
        if (m_block.owed) {
            m_owed_made = count_units(m_block.owed->units(), *m_map);
            m_owed = &m_owed_made;
        }
    }
}

const PeriodReader::Row& PeriodReader::from_reports(Row& row, std::int32_t node, Part part)
{
    if (row.node == node) return row;
    row.node = node;
    row.sums.assign(m_form.layout->columns.size(), Sum{});
    row.owed = 0;
    for (const auto unit : m_map->sources(node)) {
        if (part == Part::own && m_map->undivided(unit)) continue;
        if (m_block.owed && m_block.owed->owes(unit)) ++row.owed;
        if (!m_block.leaves->counted(unit, m_measure) || !m_block.leaves->read(unit, m_report)) continue;
        const auto& fact = m_report.fact;
        const auto& columns = m_form.layout->columns_of(fact.programme_version);
        for (std::size_t cell = 0; cell < std::min(fact.cells.size(), columns.size()); ++cell)
            if (fact.cells[cell]) row.sums[static_cast<std::size_t>(columns[cell])] += Sum{*fact.cells[cell], 1};
    }
    return row;
}

PeriodReader::RowView PeriodReader::row(std::int32_t node, Part part)
{
    auto index = m_map->row_of(node);
    if (part == Part::undivided) {
        index = m_map->undivided_row(node);
        if (index < 0) return {};
    } else if (part == Part::own || index < 0) {
        const auto& made = from_reports(part == Part::own ? m_own : m_whole, node, part);
        return {{}, made.sums.data(), made.owed};
    }
    return {m_sums ? m_sums->row(index) : SumBlock::Row{}, nullptr,
            m_owed ? (*m_owed)[static_cast<std::size_t>(index)] : 0};
}

Tally PeriodReader::read(std::int32_t node, Part part, std::int32_t column)
{
    const auto view = row(node, part);
    if (view.made != nullptr) return {view.made[column], view.owed};
    if (!view.kept) return {{}, view.owed};
    const auto& place = m_form.layout->columns[static_cast<std::size_t>(column)];
    return {view.kept.sum(place.slot, place.wide, column), view.owed};
}

}  // namespace phoihop::rollup
