// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace phoihop::store {

struct ProgramEnd {
    int status = 0;    ///< exit status, or 128 and the signal
    std::string said;  ///< its standard error, the first 64 KiB
};

/// Runs another program to its end, found by PATH, with its output dropped. `environment` ("NAME=value") is added to
/// our own. Nothing when there is no such program.
[[nodiscard]] std::optional<ProgramEnd> run_program(const std::vector<std::string>& argv,
                                                    const std::vector<std::string>& environment);

}  // namespace phoihop::store
