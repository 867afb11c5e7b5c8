// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"

namespace phoihop::app {

/// `phoihop serve`: the API, the desk and the live streams over one database, until it is told to stop.
[[nodiscard]] cli::Command serve_command();

}  // namespace phoihop::app
