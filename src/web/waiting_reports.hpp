// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/services.hpp"

#include <vector>

namespace phoihop::web {

/// Which decision of the actor a report waits for.
enum class WaitsFor : std::uint8_t {
    verification,  // it was sent
    locking,       // it was verified, and can still be changed
};

struct Waiting {
    UnitId unit;
    std::string form;
    PeriodId period;
    Date due{};
};

/// All that wait for the actor on `call.on`, those that were due first.
[[nodiscard]] std::vector<Waiting> waiting_reports(const Call& call, WaitsFor what);

}  // namespace phoihop::web
