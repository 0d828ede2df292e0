/// \file
/// What the collapse and brute force share: a grid of affine parameters, and candidates whose costs are affine in them.
///
/// The cost of candidate c at the point x = (x_0 … x_{d−1}) is base[c] + Σ_a x_a · slope[a][c]. The winner of a point is
/// the cheapest candidate, the lowest index among equals (ENGINE §1).
///
/// Contract of both engines, checked by the caller (for Cont–Kukanov: `fits_int64`): every cost at every point of the
/// grid fits an int64 with room for one addition, |cost| ≤ 2^62. Terms of a cost may leave an int64: they wrap, the sum
/// is exact all the same.
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

/// Product of 1 to 4 axes; the last one runs fastest. Values are nano-dollars, strictly ascending, spaced at will.
class AffineGrid {
 public:
  /// \throws Error (usage) for no axis, more than four, an empty one, values that do not ascend strictly, and for more
  /// points than a size_t counts.
  explicit AffineGrid(std::vector<std::vector<Nano>> axes);

  std::size_t axes() const { return axes_.size(); }
  std::span<const Nano> values(std::size_t axis) const { return axes_[axis]; }
  std::size_t length(std::size_t axis) const { return axes_[axis].size(); }
  std::size_t size() const { return size_; }

  /// Points that share one value of the slowest axis.
  std::size_t plane() const { return size_ / axes_[0].size(); }

 private:
  std::vector<std::vector<Nano>> axes_;
  std::size_t size_ = 1;
};

/// Candidates of one slice as columns of equal length (a view). slope[a] belongs to axis a of the grid; the others are
/// left empty.
struct AffineCosts {
  std::span<const std::int64_t> base;
  std::array<std::span<const std::int64_t>, kMostAffineAxes> slope;

  std::size_t size() const { return base.size(); }
};

/// What a candidate realises where it wins (slippage, nano-dollars). Asked once for each winner of a slice and slab.
using RealisedValue = std::function<std::int64_t(std::uint32_t candidate)>;

/// Rows [first, last) of a grid: the planes that its slowest axis cuts it into.
struct RowRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
  bool operator==(const RowRange&) const = default;
};

/// The reference: all candidates at all points of the slab, SIMD lanes over points. winners[i] is the winner of the
/// slab's i-th point; range.last − range.first planes of them. At least one candidate.
void brute_force_winners(const AffineGrid& grid, const AffineCosts& costs, RowRange range,
                         std::span<std::uint32_t> winners);

/// surface[i] += value(winner of the slab's i-th point).
/// \param surface of the slab's points, in product order
/// \return the distinct winners, ascending
std::vector<std::uint32_t> brute_force_add(const AffineGrid& grid, const AffineCosts& costs, RowRange range,
                                           const RealisedValue& value, std::span<std::int64_t> surface);

}  // namespace sorsweep
