// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "instance/instance.hpp"
#include "store/handover.hpp"

namespace phoihop::app {

/// Carries out the commands of other processes in this one, on the database that it holds.
[[nodiscard]] store::CommandHandler handed_over(instance::Instance& instance, const Clock& clock);

}  // namespace phoihop::app
