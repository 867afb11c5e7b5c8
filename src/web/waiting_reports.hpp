// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/services.hpp"

#include <vector>

namespace phoihop::web {

/// A report that was sent and that the actor may verify.
struct Waiting {
    UnitId unit;
    std::string form;
    PeriodId period;
    Date due{};
};

/// All that wait for the actor on `call.on`, those that were due first.
[[nodiscard]] std::vector<Waiting> waiting_reports(const Call& call);

}  // namespace phoihop::web
