/// \file
/// The hottest kernels of a sweep, each alone, with the bytes and operations of a unit of its work.
#pragma once

#include <string>
#include <vector>

#include "limits/limits.hpp"

namespace sorsweep::bench {

enum class Bound { memory, integer, fma };

struct HotKernel {
  std::string name;
  std::string unit;           ///< what a unit of work is
  double rate_per_s = 0;      ///< units per second
  double bytes_per_unit = 0;  ///< bytes loaded and stored, wherever they lie
  double ops_per_unit = 0;    ///< additions, subtractions, products, minima, comparisons, selections of one number
  Bound bound = Bound::fma;   ///< the limit that applies; memory if the data are larger than the caches
  std::string note;           ///< how the units are counted

  /// Returns the share of the limit that is reached. `fma` cannot be reached in full: every operation counts as one,
  /// and none is fused.
  double share_of(const Limits& limits) const;
};

std::vector<HotKernel> measure_hot_kernels(const Effort& effort);

}  // namespace sorsweep::bench
