// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/draw_register.hpp"
#include "obligations/obligation_store.hpp"

namespace phoihop::obligations {

/// What opening a period came to.
struct Opening {
    OpenedPeriod period;
    bool already = false;  ///< it had been opened before: nothing was done
};

/// Freezes who owes what for `period`, in one transaction with one journal record ("opened", "period:<p>/<period>").
///
/// Opening twice changes nothing and answers the same, whatever happened to territory or programme meanwhile.
/// `period_not_open` (facts: period, opens) before the calendar's opening day; `not_owed` when the programme asks
/// nothing for such a period; otherwise what draw_register refuses.
/// Units that ended since the window are not passed on here: the sweep of the day does it (pass_on.hpp), so that
/// reports of the past can still be taken in under their own units' names.
[[nodiscard]] Result<Opening> open_period(store::Writer& writer, const programme::Programme& programme,
                                          const units::Territory& territory, const programme::PeriodName& period,
                                          UserId actor, Date today);

}  // namespace phoihop::obligations
