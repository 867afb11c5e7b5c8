# SPDX-License-Identifier: Apache-2.0
# phoihop_module(<name> [USES <modules>...] [LINKS <libraries>...])
# One module = the folder src/<name> = one static library of all its .cpp files but *_test.cpp, which become
# the program <name>_test. Adding a file needs no edit here.


function(phoihop_module name)
    cmake_parse_arguments(M "" "" "USES;LINKS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
    file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*_test.cpp)
    if(tests)
        list(REMOVE_ITEM sources ${tests})
    endif()
    add_library(phoihop_${name} STATIC ${sources})
    target_include_directories(phoihop_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    set_property(GLOBAL APPEND PROPERTY PHOIHOP_MODULES phoihop_${name})
    list(TRANSFORM M_USES PREPEND phoihop_)
    target_link_libraries(phoihop_${name} PUBLIC ${M_USES} PRIVATE phoihop_warnings ${M_LINKS})
    phoihop_precompiled(phoihop_${name} phoihop_base)
    if(tests)
        phoihop_test(${name}_test SOURCES ${tests} LINKS phoihop_${name} ${M_LINKS})
    endif()
endfunction()

# What is shipped is optimised; optimising the tests of it too would cost a quarter of the whole build's time.
set(PHOIHOP_TEST_OPTIONS $<$<STREQUAL:$<CONFIG>,>:-O0>)

# Sanitized programs take several times as long.
set(PHOIHOP_TEST_TIMEOUT 300)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    set(PHOIHOP_TEST_TIMEOUT 1500)
endif()

option(PHOIHOP_POSTGRESQL_TESTS "Run the tests of *_store_test.cpp on PostgreSQL too, by script/with-postgresql" ON)
set(PHOIHOP_TESTS_ON_SQLITE --source-file-exclude=*/postgresql_test.cpp)
set(PHOIHOP_TESTS_ON_POSTGRESQL --source-file=*_store_test.cpp,*/postgresql_test.cpp)

# phoihop_test(<program> SOURCES <files>... LINKS <libraries>...): a doctest program whose cases ctest knows
# one by one; those of *_store_test.cpp twice, the second time as "postgresql:…". (What follows the * in
# TEST_SPEC becomes an option of its own when doctest's script lists the cases.)
function(phoihop_test program)
    cmake_parse_arguments(T "" "" "SOURCES;LINKS" ${ARGN})
    if(NOT TARGET phoihop_test_main)
        add_library(phoihop_test_main OBJECT ${CMAKE_SOURCE_DIR}/tests/support/test_main.cpp)
        target_link_libraries(phoihop_test_main PRIVATE phoihop_warnings doctest::doctest)
        target_compile_options(phoihop_test_main PRIVATE ${PHOIHOP_TEST_OPTIONS})
        phoihop_precompiled(phoihop_test_main phoihop_test_main)
    endif()
    add_executable(${program} ${T_SOURCES} $<TARGET_OBJECTS:phoihop_test_main>)
    target_include_directories(${program} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_compile_definitions(${program} PRIVATE PHOIHOP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(${program} PRIVATE ${T_LINKS} phoihop_warnings doctest::doctest)
    target_compile_options(${program} PRIVATE ${PHOIHOP_TEST_OPTIONS})
    phoihop_precompiled(${program} phoihop_test_main)
    doctest_discover_tests(${program} TEST_PREFIX "" TEST_SPEC * ${PHOIHOP_TESTS_ON_SQLITE}
        PROPERTIES TIMEOUT ${PHOIHOP_TEST_TIMEOUT} LABELS doctest ENVIRONMENT PHOIHOP_TEST_ENGINE=sqlite)
    # Once more, for what must hold on both engines; script/with-postgresql gives the server.
    if(PHOIHOP_POSTGRESQL_TESTS AND T_SOURCES MATCHES "(_store|/postgresql)_test\\.cpp")
        doctest_discover_tests(${program} TEST_PREFIX "postgresql:" TEST_SPEC * ${PHOIHOP_TESTS_ON_POSTGRESQL}
            TEST_LIST ${program}_postgresql_TESTS
            PROPERTIES TIMEOUT ${PHOIHOP_TEST_TIMEOUT} LABELS postgresql ENVIRONMENT PHOIHOP_TEST_ENGINE=postgresql)
    endif()
    set_property(GLOBAL APPEND PROPERTY PHOIHOP_TEST_PROGRAMS ${program})
endfunction()
