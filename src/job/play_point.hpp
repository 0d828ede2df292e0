/// \file
/// One point of the grid, played on one day: what the router decides in each slice, and what comes of it.
#pragma once

#include <vector>

#include "sorsweep/sweep/backtest.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {

/// A day as a point trades it. Decisions and fills are in the order of the cases.
struct PlayedDay {
  SliceCases slices;
  std::vector<Decision> decisions;
  std::vector<execution::Fills> fills;
  Nano slippage = 0;  ///< Against the arrival mid, drift included.
};

/// Plays a point on a day, for a router that works in slices. The point may lie off the grid.
/// \param grid is that of the sweep: it decides which slices are cold, and where the solver `pool` looks
/// \throws Error as make_slice_cases and decide
PlayedDay play_point(const DayData& day, const SliceSettings& settings, const Grid& grid, const Grid::Values& at);

}  // namespace sorsweep
