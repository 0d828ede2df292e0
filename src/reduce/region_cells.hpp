/// \file
/// Gathers Regions from rows of points.
#pragma once

#include <span>
#include <vector>

#include "reduce/cells.hpp"
#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

/// What some neighbouring rows say of their cells.
struct RowRegions {
  std::vector<double> least, most;
  std::vector<std::size_t> best_point;
  /// Of each row, each cell. Added up in the order of rows, however these are cut into slabs: doubles are not associative.
  std::vector<double> sums;
};

class RegionCells {
 public:
  static constexpr std::size_t kMostBins = 64;  ///< of an axis
  static constexpr std::size_t kMostRegions = std::size_t{1} << 15;

  /// \param grid outlives it
  explicit RegionCells(const Grid& grid);
  const Cells& cells() const { return cells_; }

  RowRegions begin(RowRange rows) const;
  /// \param objective of the row's points. Rows are added in order
  void add(std::size_t row, RowRange rows, std::span<const double> objective, RowRegions& to) const;

  /// All regions, of no rows yet.
  Regions nothing() const;
  /// Ranges of rows are folded in order.
  void fold(RowRange rows, const RowRegions& from, Regions& to) const;
  /// Turns the sums that `fold` left in `mean` into means.
  void finish(Regions& regions) const;

 private:
  Cells cells_;
};

}  // namespace sorsweep
