# SPDX-License-Identifier: Apache-2.0
# phoihop_add_desk(<target>): builds web/dist, as it stands when cmake runs, into `web::desk_files()`. script/build makes
# web/dist first; a program built without it answers the API and no pages.
enable_language(ASM)
function(phoihop_add_desk target)
    set(dist ${CMAKE_SOURCE_DIR}/web/dist)
    set(generated ${CMAKE_BINARY_DIR}/generated/desk_files)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${dist}/*)
    add_custom_command(OUTPUT ${generated}.cpp ${generated}.s
        COMMAND ${CMAKE_COMMAND} -DDIST=${dist} -DOUTPUT=${generated} -P ${CMAKE_SOURCE_DIR}/cmake/GenerateDesk.cmake
        DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/GenerateDesk.cmake VERBATIM)
    # clang tells of every option that means nothing to an assembler.
    set_source_files_properties(${generated}.s PROPERTIES OBJECT_DEPENDS "${files}"
        COMPILE_OPTIONS -Wno-unused-command-line-argument)
    target_sources(${target} PRIVATE ${generated}.cpp ${generated}.s)
endfunction()
