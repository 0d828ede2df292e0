# Embeds the parts of report.html, and embeds them again when they change.
find_path(SORSWEEP_VEGA_DIR vega-view.min.js PATHS /usr/share/javascript/vega NO_DEFAULT_PATH
          DOC "The scripts of Debian's libjs-vega; without them report.html has tables and no charts")
set(vega_dir ${SORSWEEP_VEGA_DIR})
if(NOT SORSWEEP_VEGA_DIR)
  message(STATUS "libjs-vega not found: report.html will have no charts")
  set(vega_dir "")
endif()
set(report_page_dir ${CMAKE_CURRENT_SOURCE_DIR}/src/report/html)
file(GLOB report_page_files CONFIGURE_DEPENDS ${report_page_dir}/*)
set(report_assets ${CMAKE_BINARY_DIR}/generated/report_assets.cpp)
add_custom_command(
  OUTPUT ${report_assets}
  COMMAND ${CMAKE_COMMAND} -D PAGE_DIR=${report_page_dir} -D VEGA_DIR=${vega_dir} -D OUT=${report_assets}
          -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/report_assets.cmake
  DEPENDS ${report_page_files} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/report_assets.cmake
  COMMENT "Embedding the report's page and charts" VERBATIM)
target_sources(sorsweep_lib PRIVATE ${report_assets})
