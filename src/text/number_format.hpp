// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/decimal.hpp"

#include <string>
#include <string_view>

namespace phoihop::text {

/// A plain decimal as Vietnamese offices print it: "1234567.89" is "1.234.567,89". Anything that is not
/// a plain decimal comes back as it went in, so that a printed page never hides what it was given.
[[nodiscard]] std::string number_vi(std::string_view plain_decimal);

/// The same for a fixed-point value: 123456 at scale 2 is "1.234,56".
[[nodiscard]] std::string number_vi(Int128 units, int scale);

/// "98,5%": the sign follows the number without a space, as official documents print it.
[[nodiscard]] std::string percent_vi(std::string_view plain_decimal);

/// A share as a percentage, exactly: "0.985" is "98,5%", "1" is "100%".
[[nodiscard]] std::string share_vi(std::string_view plain_decimal);

/// A document's running number: below 10 with a leading zero (Nghị định 30/2020/NĐ-CP, Annex I).
[[nodiscard]] std::string document_number(int number);

/// 4 is "IV". Defined for 1 to 3999; anything else is printed in Arabic digits.
[[nodiscard]] std::string roman(int number);

/// The letter of the n-th point of a list, from 1: a, b, c, d, đ, e, g, h, i, k … y. After y it goes on
/// with a1, b1, …: no official text has been seen that needs it, but none may crash on it.
[[nodiscard]] std::string list_letter(int number);

}  // namespace phoihop::text
