/// \file
/// The stationary bootstrap: how uncertain the mean of a few days is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sorsweep::trust {

inline constexpr std::size_t kFewestBootstrapDays = 5;

struct BootstrapOptions {
  std::size_t resamples = 10'000;
  /// Mean length of a block, at least 1. With 0 it is the cube root of the number of days.
  double mean_block_days = 0;
  double confidence = 0.95;  ///< Between 0 and 1.
  std::uint64_t seed = 1;
};

/// The mean of a series, with an interval from resampling.
struct Interval {
  double mean = 0;
  double low = 0, high = 0;  ///< Percentiles (1 ∓ confidence) / 2 of the resampled means, linear between ranks.
  double share_not_below_zero = 0;  ///< Share of the resampled means.
  std::size_t days = 0;
  double mean_block_days = 0;
  std::string skipped;  ///< Why low, high and share are missing. Empty if they are there.

  bool contains(double value) const { return low <= value && value <= high; }
};

/// Computes the percentile interval of the mean by the stationary bootstrap (Politis & Romano 1994, J. Am. Stat.
/// Assoc. 89, §2). Blocks of days start anywhere with equal probability, have geometric lengths, and wrap around from
/// the last day to the first.
///
/// Pick t of resample b uses draws 2(bn + t) and 2(bn + t) + 1 of splitmix64 with `seed`. A first draw below 1 /
/// mean_block_days starts a block, as does t = 0; the second draw says where. The result is the same on every machine.
/// \param series one value per day; the interval has the same unit
/// \throws Error (internal) if an option is out of range
Interval bootstrap_mean(std::span<const double> series, const BootstrapOptions& options = {});

}  // namespace sorsweep::trust
