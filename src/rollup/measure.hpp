// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"

namespace phoihop::rollup {

/// Which reports a sum counts.
enum class Measure : std::uint8_t { received, verified };
inline constexpr std::size_t measure_count = 2;

[[nodiscard]] constexpr bool counts(facts::FactState state, Measure measure)
{
    return measure == Measure::received ? facts::counts_as_received(state) : facts::counts_as_verified(state);
}

}  // namespace phoihop::rollup
