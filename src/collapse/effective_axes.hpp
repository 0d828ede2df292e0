/// \file
/// The axes of a grid that have more than one value, which are the dimensions of the search, and how exactly doubles
/// hold costs over them. The origin is the grid's lowest corner: a cost there is below 2^62, whatever its terms are.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "collapse/lanes4.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {

/// Guesses the position of a value on an axis that begins at zero. On axes with nearly equal steps the guess is nearly
/// always right. The caller has to verify it.
class AxisLookup {
 public:
  /// \param values ascend from zero
  explicit AxisLookup(std::vector<double> values);

  /// Guesses the first index in [first, last] whose value is not below `value`; last + 1 if there is none.
  int guess(double value, int first, int last) const {
    const double position = value * per_nano_;
    if (!(position > lowest_[static_cast<std::size_t>(first)])) return first;  // also for NaN
    if (position > lowest_[static_cast<std::size_t>(last)]) return last + 1;
    return linear_ ? round_up(position) : search(value, static_cast<std::size_t>(position));
  }

  /// Guesses four indices at once, each in (above, last]; `last` if that range is empty.
  std::array<int, kLanes> guess4(Lanes4 value, const std::array<int, kLanes>& above, int last) const {
    std::array<int, kLanes> at;
    if (!linear_) {
      for (std::size_t i = 0; i < kLanes; ++i) {
        const int found = guess(value[static_cast<int>(i)], above[i] < last ? above[i] + 1 : last, last);
        at[i] = found < last ? found : last;
      }
      return at;
    }
    using Int4 = std::int32_t __attribute__((vector_size(16)));
    Int4 low;
    std::memcpy(&low, above.data(), sizeof low);
    // NaN and infinity both become `last`.
    Lanes4 position = lesser4(value * all4(per_nano_), all4(last));
    position = position > all4(-1) ? position : all4(-1);
    const Int4 below = __builtin_convertvector(position, Int4);
    Int4 up = below - __builtin_convertvector(__builtin_convertvector(below, Lanes4) < position, Int4);
    up = up <= low ? low + 1 : up;
    up = up > last ? Int4{last, last, last, last} : up;
    std::memcpy(at.data(), &up, sizeof up);
    return at;
  }

 private:
  static int round_up(double position) {
    const int below = static_cast<int>(position);
    return below + (static_cast<double>(below) < position ? 1 : 0);
  }
  int search(double value, std::size_t bucket) const;

  std::vector<double> values_;
  std::vector<double> lowest_;  ///< value · per_nano for each index.
  double per_nano_ = 0;         ///< Steps (if linear) or buckets per nano-dollar.
  bool linear_ = true;
  std::vector<int> bucket_;  ///< For each bucket, the first index at or above its beginning.
};

/// The axes of length above one, in the grid's order; the last axis if there is none.
struct EffectiveAxes {
  explicit EffectiveAxes(const AffineGrid& grid);

  std::size_t count = 0;
  std::array<std::size_t, kMostAffineAxes> axis{};              ///< Number of the axis in the grid.
  std::array<std::vector<std::int64_t>, kMostAffineAxes> nano;  ///< Distances from the first value; they may wrap.
  std::array<std::vector<double>, kMostAffineAxes> x;           ///< The same, rounded and not wrapped.
  AxisLookup fastest;                                           ///< Lookup of the last axis's x.
};

/// Slopes of a slice's candidates, by effective axis.
using SlopeColumns = std::array<std::span<const std::int64_t>, kMostAffineAxes>;

/// Returns the precision of costs at all points of the grid. \param base each candidate's cost at the lowest corner
Precision precision_of(const EffectiveAxes& axes, std::span<const std::int64_t> base, const SlopeColumns& slope);

}  // namespace sorsweep
