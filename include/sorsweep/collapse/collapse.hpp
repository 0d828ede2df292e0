/// \file
/// The collapse: computes the surface of an affine grid at the cost of the boundaries between its winners
/// (docs/architecture.md, "The collapse").
///
/// The region in which a candidate wins is convex, so most of a fine grid lies inside such regions. For each slice, the
/// candidates that can win anywhere are kept (`Pruner`). Then the grid is split into boxes. A box with one candidate
/// left is done; in a box with only a few, each line along the fastest axis is walked from winner to winner.
///
/// The state is the *derivative of the surface along the fastest axis*. A change of winner between two neighbouring
/// points is one addition to it. Boxes share the plane that they are cut at, so no other additions are needed. A
/// running sum turns the derivative into the surface.
///
/// Boxes are judged in doubles, which carry their Precision: they are exact, or decide by a margin only. Winners, and
/// the points at which they change, are decided in whole numbers. The result equals brute force to the last bit, ties
/// included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sorsweep/collapse/affine.hpp"

namespace sorsweep {

/// How much work the collapse did.
struct CollapseCounters {
  std::uint64_t boxes = 0;        ///< Boxes visited.
  std::uint64_t lines = 0;        ///< Lines walked inside boxes.
  std::uint64_t segments = 0;     ///< Changes of winner along lines.
  std::uint64_t evaluations = 0;  ///< Costs computed at a corner or the centre of a box.

  CollapseCounters& operator+=(const CollapseCounters& other);
};

/// How far doubles that stand for costs, which are whole numbers, can be trusted. It follows from the magnitudes of all
/// terms, and never from a sum, in which large terms may have cancelled (docs/architecture.md, "Why doubles may
/// decide").
struct Precision {
  double rounding = 0;  ///< At least five times the error of a difference of two costs, nano-dollars.
  double margin = 0;    ///< What a difference must reach to be above zero for certain: `rounding`; 0 if it is exact.

  bool is_exact() const { return margin == 0; }
};

/// The candidates of a slice that may win somewhere on the grid, in ascending order: all winners, and a few others.
struct PrunedCandidates {
  std::vector<std::uint32_t> candidate;                          ///< Index in the slice's AffineCosts.
  std::vector<std::int64_t> base;                                ///< Cost at the grid's lowest corner, nano-dollars.
  std::array<std::vector<std::int64_t>, kMostAffineAxes> slope;  ///< By effective axis (length above one).
  Precision precision;                                           ///< Of costs in doubles, anywhere on the grid.

  std::size_t size() const { return candidate.size(); }
};

/// Keeps the candidates on the lower hull over the grid's bounding box. It owns its scratch memory, so that one Pruner
/// per thread serves slice after slice without allocating.
class Pruner {
 public:
  explicit Pruner(const AffineGrid& grid);
  ~Pruner();
  Pruner(Pruner&&) noexcept;
  Pruner& operator=(Pruner&&) noexcept;

  /// \param costs of one to 2^32 − 1 candidates
  /// \param kept  is overwritten
  /// \throws Error (internal) for another number of candidates
  void prune(const AffineCosts& costs, PrunedCandidates& kept);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Sums the winners' values over slices, on a slab of the slowest axis. Slabs are independent of each other, so each
/// thread can take one. The memory is 8 bytes per point, and 8 bytes per row of the fastest axis.
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

  /// Begins a slab with all zeros. Memory is kept, and grows only if a slab is larger than all before it.
  /// \throws Error (internal) if the range is empty or leaves the axis; Error (resources) if memory is refused
  void reset(RowRange range);

  /// Returns the number of points of the slab.
  std::size_t points() const;

  /// Adds one slice. `value` is called on this thread, once for each distinct winner on the slab.
  void add_slice(const PrunedCandidates& candidates, const RealisedValue& value);

  /// Returns the distinct winners of the last slice on this slab, ascending, as indices of its AffineCosts.
  std::span<const std::uint32_t> winners() const;

  /// Writes the surface of the slab: points() values in nano-dollars, in product order.
  void integrate(std::span<std::int64_t> surface) const;

  const CollapseCounters& counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sorsweep
