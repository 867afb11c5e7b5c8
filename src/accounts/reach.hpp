// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/id.hpp"

#include <span>
#include <vector>

namespace phoihop::units {
class Territory;
}

namespace phoihop::accounts {

/// How a unit stands to the one that is granted, for rights only (rights.hpp says what each means).
enum class Relation : std::uint8_t {
    none,
    own,
    predecessor,  // ended, and passed something to the own unit, at any remove
    below,        // under it on the map of the day, or ended under it or under a predecessor
    once_below,   // lives, but under another today
    parent,       // of the own unit or a predecessor at its level, then or now
    sibling,      // the same parent and level at the same time, likewise
};

/// Looks upward from `unit`: only its own few ancestors and heirs are visited.
[[nodiscard]] Relation relation(UnitId own, UnitId unit, const units::Territory& territory, Date day);

/// The same for each of `units`.
[[nodiscard]] std::vector<Relation> relations(UnitId own, std::span<const UnitId> units,
                                              const units::Territory& territory, Date day);

/// For every unit, by id - 1; looks downward from `own` once.
[[nodiscard]] std::vector<Relation> relations(UnitId own, const units::Territory& territory, Date day);

}  // namespace phoihop::accounts
