// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation_store.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

namespace phoihop::obligations {

/// What passing on came to.
struct PassedOn {
    std::int64_t passed = 0;        ///< rows that became passed_on
    std::int64_t made = 0;          ///< rows made for heirs
    std::int64_t joined = 0;        ///< links to a row that the heir had already
    std::int64_t without_heir = 0;  ///< passed rows that nobody goes on with (a district abolished in 2025)
};

/// Passes the open obligations of units that ended on or before `on` to their heirs.
///
/// An obligation passes when its unit ended on or before its closing day and it is neither done nor excused: it becomes
/// `passed_on` on the day on which the unit ended (later when it was returned later) and is linked to one row per heir.
/// The heir is the default heir where there is one, else every heir of people, else every heir of land. A heir owes
/// each subject of a period once: what several units leave it is one row, and where it owes the subject itself, that
/// row; its own earlier report does not answer for what it inherits, a version sent after the passing does. A new row
/// opens on the day of the passing and keeps due day and closing of what was left, the latest of several.
/// Heirs that ended in their turn pass on again. Counted is always the frozen row, once (books.hpp).
///
/// Running it again changes nothing. One journal record ("passed_on", "period:<p>/<period>") for each period touched.
/// Called by the sweep of the day and after an import of units.
Result<PassedOn> pass_on(store::WriteContext& context, const programme::Programme& programme,
                         const units::Territory& territory, Date on, UserId actor);

/// The heirs that go on with what `unit` owes.
[[nodiscard]] std::vector<UnitId> heirs_of_duties(const units::Territory& territory, UnitId unit);

}  // namespace phoihop::obligations
