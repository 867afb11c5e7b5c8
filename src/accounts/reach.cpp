// SPDX-License-Identifier: Apache-2.0
#include "accounts/reach.hpp"

#include "units/territory.hpp"

#include <algorithm>
#include <functional>

namespace phoihop::accounts {
namespace {

using units::Territory;
using units::Unit;
using units::UnitState;

/// Whether `from` passed itself on and did not merely give a strip of land away: a unit that lives on keeps its past
/// to itself.
bool went_into_heir(const units::Succession& succession, const Territory& territory)
{
    return territory.unit(succession.from).ends() <= succession.on;
}

/// Everything that can be reached from `start`, itself too; `next(unit, go)` calls `go` for each neighbour.
std::vector<UnitId> reachable(UnitId start, const std::function<void(UnitId, const std::function<void(UnitId)>&)>& next)
{
    std::vector<UnitId> found{start};
    for (std::size_t i = 0; i < found.size(); ++i)
        next(found[i], [&](UnitId other) {
            if (std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
        });
    return found;
}

void each_heir(UnitId unit, const Territory& territory, const std::function<void(UnitId)>& go)
{
    for (const units::Succession* succession : territory.heirs_of(unit))
        if (went_into_heir(*succession, territory)) go(succession->to);
}

/// The unit, whatever it ever stood under, and its heirs.
std::vector<UnitId> all_above(UnitId start, const Territory& territory)
{
    return reachable(start, [&](UnitId unit, const auto& go) {
        for (const UnitState& state : territory.unit(unit).states)
            if (state.parent) go(state.parent);
        each_heir(unit, territory, go);
    });
}

bool contains(const std::vector<UnitId>& list, UnitId unit)
{
    return std::find(list.begin(), list.end(), unit) != list.end();
}

bool overlap(const Validity& a, const Validity& b)
{
    return a.from < b.to && b.from < a.to;
}

/// What is known of the granted unit before any other is looked at.
class Kin {
public:
    Kin(UnitId own, const Territory& territory, Date day) : m_own(own), m_territory(territory), m_day(day)
    {
        m_predecessors = reachable(own, [&](UnitId unit, const auto& go) {
            for (const units::Succession* succession : territory.origins_of(unit))
                if (went_into_heir(*succession, territory)) go(succession->from);
        });
        const units::Level level = territory.state_near(own, day).level;
        for (const UnitId unit : m_predecessors)
            for (const UnitState& state : territory.unit(unit).states)
                if (state.level == level && state.parent) m_seats.push_back(&state);
    }

    /// `inside`: the unit belongs to the subtree in the widest sense.
    [[nodiscard]] Relation of(const Unit& unit, bool inside) const
    {
        if (unit.id == m_own) return Relation::own;
        if (!inside) return outside(unit);
        if (unit.on(m_day) != nullptr) return stands_below(unit.id) ? Relation::below : Relation::once_below;
        return contains(m_predecessors, unit.id) ? Relation::predecessor : Relation::below;
    }

private:
    [[nodiscard]] bool stands_below(UnitId unit) const
    {
        while (unit && unit != m_own) {
            const UnitState* state = m_territory.unit(unit).on(m_day);
            unit = state != nullptr ? state->parent : UnitId{};
        }
        return unit == m_own;
    }

    [[nodiscard]] Relation outside(const Unit& unit) const
    {
        for (const UnitState* seat : m_seats)
            if (seat->parent == unit.id) return Relation::parent;
        for (const UnitState* seat : m_seats)
            for (const UnitState& state : unit.states)
                if (state.parent == seat->parent && state.level == seat->level &&
                    overlap(state.validity, seat->validity))
                    return Relation::sibling;
        return Relation::none;
    }

    UnitId m_own;
    const Territory& m_territory;
    Date m_day;
    std::vector<UnitId> m_predecessors;     // with the own unit
    std::vector<const UnitState*> m_seats;  // where they stood at its level
};

}  // namespace

Relation relation(UnitId own, UnitId unit, const Territory& territory, Date day)
{
    return relations(own, std::span(&unit, 1), territory, day).front();
}

std::vector<Relation> relations(UnitId own, std::span<const UnitId> units, const Territory& territory, Date day)
{
    const Kin kin(own, territory, day);
    std::vector<Relation> answer;
    answer.reserve(units.size());
    for (const UnitId unit : units)
        answer.push_back(kin.of(territory.unit(unit), contains(all_above(unit, territory), own)));
    return answer;
}

std::vector<Relation> relations(UnitId own, const Territory& territory, Date day)
{
    const std::size_t count = territory.units().size();
    std::vector<std::vector<UnitId>> below(count);
    for (const Unit& unit : territory.units()) {
        for (const UnitState& state : unit.states)
            if (state.parent) below[static_cast<std::size_t>(state.parent.value - 1)].push_back(unit.id);
        each_heir(unit.id, territory,
                  [&](UnitId heir) { below[static_cast<std::size_t>(heir.value - 1)].push_back(unit.id); });
    }
    std::vector<bool> inside(count);
    std::vector<UnitId> open{own};
    inside[static_cast<std::size_t>(own.value - 1)] = true;
    while (!open.empty()) {
        const UnitId unit = open.back();
        open.pop_back();
        for (const UnitId next : below[static_cast<std::size_t>(unit.value - 1)]) {
            if (inside[static_cast<std::size_t>(next.value - 1)]) continue;
            inside[static_cast<std::size_t>(next.value - 1)] = true;
            open.push_back(next);
        }
    }
    const Kin kin(own, territory, day);
    std::vector<Relation> answer;
    answer.reserve(count);
    for (const Unit& unit : territory.units())
        answer.push_back(kin.of(unit, inside[static_cast<std::size_t>(unit.id.value - 1)]));
    return answer;
}

}  // namespace phoihop::accounts
