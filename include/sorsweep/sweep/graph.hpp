/// \file
/// The task graph: units in order → load → evaluate → reduce → commit, a bounded number of them in flight.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"
#include "sorsweep/sweep/reducer.hpp"

namespace sorsweep {

struct GraphOptions {
  std::vector<DayKey> units;  ///< in the order in which they are committed
  Engine engine = Engine::collapse;
  int threads = 1;
  std::size_t units_in_flight = 1;
  /// Whether units are evaluated and their surfaces handed on. If not, they are only made ready: see walk_slabs.
  bool keep_surfaces = true;
  std::vector<Metric> metrics;  ///< beside the slippage, where surfaces are kept
};

/// A unit that is done.
struct FinishedUnit {
  UnitResult result;
  std::unique_ptr<DayEvaluation> evaluation;  ///< where surfaces are not kept
  EvaluationStats stats;
  bool fresh = true;  ///< false for a result that `load` gave
};

/// Told from any thread how many points of a unit are done.
using PointsDone = std::function<void(std::size_t)>;

/// What the graph asks of the world; it knows no file. `load` runs one at a time (HDF5 has one lock), `commit` one at
/// a time and in unit order.
struct GraphHooks {
  /// A unit's data, or its result where an earlier run left it.
  std::function<std::variant<DayData, UnitResult>(const DayKey&)> load;
  std::function<void(FinishedUnit&&)> commit;
  PointsDone points_done;
  /// The command that runs one unit alone: for the message when it fails.
  std::function<std::string(const DayKey&)> alone;
};

/// Runs all units, or those that had begun when `stop` became true. An exception of any task stops the graph and is
/// thrown from here, with the unit's name before it. \return units committed
std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop);

/// Slabs that a thread finishes before they are put together in order.
inline constexpr std::size_t kSlabsAtATime = 4;

/// Reduces days without ever holding the grid: slab by slab, each evaluated for one day after the other.
/// \param days in unit order
/// \param slabs how many to cut the rows into; `threads` of them are in memory at a time
/// \return nothing when `stop` became true
std::optional<SweepSummary> walk_slabs(const Grid& grid, const ReduceOptions& options,
                                       const std::vector<const DayEvaluation*>& days, std::size_t slabs, int threads,
                                       const PointsDone& points_done, const std::atomic<bool>& stop);

/// Calls `body` in an arena of this many threads.
void in_arena(int threads, const std::function<void()>& body);

}  // namespace sorsweep
