// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/open_period.hpp"
#include "obligations/pass_on.hpp"

namespace phoihop::obligations {

/// What a day brought.
struct KeptUp {
    std::vector<programme::PeriodName> opened;
    PassedOn passed;
};

/// The sweep of the day: opens every period whose opening day has come and that can still be answered, then passes on
/// what units that ended left open. Running it twice, or after days without it, comes to the same. Periods that closed
/// before anybody opened them stay unopened: nobody could answer them.
[[nodiscard]] Result<KeptUp> keep_up(store::Writer& writer, const programme::Programme& programme,
                                     const units::Territory& territory, Date today, UserId actor);

}  // namespace phoihop::obligations
