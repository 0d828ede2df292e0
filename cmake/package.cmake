# Makes the Debian packages with `cpack -G DEB`, or with scripts/package.sh: sorsweep is the program, libsorsweep-dev the
# libraries and headers. What Debian asks for besides the files of install.cmake is installed into packages only.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT SORSWEEP_DATE)
  return()
endif()
set(SORSWEEP_MAINTAINER "sorsweep maintainers <maintainers@users.noreply.r-seed-abe4d2b6.example>" CACHE STRING
    "Maintainer of the Debian packages")
set(SORSWEEP_DEB_RELEASE 1)

execute_process(COMMAND date -u -R -d ${SORSWEEP_DATE} OUTPUT_VARIABLE SORSWEEP_DATE_RFC OUTPUT_STRIP_TRAILING_WHITESPACE)
set(deb_dir ${CMAKE_BINARY_DIR}/generated/deb)
foreach(package sorsweep libsorsweep-dev)
  configure_file(cmake/changelog.Debian.in ${deb_dir}/${package}/changelog.Debian @ONLY)
  configure_file(CHANGELOG.md ${deb_dir}/${package}/changelog COPYONLY)
  execute_process(COMMAND ${GZIP_PROGRAM} -9nf changelog.Debian changelog WORKING_DIRECTORY ${deb_dir}/${package})
endforeach()
install(FILES ${deb_dir}/sorsweep/changelog.gz ${deb_dir}/sorsweep/changelog.Debian.gz
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/sorsweep COMPONENT program EXCLUDE_FROM_ALL)
install(FILES cmake/copyright ${deb_dir}/libsorsweep-dev/changelog.gz ${deb_dir}/libsorsweep-dev/changelog.Debian.gz
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libsorsweep-dev COMPONENT development EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT ${SORSWEEP_MAINTAINER})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${SORSWEEP_DEB_RELEASE})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# The first line of both descriptions is that of the project.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME sorsweep)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS tzdata)  # read at run time, so no library depends on it
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "slurm-client, parallel, python3-h5py, python3-pandas")
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
    "Runs the backtest of a smart order router (Cont and Kukanov's model of order
placement) over a grid of parameters and days of top-of-book quotes, on all
cores or on a cluster, and says which parameters traded an order cheapest and
whether that can be trusted. Reads CSV and DBN quotes; writes tables, HDF5 and
a report for the browser.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libsorsweep-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libfmt-dev, libtbb-dev, libhdf5-dev, libhowardhinnant-date-dev, libyaml-cpp-dev, libxxhash-dev, \
zlib1g-dev, libzstd-dev, libdeflate-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
    "C++ library: headers, static libraries and the CMake package of sorsweep, to
read its store, to run its backtests from a program, or to build the program
with a router of one's own.")
include(CPack)
