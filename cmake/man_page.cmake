# Makes sorsweep.1.gz and the bash completion with a tool that is linked with the command line they describe. Their date is that
# of the newest entry of CHANGELOG.md, so that two builds of one commit give the same bytes.
file(STRINGS CHANGELOG.md newest_entry REGEX "^## \\[[0-9.]+\\] - [0-9-]+$" LIMIT_COUNT 1)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS CHANGELOG.md)
string(REGEX REPLACE "^.* - " "" SORSWEEP_DATE "${newest_entry}")
find_program(GZIP_PROGRAM gzip REQUIRED)

add_executable(man_main src/app/man_main.cpp)
target_link_libraries(man_main PRIVATE sorsweep_app sorsweep_options)
set(man_dir ${CMAKE_BINARY_DIR}/generated/man)
file(MAKE_DIRECTORY ${man_dir})
add_custom_command(
  OUTPUT ${man_dir}/sorsweep.1 ${man_dir}/sorsweep.1.gz ${man_dir}/sorsweep.bash
  COMMAND man_main ${SORSWEEP_DATE} ${man_dir}/sorsweep.1 ${man_dir}/sorsweep.bash
  COMMAND ${GZIP_PROGRAM} -9nkf ${man_dir}/sorsweep.1
  DEPENDS man_main
  COMMENT "Writing the man page" VERBATIM)
add_custom_target(man_page ALL DEPENDS ${man_dir}/sorsweep.1.gz)
