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

/// The same for the whole life of the process.
const BuildInfo& build_info();

/// Raised whenever the same config and days lead to other numbers, or to other units: a day is cut by a guess of its cost.
/// Part of a run's id, so that units of two versions are never mixed.
inline constexpr int kResultsVersion = 4;

}  // namespace sorsweep
