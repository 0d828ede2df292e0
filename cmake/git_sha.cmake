# cmake -D SOURCE_DIR=… -D HEADER=… -P git_sha.cmake: the commit of the sources, as a header. It is left as it is where
# nothing changed, so that nothing is compiled or linked for it.
set(sha "unknown")
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS ${SOURCE_DIR}/.git)  # a file in a worktree; not there where a tarball lies in another repository
  execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=* rev-parse --short=12 HEAD
                  WORKING_DIRECTORY ${SOURCE_DIR} OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE
                  RESULT_VARIABLE failed ERROR_QUIET)
  if(NOT failed)
    set(sha ${head})
  endif()
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#define SORSWEEP_GIT_SHA \"${sha}\"\n" @ONLY)
