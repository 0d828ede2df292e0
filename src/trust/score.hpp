/// \file
/// The score by which one series of days is better than another.
#pragma once

#include <cmath>

namespace sorsweep::trust {

/// Mean over days + std_weight × standard deviation over days (denominator n − 1; 0 for a single day). Lower is
/// better. These are the sweep's objectives slippage_bps (weight 0) and mean_plus_std.
struct Score {
  double std_weight = 0;

  /// Computes the score. \param spread Σ (value − mean)²
  double of(double sum, double spread, double days) const {
    const double mean = sum / days;
    return std_weight == 0 || days < 2 ? mean : mean + std_weight * std::sqrt(spread / (days - 1));
  }
};

/// The sum and spread of a series that grows by one day at a time.
struct RunningScore {
  double sum = 0;
  double spread = 0;  ///< Σ (value − mean)², by Welford's recurrence (Welford 1962).

  /// Adds a day. \param days in the series, this one included
  void add(double value, double days) {
    if (days > 1) spread += (value - sum / (days - 1)) * (value - (sum + value) / days);
    sum += value;
  }
};

}  // namespace sorsweep::trust
