// SPDX-License-Identifier: Apache-2.0
// Tables as strangers save them: what CSV we read is written and read again as the same.
#include "documents/csv.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace phoihop::documents;
    const auto sheet = read_csv({reinterpret_cast<const char*>(data), size});
    if (!sheet) return 0;
    const auto again = read_csv(write_csv(*sheet), {.limits = {}, .separator = ','});
    // Only a limit may stand in the way: quoting makes a text longer, never another text.
    if (!again) return again.error().code == phoihop::ProblemCode::too_large ? 0 : (std::abort(), 0);
    if (again->rows.size() != sheet->rows.size()) std::abort();
    return 0;
}
