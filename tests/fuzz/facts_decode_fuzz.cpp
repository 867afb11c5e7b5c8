// SPDX-License-Identifier: Apache-2.0
// Stored reports with damaged bytes: refused, never read past their end.
#include "facts/fact.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static_cast<void>(phoihop::facts::decode(std::as_bytes(std::span(data, size))));
    return 0;
}
