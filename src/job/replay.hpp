/// \file
/// One point, on the grid or off it, played on a day: what the router decides, what comes of it, and a log of both.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "report/table.hpp"
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

/// A day of the log.
struct ReplayedDay {
  Table log;
  std::string summary;  ///< One sentence.
};

/// Replays a point day by day.
class Replay {
 public:
  virtual ~Replay() = default;
  virtual Table empty_log() const = 0;  ///< It has columns, but no rows.
  virtual ReplayedDay day(DayData&& data) const = 0;
};

/// Makes the replay of the config's router at a point. `notebook` and `static_split` list their executions. Routers
/// that work in slices, registered ones among them, list their slices: the book, the decision, what was expected and
/// what came of it.
std::unique_ptr<Replay> make_replay(const Config& config, const Grid::Values& at);

}  // namespace sorsweep
