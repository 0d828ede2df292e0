# cmake -D SOURCE_DIR=… -D HEADER=… -P git_sha.cmake writes the commit of the sources to a header. The header is left alone if
# nothing changed, so that nothing has to be compiled or linked.
set(sha "unknown")
find_package(Git QUIET)
# .git is a file in a worktree. It is missing in a tarball, even if that lies inside another repository.
if(GIT_FOUND AND EXISTS ${SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=* rev-parse --short=12 HEAD
                  WORKING_DIRECTORY ${SOURCE_DIR} OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE
                  RESULT_VARIABLE failed ERROR_QUIET)
  if(NOT failed)
    set(sha ${head})
  endif()
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define SORSWEEP_GIT_SHA \"${sha}\"\n" @ONLY)
