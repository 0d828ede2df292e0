/// \file
/// The surface of the objective at the resolution of a picture.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// Regions of the grid: products of bins of neighbouring values, as even as they can be. Columns are in product order of
/// the bins, the last axis fastest; at most 2^15 regions, of at most 64 bins an axis. On small grids each point is a region.
struct Regions {
  std::array<std::vector<std::size_t>, Grid::kAxes>
      begin;                              ///< of each axis: the first position of each bin, and the end
  std::vector<double> least, mean, most;  ///< objective over the region's points: bps or dollars (Objective)
  std::vector<std::size_t> best_point;    ///< has the least; lowest index among equals

  std::size_t bins(std::size_t axis) const { return begin[axis].size() - 1; }
  std::size_t size() const { return least.size(); }
};

}  // namespace sorsweep
