/// \file
/// What this program is (--version), and which CPU it was built for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sorsweep {

struct CpuFeature {
  const char* name;  ///< "avx2".
  bool has;
};

/// Returns the features that matter here and whether this CPU has them; none if the compiler cannot ask.
std::span<const CpuFeature> cpu_features();

/// Returns whether this CPU has every feature that the build uses.
bool meets_baseline();

/// Refuses a CPU that is older than the build requires, instead of dying of an illegal instruction.
/// \throws Error (resources)
void check_cpu();

/// What --version reports besides the build itself.
struct ProgramFacts {
  std::vector<std::pair<std::string, std::string>>
      libraries;  ///< Names and versions, at run time if the library tells.
  std::vector<std::pair<std::string, std::int64_t>> schemas;
  bool meets_baseline = true;
};

/// Returns a first line for scripts, `sorsweep 0.9.0 (…)`, then flags, schemas, libraries and the CPU.
std::string version_text();

/// Returns the facts of version_text as one JSON object (docs/json.md).
std::string version_json();

}  // namespace sorsweep
