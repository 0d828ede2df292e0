# Who built this: version, git SHA, compiler. Written at configure time into one generated source.
set(SORSWEEP_GIT_SHA "unknown")
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS ${CMAKE_SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=* rev-parse --short=12 HEAD
                  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE sha OUTPUT_STRIP_TRAILING_WHITESPACE
                  RESULT_VARIABLE failed ERROR_QUIET)
  if(NOT failed)
    set(SORSWEEP_GIT_SHA ${sha})
  endif()
  # A new commit configures again, so that the SHA does not go stale.
  foreach(moves_with_commits .git/HEAD .git/logs/HEAD)
    if(EXISTS ${CMAKE_SOURCE_DIR}/${moves_with_commits})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${moves_with_commits})
    endif()
  endforeach()
endif()
configure_file(cmake/build_info.hpp.in generated/build_info_values.hpp @ONLY)
set(SORSWEEP_GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)
