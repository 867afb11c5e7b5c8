# SPDX-License-Identifier: Apache-2.0
# Warnings of the house style; errors unless PHOIHOP_WERROR is off.
option(PHOIHOP_WERROR "Treat warnings as errors" ON)
add_library(phoihop_warnings INTERFACE)
target_compile_options(phoihop_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wimplicit-fallthrough -Wswitch-enum
    $<$<BOOL:${PHOIHOP_WERROR}>:-Werror>
    # gcc 12 reports these wrongly in optimised code of the standard library.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>
    # So it does these once the standard headers are precompiled; presets without PHOIHOP_PCH keep them.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${PHOIHOP_PCH}>>:-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread>
    # std::stable_sort of libstdc++ 12 calls what it has itself marked as deprecated.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
