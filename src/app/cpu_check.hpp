/// \file
/// The program is built for a stated CPU baseline: say so on an older one, instead of dying of an illegal instruction.
#pragma once

#include <span>

namespace sorsweep {

struct CpuFeature {
  const char* name;  ///< "avx2"
  bool has;
};

/// What this CPU has of what matters here; none where the compiler cannot ask for it.
std::span<const CpuFeature> cpu_features();

/// Whether this CPU has all that the build uses.
bool meets_baseline();

/// \throws Error (resources) on a CPU that lacks what this build uses.
void check_cpu();

}  // namespace sorsweep
