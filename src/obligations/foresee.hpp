// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/draw_register.hpp"

#include <string>
#include <vector>

namespace phoihop::obligations {

/// How many units would owe one thing in a coming period, under the version in force and under another one.
struct Foreseen {
    programme::PeriodName period;
    std::string subject;  ///< the code of a form or standing obligation
    std::int64_t before = 0;
    std::int64_t after = 0;
    friend bool operator==(const Foreseen&, const Foreseen&) = default;
};

/// What opens from `today` on for about a year, drawn on the territory as it is known, in the order of opening and of
/// subjects; `before` may be nothing, for a programme that is new. Registers that are open already are frozen and do
/// not change. What a version cannot draw at all it does not owe.
[[nodiscard]] std::vector<Foreseen> foresee(const programme::Programme* before, const programme::Programme& after,
                                            const units::Territory& territory, Date today);

}  // namespace phoihop::obligations
