// SPDX-License-Identifier: Apache-2.0
#include "rollup/period_reader.hpp"

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
        m_sums = sum_up(m_block, m_form.layout, *m_map, measure, 0);
        if (m_block.owed) {
            m_owed_made = count_units(m_block.owed->units, *m_map);
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
        const auto leaf = m_block.leaves.find(unit);
        if (!leaf || !counts(leaf->state, m_measure) || !facts::decode_into(leaf->content, m_fact)) continue;
        const auto& columns = m_form.layout->columns_of(m_fact.programme_version);
        for (std::size_t cell = 0; cell < std::min(m_fact.cells.size(), columns.size()); ++cell)
            if (m_fact.cells[cell]) row.sums[static_cast<std::size_t>(columns[cell])] += Sum{*m_fact.cells[cell], 1};
    }
    return row;
}

Tally PeriodReader::read(std::int32_t node, Part part, std::int32_t column)
{
    auto row = m_map->row_of(node);
    if (part == Part::undivided) {
        row = m_map->undivided_row(node);
        if (row < 0) return {};
    } else if (part == Part::own || row < 0) {
        const auto& made = from_reports(part == Part::own ? m_own : m_whole, node, part);
        return {made.sums[static_cast<std::size_t>(column)], made.owed};
    }
    return {m_sums ? m_sums->at(row, column) : Sum{}, m_owed ? (*m_owed)[static_cast<std::size_t>(row)] : 0};
}

}  // namespace phoihop::rollup
