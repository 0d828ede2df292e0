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
  std::string baseline;  ///< oldest CPU that runs it
};

const BuildInfo& build_info();

/// Raised whenever the numbers of a run change: part of a run's id, so that old units are not mixed with new ones.
inline constexpr int kResultsVersion = 4;

}  // namespace sorsweep
