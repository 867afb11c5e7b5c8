// SPDX-License-Identifier: Apache-2.0
// Programme definitions as strangers write them: read, or every fault listed.
#include "programme/definition.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace phoihop::programme;
    const std::array files{SourceFile{"programme.yaml", std::string(reinterpret_cast<const char*>(data), size)}};
    const auto definition = read_definition(files);
    if (!definition.programme == definition.findings.empty()) std::abort();
    return 0;
}
