// SPDX-License-Identifier: Apache-2.0
#include "units/trace.hpp"

#include <algorithm>
#include <map>

namespace phoihop::units {
namespace {

/// A part of a part is a part, and nothing of anything is nothing.
Part both(Part first, Part second)
{
    return std::min(first, second);
}

class Tracer {
public:
    Tracer(const Territory& territory, Date from, Date to) : m_territory(territory), m_from(from), m_to(to) {}

    std::vector<Trace> follow(UnitId unit)
    {
        m_found.clear();
        if (m_territory.unit(unit).on(m_to) != nullptr) keep({unit, true});
        step({unit}, m_from);
        std::vector<Trace> all;
        for (auto& [id, trace] : m_found) all.push_back(std::move(trace));
        return all;
    }

private:
    /// Steps lead only on (or only back) in time, so that this ends.
    void step(const Trace& reached, Date day)
    {
        const bool onward = m_to >= m_from;
        for (const Succession* link :
             onward ? m_territory.heirs_of(reached.unit) : m_territory.origins_of(reached.unit)) {
            const bool between = onward ? link->on > day && link->on <= m_to : link->on <= day && link->on > m_to;
            if (!between) continue;
            const Trace next{onward ? link->to : link->from,
                             false,
                             both(reached.land, link->land),
                             both(reached.people, link->people),
                             reached.default_heir && link->default_heir,
                             link->on,
                             link->act};
            if (m_territory.unit(next.unit).on(m_to) != nullptr) keep(next);
            step(next, onward ? link->on : link->on - std::chrono::days{1});
        }
    }

    /// A unit that is reached in two ways got something both ways.
    void keep(const Trace& trace)
    {
        const auto [place, fresh] = m_found.try_emplace(trace.unit.value, trace);
        if (fresh || place->second.same) return;
        place->second.land = std::max(place->second.land, trace.land);
        place->second.people = std::max(place->second.people, trace.people);
        place->second.default_heir = place->second.default_heir || trace.default_heir;
    }

    const Territory& m_territory;
    Date m_from;
    Date m_to;
    std::map<std::int64_t, Trace> m_found;
};

}  // namespace

std::vector<Trace> trace(const Territory& territory, UnitId unit, Date from, Date to)
{
    return Tracer(territory, from, to).follow(unit);
}

}  // namespace phoihop::units
