# SPDX-License-Identifier: Apache-2.0
# phoihop_precompiled(<target> <owner>): the standard headers that nearly every file includes, compiled once for all
# targets that are compiled alike (docs/decisions/0003). <owner> is the target that compiles them; the others reuse
# its work. A file still includes what it uses: presets without PHOIHOP_PCH, and clang-tidy, find what does not.
option(PHOIHOP_PCH "Compile the usual standard headers once" OFF)
set(PHOIHOP_USUAL_HEADERS <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <span>
    <string> <string_view> <tl/expected.hpp> <utility> <variant> <vector>)
# Some libraries ask for it, and a precompiled header serves only those who say the same.
add_compile_options(-pthread)
function(phoihop_precompiled target owner)
    if(NOT PHOIHOP_PCH)
        return()
    endif()
    if(target STREQUAL owner)
        target_precompile_headers(${target} PRIVATE ${PHOIHOP_USUAL_HEADERS})
    else()
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()
