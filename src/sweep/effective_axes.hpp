/// \file
/// The axes of a grid that have more than one value: the others are no dimension of the search.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sorsweep/sweep/affine.hpp"

namespace sorsweep {

/// Position of a value on an axis, about: exact for nearly linear axes in nearly all cases. Whoever asks verifies.
class AxisLookup {
 public:
  explicit AxisLookup(std::vector<double> values);

  /// The first index in [first, last] whose value is not below `value`; last + 1 if there is none. A guess.
  int guess(double value, int first, int last) const {
    const double position = (value - origin_) * per_nano_;
    if (!(position > lowest_[static_cast<std::size_t>(first)])) return first;  // also for NaN
    if (position > lowest_[static_cast<std::size_t>(last)]) return last + 1;
    return linear_ ? round_up(position) : search(value, static_cast<std::size_t>(position));
  }

 private:
  static int round_up(double position) {
    const int below = static_cast<int>(position);
    return below + (static_cast<double>(below) < position ? 1 : 0);
  }
  int search(double value, std::size_t bucket) const;

  std::vector<double> values_;
  std::vector<double> lowest_;  ///< (value − origin) · per_nano of each index
  double origin_ = 0;
  double per_nano_ = 0;  ///< steps (linear) or buckets in a nano-dollar
  bool linear_ = true;
  std::vector<int> bucket_;  ///< first index at or above the beginning of a bucket
};

/// Axes of length above one in the grid's order (the last axis where there is none), and their values as doubles.
struct EffectiveAxes {
  explicit EffectiveAxes(const AffineGrid& grid);

  std::size_t count = 0;
  std::array<std::size_t, kMostAffineAxes> axis{};              ///< in the grid
  std::array<std::vector<std::int64_t>, kMostAffineAxes> nano;  ///< values
  std::array<std::vector<double>, kMostAffineAxes> x;           ///< values
  AxisLookup fastest;                                           ///< of the last one
};

}  // namespace sorsweep
