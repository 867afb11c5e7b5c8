// SPDX-License-Identifier: Apache-2.0
#include "rollup/row_counts.hpp"

namespace phoihop::rollup {

std::int64_t RowCounts::at(RowRef row) const
{
    const auto node = static_cast<std::size_t>(row.node);
    switch (row.part) {
        case Part::whole: return whole[node];
        case Part::own: return own[node];
        case Part::undivided: return undivided[node];
    }
    return 0;
}

RowCounter::RowCounter(const MapRows& map) : m_map(map)
{
    const auto nodes = map.map().nodes().size();
    m_counts.whole.assign(nodes, 0);
    m_counts.own.assign(nodes, 0);
    m_counts.undivided.assign(nodes, 0);
}

void RowCounter::add(UnitId unit)
{
    if (m_counts.whole.empty()) return;
    const auto place = m_map.place(unit);
    const auto node = static_cast<std::size_t>(place.node);
    ++m_counts.whole[node];
    ++(place.undivided ? m_counts.undivided : m_counts.own)[node];
}

RowCounts RowCounter::finish()
{
    for (std::size_t node = m_counts.whole.size(); node-- > 1;) {
        const auto parent = m_map.parent(static_cast<std::int32_t>(node));
        m_counts.whole[static_cast<std::size_t>(parent)] += m_counts.whole[node];
    }
    return std::move(m_counts);
}

}  // namespace phoihop::rollup
