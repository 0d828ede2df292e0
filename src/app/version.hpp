/// \file
/// What this program is, for --version, and the CPU that it was built for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sorsweep {

struct CpuFeature {
  const char* name;  ///< "avx2"
  bool has;
};

/// What this CPU has of what matters here; none where the compiler cannot ask for it.
std::span<const CpuFeature> cpu_features();

/// Whether this CPU has all that the build uses.
bool meets_baseline();

/// Refuses an older CPU than the build was made for, instead of dying of an illegal instruction.
/// \throws Error (resources)
void check_cpu();

/// What --version says besides how the program was built.
struct ProgramFacts {
  std::vector<std::pair<std::string, std::string>> libraries;  ///< versions at run time, where a library tells
  std::vector<std::pair<std::string, std::int64_t>> schemas;
  bool meets_baseline = true;
};

/// A first line for scripts, `sorsweep 0.1.0 (…)`, then libraries as they are at run time, schemas and the CPU.
std::string version_text();

/// The same as one object (docs/json.md).
std::string version_json();

}  // namespace sorsweep
