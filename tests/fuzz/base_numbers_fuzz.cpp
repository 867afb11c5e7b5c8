// SPDX-License-Identifier: Apache-2.0
// Dates and decimals as strangers write them: what is read must be written and read again as the same.
#include "base/date.hpp"
#include "base/decimal.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto day = phoihop::parse_date(text))
        if (phoihop::parse_date(phoihop::format_date(*day)) != day) std::abort();
    for (const int scale : {0, 2, 6}) {
        const auto number = phoihop::parse_decimal(text, scale);
        if (number && phoihop::parse_decimal(phoihop::format_decimal(*number, scale), scale) != number) std::abort();
    }
    return 0;
}
