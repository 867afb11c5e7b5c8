// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace phoihop::support {

/// Compares `found` with the file tests/golden/`name`. With PHOIHOP_UPDATE_GOLDEN=1 the file is written anew; the
/// change is then reviewed as a diff. A difference is shown at its first line.
inline void check_golden(std::string_view name, const std::string& found)
{
    const std::filesystem::path path = std::filesystem::path(PHOIHOP_SOURCE_DIR) / "tests/golden" / name;
    if (const char* update = std::getenv("PHOIHOP_UPDATE_GOLDEN");
        update != nullptr && std::string_view(update) == "1") {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << found;
        return;
    }
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "no golden file " << path.string() << " (PHOIHOP_UPDATE_GOLDEN=1 writes it)");
    const std::string expected{std::istreambuf_iterator<char>(file), {}};
    if (found == expected) return;
    std::size_t line = 1, start = 0;
    for (std::size_t i = 0; i < found.size() && i < expected.size() && found[i] == expected[i]; ++i)
        if (found[i] == '\n') ++line, start = i + 1;
    const auto line_at = [start](const std::string& text) {
        return start < text.size() ? text.substr(start, text.find('\n', start) - start) : "";
    };
    FAIL_CHECK(name << ", line " << line << "\n  expected: " << line_at(expected)
                    << "\n  found:    " << line_at(found));
}

}  // namespace phoihop::support
