# SPDX-License-Identifier: Apache-2.0
# Tests that are not about one module: the tree itself, the documents, the browser.

# phoihop_check(<name> <command>...): a check of the source tree, run from its root.
function(phoihop_check name)
    add_test(NAME "${name}" COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties("${name}" PROPERTIES TIMEOUT 300)
endfunction()

phoihop_check("layers: a module includes only what stands below it" tests/layers/includes)
phoihop_check("layers: engines, SQL, JSON, clocks stay where they belong" tests/layers/words)
phoihop_check("layers: the checks find what they are made to find" tests/layers/self_test)
phoihop_check("tree: every file names its licence, and none a machine or a registry" tests/layers/hygiene)
phoihop_check("tree: nothing outgrows the sizes of the house" tests/layers/ratchet)
phoihop_check("documents: problems.md is made of today's problem codes" script/problems --check)
phoihop_check("documents: what they point to is there" tests/docs/links)
# What the desk's own compiler does not ask: names that are not there, types, labels.
if(EXISTS ${CMAKE_SOURCE_DIR}/node_modules/svelte-check)
    phoihop_check("desk: the type checker and the accessibility rules find nothing"
        script/node node_modules/svelte-check/bin/svelte-check --workspace web --fail-on-warnings)
endif()
if(EXISTS ${CMAKE_SOURCE_DIR}/node_modules/vitest)
    phoihop_check("desk: what it computes is right" script/node node_modules/vitest/vitest.mjs run --root web)
endif()
if(EXISTS ${CMAKE_SOURCE_DIR}/web/dist/index.html)
    phoihop_check("desk: no page asks for more JavaScript than its share" script/node bench/desk_sizes.mjs --check)
endif()
phoihop_check("bench: the gate compares ratios" script/node --test bench/bars_test.mjs)

get_property(programs GLOBAL PROPERTY PHOIHOP_TEST_PROGRAMS)
list(TRANSFORM programs REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE program_files)
list(JOIN program_files "," program_files)
phoihop_check("tests: ctest runs as many cases as the programs count"
    ${CMAKE_COMMAND} "-DPROGRAMS=${program_files}" -DON_SQLITE=${PHOIHOP_TESTS_ON_SQLITE}
    -DON_POSTGRESQL=$<$<BOOL:${PHOIHOP_POSTGRESQL_TESTS}>:${PHOIHOP_TESTS_ON_POSTGRESQL}> -DBUILD=${CMAKE_BINARY_DIR} -DCTEST=${CMAKE_CTEST_COMMAND}
    -P ${CMAKE_SOURCE_DIR}/tests/layers/count.cmake)

# tests/fuzz/<module>_<what>_fuzz.cpp and bench/<what>_bench.cpp need no line here: they may use every module.
get_property(modules GLOBAL PROPERTY PHOIHOP_MODULES)
option(PHOIHOP_FUZZ "Build tests/fuzz (clang)" OFF)
if(PHOIHOP_FUZZ)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp)
    add_custom_target(fuzzers)
    foreach(source IN LISTS sources)
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${source})
        target_link_libraries(${name} PRIVATE ${modules} phoihop_warnings)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        add_dependencies(fuzzers ${name})
    endforeach()
endif()

# Built on demand by script/bench, in the tree of whichever build it asks.
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*_bench.cpp)
find_package(benchmark QUIET)
if(benchmark_FOUND)
    add_custom_target(benchmarks)
    foreach(source IN LISTS sources)
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${source})
        target_link_libraries(${name} PRIVATE ${modules} benchmark::benchmark phoihop_warnings)
        target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
        target_compile_definitions(${name} PRIVATE PHOIHOP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        add_dependencies(benchmarks ${name})
    endforeach()
endif()
# The national workload and its peers: one program of everything else in bench/, which asks the engines directly. What it
# uses of ours is always compiled, so that no change of ours breaks it unseen.
file(GLOB national CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cpp)
set(national_ours ${CMAKE_SOURCE_DIR}/bench/country.cpp ${CMAKE_SOURCE_DIR}/bench/ours.cpp ${CMAKE_SOURCE_DIR}/bench/our_writes.cpp)
list(REMOVE_ITEM national ${sources} ${national_ours})
add_library(national_ours OBJECT ${national_ours})
add_executable(national EXCLUDE_FROM_ALL ${national})
target_link_libraries(national PRIVATE national_ours)
foreach(part national national_ours)
    target_link_libraries(${part} PRIVATE phoihop_web PkgConfig::SQLITE PkgConfig::LIBPQ fmt::fmt phoihop_warnings)
    target_include_directories(${part} PRIVATE ${CMAKE_SOURCE_DIR})
    target_compile_definitions(${part} PRIVATE PHOIHOP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
endforeach()
