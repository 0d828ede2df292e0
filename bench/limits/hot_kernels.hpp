/// \file
/// The hottest kernels of a sweep, alone, with what a unit of their work moves and computes.
#pragma once

#include <string>
#include <vector>

#include "limits/limits.hpp"

namespace sorsweep::bench {

enum class Bound { memory, integer, fma };

struct HotKernel {
  std::string name;
  std::string unit;           ///< of work
  double rate_per_s = 0;      ///< units
  double bytes_per_unit = 0;  ///< loaded and stored, wherever they lie
  double ops_per_unit = 0;    ///< additions, subtractions, products, minima, comparisons, selections of one number
  Bound bound = Bound::fma;   ///< which limit applies: memory, where the data are larger than the caches
  std::string note;           ///< how the units are counted

  /// Of the limit of its kind. Of `fma` not all can be reached: every operation counts one, and none is fused.
  double share_of(const Limits& limits) const;
};

std::vector<HotKernel> measure_hot_kernels(const Effort& effort);

}  // namespace sorsweep::bench
