# Writes how the program is built: version, compiler and flags. The git SHA is looked up again by every build.
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
get_target_property(own_flags sorsweep_options INTERFACE_COMPILE_OPTIONS)
list(FILTER own_flags EXCLUDE REGEX "^-W")  # warnings do not change the program
list(JOIN own_flags " " own_flags)
string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}} ${own_flags}" SORSWEEP_FLAGS)
string(REGEX REPLACE "[ ]+" " " SORSWEEP_FLAGS "${SORSWEEP_FLAGS}")
configure_file(cmake/build_info.hpp.in generated/build_info_values.hpp @ONLY)
set(SORSWEEP_GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)

add_custom_target(git_sha
  COMMAND ${CMAKE_COMMAND} -D SOURCE_DIR=${CMAKE_SOURCE_DIR} -D HEADER=${SORSWEEP_GENERATED_DIR}/git_sha.hpp
          -P ${CMAKE_SOURCE_DIR}/cmake/git_sha.cmake
  BYPRODUCTS ${SORSWEEP_GENERATED_DIR}/git_sha.hpp
  COMMENT "Looking up the git SHA" VERBATIM)
