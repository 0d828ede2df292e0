/// \file
/// How this program was built.
#pragma once

#include <string>

namespace sorsweep {

struct BuildInfo {
  std::string version;     ///< Version of sorsweep, like "0.9.0".
  std::string git_sha;     ///< Commit of the sources; see cmake/git_sha.cmake.
  std::string compiler;    ///< Name and version.
  std::string build_type;  ///< CMake's: "Release".
  std::string baseline;    ///< Oldest CPU that runs the program.
  std::string flags;       ///< Compiler flags, without those for warnings.

  // Versions of the libraries that do not tell them at run time. CMake found them; empty if it could not.
  std::string date_version, yaml_cpp_version;
};

/// Returns the facts of this build, which are the same for the whole life of the process.
const BuildInfo& build_info();

/// The version of the results. It is raised whenever the same config and days lead to other numbers or to other units
/// (a day is cut by an estimate of its cost). It is part of a run's id, so that units of two versions are never mixed.
inline constexpr int kResultsVersion = 5;

}  // namespace sorsweep
