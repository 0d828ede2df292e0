/// \file
/// The collapse: the surface of an affine grid at the cost of the boundaries between its winners (ENGINE §1).
///
/// Winners' regions are convex, so most of a fine grid lies inside of them. Per slice: keep the candidates that can win
/// anywhere (`prune`), then split the grid into boxes until a box has one candidate left (nothing to write), or so few
/// that its lines along the fastest axis are walked from winner to winner. All the state is the *derivative of the
/// surface along the fastest axis*: a change of winner between two neighbouring points is one addition there, and boxes
/// share the plane they are cut at, so that no other addition is needed. A running sum turns it into the surface.
///
/// Boxes are judged in doubles, exactly where costs stay below 2^51 and with a margin beyond; winners and the points
/// where they change are decided in int64. The result equals brute force to the last bit, ties included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sorsweep/collapse/affine.hpp"

namespace sorsweep {

/// What the collapse did.
struct CollapseCounters {
  std::uint64_t boxes = 0;        ///< visited
  std::uint64_t lines = 0;        ///< walked inside of boxes
  std::uint64_t segments = 0;     ///< changes of winner along lines
  std::uint64_t evaluations = 0;  ///< costs of a candidate at a corner or the centre of a box

  CollapseCounters& operator+=(const CollapseCounters& other);
};

/// Candidates of a slice that can win somewhere on the grid, in ascending order: all winners, and a few others. Costs
/// are those of AffineCosts, except that axes with one value only are summed into the base.
struct PrunedCandidates {
  std::vector<std::uint32_t> candidate;                          ///< index in the slice's AffineCosts
  std::vector<std::int64_t> base;                                ///< may have wrapped
  std::vector<double> base_about;                                ///< the same, rounded, not wrapped
  std::array<std::vector<std::int64_t>, kMostAffineAxes> slope;  ///< by effective axis (length above one)
  double margin = 0;  ///< above zero: doubles are not exact, and decide by more than this only

  std::size_t size() const { return candidate.size(); }
};

/// Keeps the candidates on the lower hull over the grid's bounding box. Owns its scratch: one a thread, used slice after
/// slice without allocation.
class Pruner {
 public:
  explicit Pruner(const AffineGrid& grid);
  ~Pruner();
  Pruner(Pruner&&) noexcept;
  Pruner& operator=(Pruner&&) noexcept;

  /// \param costs at least one candidate, at most 2^32−1
  void prune(const AffineCosts& costs, PrunedCandidates& kept);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The sum over slices of the winners' values, on a slab of the slowest axis. Slabs are independent of each other:
/// threads take one each. Memory: 8 bytes a point, 8 bytes a row of the fastest axis.
///
///     slab.reset({0, grid.length(0)});
///     for (each slice) slab.add_slice(pruned, value);
///     slab.integrate(surface);
class SlabSurface {
 public:
  explicit SlabSurface(const AffineGrid& grid);
  ~SlabSurface();
  SlabSurface(SlabSurface&&) noexcept;
  SlabSurface& operator=(SlabSurface&&) noexcept;

  /// Begins a slab, all zeros. Memory is kept, and grows only for a slab larger than all before.
  /// \throws Error (internal) for an empty range or one outside of the axis; Error (resources) when memory is refused
  void reset(RowRange range);

  /// Of the slab.
  std::size_t points() const;

  /// Adds one slice. `value` is called in this thread, once for each distinct winner on the slab.
  void add_slice(const PrunedCandidates& candidates, const RealisedValue& value);

  /// Distinct winners of the last slice on this slab, ascending, as indices of its AffineCosts.
  std::span<const std::uint32_t> winners() const;

  /// Writes the surface of the slab: points() values in product order.
  void integrate(std::span<std::int64_t> surface) const;

  const CollapseCounters& counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sorsweep
