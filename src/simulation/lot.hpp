// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace phoihop::simulation {

/// SplitMix64's mixing step: every input bit moves every output bit. All that is simulated is drawn with it.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31U);
}

}  // namespace phoihop::simulation
