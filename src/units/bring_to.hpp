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

/// What an import comes to before it is written.
struct Brought {
    ImportedUnits counts;
    StoredUnits wanted;                  ///< the whole territory as it would be
    std::vector<std::size_t> positions;  ///< of the units in it that are new or differ from what is stored
};

/// Puts `changes` in place of what is stored of their units; refuses with the first inconsistency when the whole
/// would be no territory any more.
[[nodiscard]] Result<Brought> bring(const StoredUnits& stored, std::vector<UnitChange> changes);

/// The part that all imports share: writes what differs from `stored`. Refuses what `bring` refuses.
[[nodiscard]] Result<ImportedUnits> bring_to(store::WriteContext& context, UserId actor, const StoredUnits& stored,
                                             std::vector<UnitChange> changes);

/// The units of a data set in which `check` finds no error.
[[nodiscard]] Result<Assembly> assemble_checked(const DataSet& set);

/// The assembled units under the ids by which the database knows them, or the next free ones.
[[nodiscard]] std::vector<UnitChange> changes_of(const StoredUnits& stored, const Assembly& assembly);

}  // namespace phoihop::units
