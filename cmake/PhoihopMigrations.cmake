# SPDX-License-Identifier: Apache-2.0
# phoihop_add_migrations(<target>): builds src/*/migrations/NNNN-name[.sqlite|.postgresql].sql into
# `store::built_in_migrations()`.
function(phoihop_add_migrations module)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*/migrations/*.sql)
    set(generated ${CMAKE_BINARY_DIR}/generated/built_in_migrations.cpp)
    add_custom_command(OUTPUT ${generated}
        COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DOUTPUT=${generated} -P ${CMAKE_SOURCE_DIR}/cmake/GenerateMigrations.cmake
        DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/GenerateMigrations.cmake VERBATIM)
    target_sources(phoihop_${module} PRIVATE ${generated})
endfunction()
