// SPDX-License-Identifier: Apache-2.0
#include "rollup/unit_counts.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

std::shared_ptr<const RowCounts> count(const MapRows& map, const units::Map& then, programme::CountedUnits counted)
{
    RowCounter counter(map);
    const auto& nodes = then.nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        // An island district without communes counts where it does their work (FormDuty::or_lowest).
        const bool in_their_place = counted.or_lowest && nodes[i].level > units::Level::province &&
                                    nodes[i].level < counted.level &&
                                    then.under(static_cast<std::int32_t>(i), counted.level).empty();
        if (nodes[i].level == counted.level || in_their_place) counter.add(nodes[i].unit);
    }
    return std::make_shared<const RowCounts>(counter.finish());
}

}  // namespace

std::shared_ptr<const RowCounts> UnitCounts::of(const MapRows& map, const units::Map& then,
                                                programme::CountedUnits counted)
{
    const Key key(counted, then.shape());
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = std::ranges::find(m_kept, key, [](const auto& kept) { return kept.first; });
        if (found != m_kept.end()) {
            m_kept.splice(m_kept.begin(), m_kept, found);
            return found->second;
        }
    }
    auto counts = count(map, then, counted);
    const std::scoped_lock lock(m_mutex);
    m_kept.emplace_front(key, counts);
    if (m_kept.size() > kept_max) m_kept.pop_back();
    return counts;
}

}  // namespace phoihop::rollup
