/// \file
/// Who built this program.
#pragma once

#include <string>

namespace sorsweep {

struct BuildInfo {
  std::string version;
  std::string git_sha;
  std::string compiler;
  std::string build_type;
  std::string baseline;                        ///< oldest CPU that runs it
  std::string flags;                           ///< of the compiler, without warnings
  std::string date_version, yaml_cpp_version;  ///< of libraries that do not tell, as CMake found them; "": it did not
};

const BuildInfo& build_info();

/// Raised whenever the numbers of a run change: part of a run's id, so that old units are not mixed with new ones.
inline constexpr int kResultsVersion = 4;

}  // namespace sorsweep
