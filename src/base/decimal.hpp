// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace phoihop {

/// Sums may need more than 63 bits (cap × scale × units); figures never do.
__extension__ using Int128 = __int128;

/// The most decimal places an indicator may declare.
inline constexpr int scale_max = 6;

/// Reads a plain decimal ("12", "-3.50") as an exact integer at `scale` decimal places: "3.5" at
/// scale 2 is 350. Trailing zeros beyond the scale are taken, other digits beyond it are refused
/// (`not_whole`); so are exponents, blanks, separators and anything past 64 bits (`out_of_range`).
[[nodiscard]] Result<std::int64_t> parse_decimal(std::string_view text, int scale);

/// A whole number from `min` to `max`; `malformed` like parse_decimal, or `out_of_range`.
[[nodiscard]] Result<std::int64_t> parse_whole(std::string_view text, std::int64_t min, std::int64_t max);

/// The plain decimal of `units` at `scale`: 350 at scale 2 is "3.50"; at scale 0, "350".
[[nodiscard]] std::string format_decimal(Int128 units, int scale);

/// numerator / denominator, rounded half away from zero: the only rounding in the program, and only
/// for printing. `denominator` must not be 0.
[[nodiscard]] Int128 divide_rounded(Int128 numerator, Int128 denominator);

/// 10 to the power of `exponent` (0 to 18).
[[nodiscard]] std::int64_t power_of_ten(int exponent);

}  // namespace phoihop
