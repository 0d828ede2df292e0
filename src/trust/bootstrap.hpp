/// \file
/// How sure the mean of a few days is: the stationary bootstrap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sorsweep::trust {

inline constexpr std::size_t kFewestBootstrapDays = 5;

struct BootstrapOptions {
  std::size_t resamples = 10'000;
  double mean_block_days = 0;  ///< mean length of the blocks, from 1 on; 0: the cube root of the number of days
  double confidence = 0.95;    ///< between 0 and 1
  std::uint64_t seed = 1;
};

/// Mean of a series and where resampling says that it may lie.
struct Interval {
  double mean = 0;
  double low = 0, high = 0;         ///< percentiles (1 ∓ confidence) / 2 of the resampled means, linear between ranks
  double share_not_below_zero = 0;  ///< of the resampled means
  std::size_t days = 0;
  double mean_block_days = 0;
  std::string skipped;  ///< why there are no low, high and share; empty: there are

  bool contains(double value) const { return low <= value && value <= high; }
};

/// Percentile interval of the mean by the stationary bootstrap (Politis & Romano 1994, J. Am. Stat. Assoc. 89, §2):
/// blocks of days begin anywhere with equal chance, have geometric lengths, and go on from the last day to the first.
///
/// Pick t of resample b uses draws 2(bn + t) and 2(bn + t) + 1 of splitmix64 from `seed`: the first, below
/// 1 / mean_block_days, begins a block (as does t = 0); the second says where. The same on every machine.
/// \param series a figure a day, in one unit; the interval's is the same
/// \throws Error (internal) for options out of range
Interval bootstrap_mean(std::span<const double> series, const BootstrapOptions& options = {});

}  // namespace sorsweep::trust
