# SPDX-License-Identifier: Apache-2.0
# ctest must know every doctest case: a name that CMake mangles would be a test that never runs.
string(REPLACE "," ";" PROGRAMS "${PROGRAMS}")

# How many cases all programs count under FILTER (a doctest option).
function(count_cases filter answer)
    set(counted 0)
    foreach(program IN LISTS PROGRAMS)
        execute_process(COMMAND ${program} --count ${filter} OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
        if(NOT said MATCHES "passing the current filters: ([0-9]+)")
            message(FATAL_ERROR "${program} --count did not say a number")
        endif()
        math(EXPR counted "${counted} + ${CMAKE_MATCH_1}")
    endforeach()
    set(${answer} ${counted} PARENT_SCOPE)
endfunction()

# Compares with what ctest knows under LABEL.
function(compare label filter)
    count_cases("${filter}" counted)
    execute_process(COMMAND ${CTEST} --test-dir ${BUILD} -N -L "^${label}$" OUTPUT_VARIABLE said
        COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCH "Total Tests: ([0-9]+)" found "${said}")
    message(STATUS "${label}: ctest knows ${CMAKE_MATCH_1} cases, the programs count ${counted}")
    if(NOT found OR NOT CMAKE_MATCH_1 EQUAL counted)
        message(FATAL_ERROR "they differ: look for odd characters in the names of test cases")
    endif()
endfunction()

# A run that matches nothing must not look like a success.
foreach(program IN LISTS PROGRAMS)
    execute_process(COMMAND ${program} --test-case=there-is-no-such-case RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    if(status EQUAL 0)
        message(SEND_ERROR "${program} ends well when no case matches")
    endif()
endforeach()
compare(doctest "${ON_SQLITE}")
if(ON_POSTGRESQL)
    compare(postgresql "${ON_POSTGRESQL}")
endif()
