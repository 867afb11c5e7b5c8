// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/territory.hpp"

#include <string>
#include <vector>

namespace phoihop::units {

/// One unit of another day that a unit became, or came from. Land and people are parts of the older unit; over several
/// reforms a part stays a part.
struct Trace {
    UnitId unit;
    bool same = false;  ///< the unit itself lives on both days; the rest then says nothing
    Part land = Part::full;
    Part people = Part::full;
    bool default_heir = true;  ///< figures of the older unit pass to the newer one, at every step
    Date on{};                 ///< of the last step
    std::string act = {};
};

/// What `unit`, which lives on `from`, is on the day `to`: itself where it lives then, and every unit that its
/// successions between the two days lead to and that lives on `to`, in the order of their ids. Empty where its level
/// was abolished, or the data ends.
[[nodiscard]] std::vector<Trace> trace(const Territory& territory, UnitId unit, Date from, Date to);

}  // namespace phoihop::units
