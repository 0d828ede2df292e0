/// \file
/// The task graph: units in order → load → evaluate → reduce → commit, a bounded number of them in flight.
#pragma once

#include <atomic>
#include <functional>
#include <variant>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

struct GraphOptions {
  std::vector<DayKey> units;  ///< in the order in which they are reduced
  Engine engine = Engine::collapse;
  int threads = 1;
  std::size_t units_in_flight = 1;
};

/// What the graph asks of the world; it knows no file. `load` runs one at a time (HDF5 has one lock), `commit` one at
/// a time and in unit order.
struct GraphHooks {
  /// A unit's data, or its result where an earlier run left it.
  std::function<std::variant<DayData, UnitResult>(const DayKey&)> load;
  /// \param fresh false for a result that `load` gave
  std::function<void(UnitResult&&, bool fresh)> commit;
  PointsDone points_done;
  /// The command that runs one unit alone: for the message when it fails.
  std::function<std::string(const DayKey&)> alone;
};

/// Runs all units, or those that had begun when `stop` became true. An exception of any task stops the graph and is
/// thrown from here, with the unit's name before it. \return units committed
std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop);

}  // namespace sorsweep
