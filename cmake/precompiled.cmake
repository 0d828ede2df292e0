# Precompiles what most sources include, once per library, which saves a third of a build's time. Sources must still include
# what they use: the preset clang builds without this.
option(SORSWEEP_PCH "Precompile the headers that most sources include" ON)
if(SORSWEEP_PCH)
  set(common_headers <fmt/format.h> <algorithm> <array> <filesystem> <functional> <map> <memory> <mutex> <optional> <span>
      <string> <string_view> <vector>)
  target_precompile_headers(sorsweep_lib PRIVATE ${common_headers})
  target_precompile_headers(sorsweep_app PRIVATE ${common_headers})
  # These sources are compiled with other flags.
  set_source_files_properties(src/trust/overfitting.cpp src/app/program.cpp src/app/cpu_check.cpp PROPERTIES
                              SKIP_PRECOMPILE_HEADERS ON)
endif()
