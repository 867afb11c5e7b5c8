// SPDX-License-Identifier: Apache-2.0
#include "units/bring_to.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace phoihop::units {
namespace {

auto fields(const UnitState& state)
{
    return std::tie(state.validity, state.code, state.level, state.kind, state.name, state.full_name, state.parent,
                    state.act);
}

bool same(const UnitState& a, const UnitState& b)
{
    return fields(a) == fields(b);
}

auto fields(const Succession& succession)
{
    return std::tie(succession.from, succession.to, succession.on, succession.land, succession.people,
                    succession.default_heir, succession.act);
}

bool same_succession(const Succession& a, const Succession& b)
{
    return fields(a) == fields(b);
}

bool before(const Succession& a, const Succession& b)
{
    return std::tie(a.from, a.to, a.on) < std::tie(b.from, b.to, b.on);
}

/// What the database holds, in one piece per unit, so that a unit is compared and replaced as a whole.
std::vector<UnitChange> pieces(const StoredUnits& stored)
{
    std::vector<UnitChange> all(stored.units.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i].unit = stored.units[i];
    for (const Succession& succession : stored.successions) {
        all[static_cast<std::size_t>(succession.from.value - 1)].successions.push_back(succession);
    }
    for (const Alias& alias : stored.aliases)
        all[static_cast<std::size_t>(alias.unit.value - 1)].aliases.push_back(alias);
    return all;
}

bool same(const UnitChange& a, const UnitChange& b)
{
    return std::equal(a.unit.states.begin(), a.unit.states.end(), b.unit.states.begin(), b.unit.states.end(),
                      [](const UnitState& left, const UnitState& right) { return same(left, right); }) &&
           std::equal(a.successions.begin(), a.successions.end(), b.successions.begin(), b.successions.end(),
                      same_succession) &&
           a.aliases == b.aliases;
}

StoredUnits joined(std::vector<UnitChange> pieces, const StoredUnits& stored)
{
    StoredUnits all;
    all.choices = stored.choices;
    for (UnitChange& piece : pieces) {
        all.units.push_back(std::move(piece.unit));
        all.successions.insert(all.successions.end(), piece.successions.begin(), piece.successions.end());
        all.aliases.insert(all.aliases.end(), piece.aliases.begin(), piece.aliases.end());
    }
    return all;
}

}  // namespace

Result<Brought> bring(const StoredUnits& stored, std::vector<UnitChange> changes)
{
    Brought brought;
    std::vector<UnitChange> all = pieces(stored);
    std::set<std::size_t> touched;
    for (UnitChange& change : changes) {
        std::sort(change.successions.begin(), change.successions.end(), before);
        std::sort(change.aliases.begin(), change.aliases.end());
        const auto position = static_cast<std::size_t>(change.unit.id.value - 1);
        if (position >= all.size()) all.resize(position + 1);
        const bool fresh = position >= stored.units.size();
        if (!fresh && same(all[position], change)) {
            ++brought.counts.unchanged;
            continue;
        }
        (fresh ? brought.counts.added : brought.counts.changed) += 1;
        all[position] = std::move(change);
        touched.insert(position);
    }
    brought.wanted = joined(std::move(all), stored);
    if (auto problems = inconsistencies(brought.wanted.units, brought.wanted.decided()); !problems.empty()) {
        return tl::make_unexpected(std::move(problems.front()));
    }
    brought.positions.assign(touched.begin(), touched.end());
    return brought;
}

Result<ImportedUnits> bring_to(store::WriteContext& context, UserId actor, const StoredUnits& stored,
                               std::vector<UnitChange> changes)
{
    PHOIHOP_TRY(brought, bring(stored, std::move(changes)));
    UnitStore::save(context, actor, stored, brought.wanted, brought.positions);
    return brought.counts;
}

}  // namespace phoihop::units
