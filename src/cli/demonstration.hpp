// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"
#include "instance/instance.hpp"

namespace phoihop::cli {

/// Fills an empty database with Vietnam's units, programme 09 (2014–2015, as the 63 provinces stood on 30 June 2025)
/// and its successor (2024-Q1 to 2026-Q3, across the reform of 1 July 2025), all simulated and marked so, as it stands
/// on `day`: nothing is simulated beyond it.
[[nodiscard]] Result<void> make_demonstration(instance::Instance& instance, Date day, Output& output);

/// The folder with `data/` and `programmes/`: PHOIHOP_SHARE, else where the program was built from.
[[nodiscard]] std::string share_folder();

}  // namespace phoihop::cli
