// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/unit_store.hpp"

namespace phoihop::units {

/// The paper behind a choice.
struct Decision {
    Date on{};
    std::string act;
};

/// What `choose_heir` and `withdraw_heir` refuse.
[[nodiscard]] Result<void> judge_heir(const StoredUnits& stored, UnitId from, UnitId to, const Decision& decision);
[[nodiscard]] Result<void> judge_withdrawal(const StoredUnits& stored, UnitId from, const Decision& decision);

enum class Chosen : std::uint8_t { now, already };

/// Confirms `to` as the heir of `from`, a unit that was divided without anybody taking all its people: from then on the
/// figures of `from` stand at `to` on every later map, old periods too. Another choice for the same unit replaces this
/// one; every version is kept. Refuses (`wrong_state`) a unit that still lives or whose act itself names an heir,
/// `unknown_name` for somebody who is not among its heirs, `missing` without an act.
[[nodiscard]] Result<Chosen> choose_heir(store::Writer& writer, UnitId from, UnitId to, const Decision& decision,
                                         UserId actor);

/// Takes the choice back: the figures of `from` stand undivided again. `wrong_state` when there is no choice.
[[nodiscard]] Result<void> withdraw_heir(store::Writer& writer, UnitId from, const Decision& decision, UserId actor);

}  // namespace phoihop::units
