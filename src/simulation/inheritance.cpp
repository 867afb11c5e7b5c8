// SPDX-License-Identifier: Apache-2.0
#include "simulation/inheritance.hpp"

#include <algorithm>
#include <tuple>

namespace phoihop::simulation {

namespace {

using units::Succession;

/// Those of one unit's successions of one day that take a share of it.
std::vector<const Succession*> takers(std::span<const Succession> successions)
{
    using Takes = bool (*)(const Succession&);
    constexpr Takes ways[] = {[](const Succession& s) { return s.default_heir; },
                              [](const Succession& s) { return s.people != units::Part::none; },
                              [](const Succession& s) { return s.land != units::Part::none; }};
    std::vector<const Succession*> found;
    for (const Takes takes : ways) {
        for (const Succession& succession : successions)
            if (takes(succession)) found.push_back(&succession);
        if (!found.empty()) break;
    }
    return found;
}

}  // namespace

Inheritance::Inheritance(const units::Territory& territory)
{
    const std::span<const Succession> all = territory.successions();
    for (std::size_t first = 0; first < all.size();) {
        std::size_t last = first;
        while (last < all.size() && all[last].from == all[first].from && all[last].on == all[first].on) ++last;
        const std::vector<const Succession*> heirs = takers(all.subspan(first, last - first));
        const bool ends = territory.unit(all[first].from).on(all[first].on) == nullptr;
        const auto shares = static_cast<std::int64_t>(heirs.size()) + (ends ? 0 : 1);
        for (const Succession* heir : heirs) {
            const bool begins = territory.unit(heir->to).begins() == heir->on;
            m_parts.push_back({heir->from, heir->to, heir->on, shares, begins, ends});
        }
        first = last;
    }
    m_by_heir = m_parts;
    std::stable_sort(m_parts.begin(), m_parts.end(), [](const Part& a, const Part& b) { return a.on < b.on; });
    std::stable_sort(m_by_heir.begin(), m_by_heir.end(), [](const Part& a, const Part& b) { return a.to < b.to; });
}

std::span<const Inheritance::Part> Inheritance::parts_of(UnitId heir) const
{
    const auto first =
        std::partition_point(m_by_heir.begin(), m_by_heir.end(), [&](const Part& part) { return part.to < heir; });
    return {first, std::find_if(first, m_by_heir.end(), [&](const Part& part) { return part.to != heir; })};
}

std::vector<Date> Inheritance::days() const
{
    std::vector<Date> found;
    for (const Part& part : m_parts)
        if (found.empty() || found.back() != part.on) found.push_back(part.on);
    return found;
}

std::vector<std::int64_t> Inheritance::passed_on(std::vector<std::int64_t> weights, Date on) const
{
    const auto slot = [](UnitId unit) { return static_cast<std::size_t>(unit.value - 1); };
    const std::vector<std::int64_t> before = weights;
    // Whatever a new unit had was nobody's: it did not live.
    for (const Part& part : m_parts)
        if (part.on == on && part.begins) weights[slot(part.to)] = 0;
    for (const Part& part : m_parts) {
        if (part.on != on) continue;
        const std::int64_t moved = before[slot(part.from)] / part.shares;
        weights[slot(part.to)] += moved;
        weights[slot(part.from)] -= moved;
    }
    for (const Part& part : m_parts)
        if (part.on == on && part.ends) weights[slot(part.from)] = 0;
    return weights;
}

}  // namespace phoihop::simulation
