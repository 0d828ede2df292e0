# Defines what `cmake --install` puts where. The component `program` is what a user of the program needs, and `development` is
# what a C++ program that uses the library needs. No installed file holds a path of the build tree, so the prefix can be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(data_dir ${CMAKE_INSTALL_DATADIR}/sorsweep)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sorsweep)

install(TARGETS sorsweep RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES ${man_dir}/sorsweep.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${man_dir}/sorsweep.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME sorsweep
        COMPONENT program)
install(DIRECTORY configs DESTINATION ${data_dir} COMPONENT program FILES_MATCHING PATTERN *.yaml)
install(PROGRAMS scripts/slurm/submit.sh scripts/slurm/status.sh DESTINATION ${data_dir}/slurm COMPONENT program)
install(FILES scripts/slurm/lib.sh scripts/slurm/job.sh scripts/slurm/array.sh scripts/slurm/merge.sh
        DESTINATION ${data_dir}/slurm COMPONENT program)
install(FILES scripts/read_results.py DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples COMPONENT program)
install(FILES README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md CITATION.cff LICENSE NOTICE cmake/copyright
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program
        FILES_MATCHING PATTERN *.md PATTERN *.png)

install(DIRECTORY include/sorsweep DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
        FILES_MATCHING PATTERN *.hpp)
install(DIRECTORY examples/router examples/metric examples/input_format examples/verb
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libsorsweep-dev/examples COMPONENT development)
install(TARGETS sorsweep_lib sorsweep_app EXPORT sorsweep_targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT sorsweep_targets FILE sorsweepTargets.cmake NAMESPACE sorsweep:: DESTINATION ${package_dir}
        COMPONENT development)
configure_package_config_file(cmake/sorsweepConfig.cmake.in generated/sorsweepConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 the headers may change with any minor version.
write_basic_package_version_file(generated/sorsweepConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/sorsweepConfig.cmake
        ${CMAKE_BINARY_DIR}/generated/sorsweepConfigVersion.cmake DESTINATION ${package_dir} COMPONENT development)
