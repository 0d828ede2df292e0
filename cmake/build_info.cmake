# Who built this: version, compiler, and the git SHA, which is looked up anew by every build.
configure_file(cmake/build_info.hpp.in generated/build_info_values.hpp @ONLY)
set(SORSWEEP_GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)

add_custom_target(git_sha
  COMMAND ${CMAKE_COMMAND} -D SOURCE_DIR=${CMAKE_SOURCE_DIR} -D HEADER=${SORSWEEP_GENERATED_DIR}/git_sha.hpp
          -P ${CMAKE_SOURCE_DIR}/cmake/git_sha.cmake
  BYPRODUCTS ${SORSWEEP_GENERATED_DIR}/git_sha.hpp
  COMMENT "Looking up the git SHA" VERBATIM)
