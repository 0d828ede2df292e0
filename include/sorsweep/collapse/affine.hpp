/// \file
/// What the collapse and brute force share: a grid of affine parameters, and candidates whose costs are affine in
/// them (docs/architecture.md, "The collapse").
///
/// The cost of candidate c at the point x = (x_0 … x_{d−1}) is base[c] + Σ_a x_a · slope[a][c]. The winner of a point
/// is the cheapest candidate, and of equally cheap ones that with the lowest index.
///
/// The caller must check one condition for both engines (`fits_int64` does so for Cont–Kukanov): every cost at every
/// point of the grid is below 2^62 in magnitude, so that the difference of any two fits an int64. The terms of a cost
/// may leave an int64. They wrap, and the sum is exact all the same.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sorsweep/core/money.hpp"

namespace sorsweep {

inline constexpr std::size_t kMostAffineAxes = 4;

/// A product of 1 to 4 axes, of which the last runs fastest. Values are in nano-dollars. They ascend strictly, with any
/// spacing.
class AffineGrid {
 public:
  /// \throws Error (usage) if there is no axis or more than four, if one is empty or does not ascend strictly, and if
  ///         there are more points than a size_t can count
  explicit AffineGrid(std::vector<std::vector<Nano>> axes);

  std::size_t axes() const { return axes_.size(); }
  std::span<const Nano> values(std::size_t axis) const { return axes_[axis]; }
  std::size_t length(std::size_t axis) const { return axes_[axis].size(); }
  std::size_t size() const { return size_; }

  /// Returns the number of points that share one value of the slowest axis.
  std::size_t plane() const { return size_ / axes_[0].size(); }

 private:
  std::vector<std::vector<Nano>> axes_;
  std::size_t size_ = 1;
};

/// A view of one slice's candidates as columns of equal length. Costs are in nano-dollars; slope[a] belongs to axis a
/// of the grid, and slopes of axes that the grid does not have are empty.
struct AffineCosts {
  std::span<const std::int64_t> base;
  std::array<std::span<const std::int64_t>, kMostAffineAxes> slope;

  std::size_t size() const { return base.size(); }
};

/// Returns what a candidate realises where it wins: slippage in nano-dollars. It is called once for each winner of a
/// slice and slab.
using RealisedValue = std::function<std::int64_t(std::uint32_t candidate)>;

/// Rows [first, last) of a grid: the planes that its slowest axis cuts it into.
struct RowRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
  bool operator==(const RowRange&) const = default;
};

/// Finds the winners by brute force, as a reference: all candidates at all points of the slab, in SIMD lanes over
/// points.
/// \param costs   of at least one candidate
/// \param winners receives the winner of each point of the slab, (range.last − range.first) · grid.plane() of them
void brute_force_winners(const AffineGrid& grid, const AffineCosts& costs, RowRange range,
                         std::span<std::uint32_t> winners);

/// Adds to surface[i] the value of the winner of the slab's i-th point, found by brute force.
/// \param surface one number for each of the slab's points, in product order
/// \return the distinct winners, ascending
std::vector<std::uint32_t> brute_force_add(const AffineGrid& grid, const AffineCosts& costs, RowRange range,
                                           const RealisedValue& value, std::span<std::int64_t> surface);

}  // namespace sorsweep
