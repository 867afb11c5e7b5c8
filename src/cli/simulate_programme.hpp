// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"
#include "instance/instance.hpp"
#include "programme/programme.hpp"
#include "simulation/simulate.hpp"

namespace phoihop::cli {

struct SimulateWish {
    std::shared_ptr<const programme::Programme> programme;
    programme::PeriodName from;
    programme::PeriodName to;
    Date today{};  ///< nothing is drawn after it
    std::uint64_t seed = 1;
    std::string out;  ///< paths, "" = not wanted
    std::string raw;
};

struct SimulateCounts {
    std::int64_t periods = 0;
    std::int64_t obligations = 0;
    simulation::SimulationCounts reports;
};

/// Opens every period inside the span, in order of time, and lets drawn offices answer: reports through the Reception,
/// standing obligations with drawn decisions, some never. `simulated_only` for a real programme.
[[nodiscard]] Result<SimulateCounts> simulate_programme(instance::Instance& instance, const SimulateWish& wish,
                                                        Output& output);

}  // namespace phoihop::cli
