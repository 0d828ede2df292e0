// tested by: tests/python/git_sha_test.py (SORSWEEP_GIT_SHA)
#include "core/build_info.hpp"

#include "build_info_values.hpp"
#include "git_sha.hpp"

namespace sorsweep {

const BuildInfo& build_info() {
  static const BuildInfo info{SORSWEEP_VERSION,  SORSWEEP_GIT_SHA, SORSWEEP_COMPILER,     SORSWEEP_BUILD_TYPE,
                              SORSWEEP_BASELINE, SORSWEEP_FLAGS,   SORSWEEP_DATE_VERSION, SORSWEEP_YAML_CPP_VERSION};
  return info;
}

}  // namespace sorsweep
