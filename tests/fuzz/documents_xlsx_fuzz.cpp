// SPDX-License-Identifier: Apache-2.0
// Workbooks as strangers send them: read or refused within small limits.
#include "documents/xlsx_reader.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const phoihop::documents::TableLimits limits{
        .bytes = 1U << 20, .rows = 1000, .columns = 100, .cell_characters = 1000};
    static_cast<void>(phoihop::documents::read_xlsx({reinterpret_cast<const char*>(data), size}, limits));
    return 0;
}
