// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem.hpp"

namespace phoihop::web {

/// The HTTP status of a refusal. A new code does not compile until somebody chooses its status here.
[[nodiscard]] int status_of(ProblemCode code);

}  // namespace phoihop::web
