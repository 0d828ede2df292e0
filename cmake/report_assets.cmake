# Writes the report's page and the chart library as one C++ source, so that the program needs no other file.
#
#   cmake -D PAGE_DIR=src/report/html -D VEGA_DIR=/usr/share/javascript/vega -D OUT=report_assets.cpp -P report_assets.cmake
#
# Debian's libjs-vega ships Vega 5.22 as one script per package, and each asks `require` for the others (d3 is inside them).
# They are joined in the order of their dependencies behind a `require` of our own. What our charts do not use is left out:
# geo, force, hierarchy, voronoi, wordcloud, crossfilter, regression. Without VEGA_DIR the bundle is empty; the page then has
# tables only, and says so.

set(vega_packages
  util time format loader canvas dataflow statistics scale scenegraph transforms view-transforms encode label
  event-selector expression selection functions runtime parser view interpreter)

# Sets `bundle` to a script that sets the global `vega`.
function(join_vega)
  set(text "/*! Vega 5.22.1 (https://vega.github.io) as packed by Debian's libjs-vega. Copyright 2015-2021, UW Interactive Data Lab, BSD-3-Clause; with d3, Copyright 2010-2021 Mike Bostock, ISC, and topojson-client, Copyright 2012-2019 Michael Bostock, ISC. */\n")
  string(APPEND text "var vega = (() => {\nconst modules = {}, require = (name) => modules[name];\n")
  foreach(package IN LISTS vega_packages)
    file(READ "${VEGA_DIR}/vega-${package}.min.js" script)
    # A browser would ask for a source map over the network.
    string(REGEX REPLACE "//# sourceMappingURL=[^\n]*" "" script "${script}")
    set(name "vega-${package}")
    if(package STREQUAL "selection")
      set(name "vega-selections")
    endif()
    string(APPEND text "((exports, module) => {\n${script}\n})(modules['${name}'] = {}, {});\n")
  endforeach()
  string(APPEND text "const transforms = modules['vega-dataflow'].transforms;\n"
    "for (const name of ['transforms', 'view-transforms', 'encode', 'label'])"
    " Object.assign(transforms, modules['vega-' + name]);\n"
    "return {version: '5.22.1', View: modules['vega-view'].View, parse: modules['vega-parser'].parse,\n"
    "  expressionInterpreter: modules['vega-interpreter'].expressionInterpreter};\n})();\n")
  set(bundle "${text}" PARENT_SCOPE)
endfunction()

# Appends a constant `name` with this text to OUT.
function(embed name text)
  string(FIND "${text}" "</script" at)
  if(NOT at EQUAL -1 AND NOT name STREQUAL "kPage")
    message(FATAL_ERROR "report_assets: ${name} would end its script element")
  endif()
  file(APPEND "${OUT}" "const std::string_view ${name} = R\"~sor~(${text})~sor~\";\n\n")
endfunction()

# Sets `joined` to the files of PAGE_DIR that match, in the order of their names.
function(join_files pattern)
  file(GLOB files "${PAGE_DIR}/${pattern}")
  list(SORT files)
  set(text "")
  foreach(file IN LISTS files)
    file(READ "${file}" content)
    string(APPEND text "${content}")
  endforeach()
  set(joined "${text}" PARENT_SCOPE)
endfunction()

# Sets `joined` to the specifications of the charts by name: {"surface": {...}, ...}.
function(join_specs)
  file(GLOB files "${PAGE_DIR}/*.vg.json")
  list(SORT files)
  set(text "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" content)
    if(text)
      string(APPEND text ",\n")
    endif()
    string(APPEND text "\"${name}\": ${content}")
  endforeach()
  set(joined "{${text}}" PARENT_SCOPE)
endfunction()

file(WRITE "${OUT}" "// Made by cmake/report_assets.cmake.\n#include \"report/html.hpp\"\n\n"
     "namespace sorsweep::report_assets {\n\n")
join_files("page.html")
embed(kPage "${joined}")
join_files("*.css")
embed(kStyle "${joined}")
join_files("*.js")
embed(kScript "${joined}")
join_specs()
embed(kSpecs "${joined}")
set(bundle "")
if(VEGA_DIR)
  join_vega()
endif()
embed(kVega "${bundle}")
file(APPEND "${OUT}" "}  // namespace sorsweep::report_assets\n")
