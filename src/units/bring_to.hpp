// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/import_units.hpp"

namespace phoihop::units {

/// One unit as it shall be, with the successions from it and its other spellings. Its id is known to the database or
/// the next after the last.
struct UnitChange {
    Unit unit;
    std::vector<Succession> successions;
    std::vector<Alias> aliases;
};

/// The part that all imports share: writes what differs from `stored`, and refuses with the first inconsistency
/// when the whole would be no territory any more.
[[nodiscard]] Result<ImportedUnits> bring_to(store::WriteContext& context, UserId actor, const StoredUnits& stored,
                                             std::vector<UnitChange> changes);

}  // namespace phoihop::units
