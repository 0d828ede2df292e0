/// \file
/// The task graph: days in order → load → evaluate their units → commit, a bounded number of days in flight.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// A symbol-day with the units of it that are wanted: rows of the grid, ascending, apart from each other.
struct DayUnits {
  DayKey day;
  std::vector<RowRange> units;
};

struct GraphOptions {
  std::vector<DayUnits> days;  ///< in the order in which they are committed
  Engine engine = Engine::collapse;
  int threads = 1;
  std::size_t days_in_flight = 1;
  /// Whether units are evaluated. If not, days are only made ready, each in one unit of all rows.
  bool keep_surfaces = true;
  std::vector<Metric> metrics;  ///< beside the slippage, where surfaces are kept
  bool commit_results = true;   ///< whether units are handed to `commit`; if not, they are gone once published
};

struct FinishedUnit {
  UnitResult result;
  bool fresh = true;  ///< false for a result that `find` gave
};

/// A day whose units are done.
struct FinishedDay {
  DayKey day;
  std::vector<FinishedUnit> units;            ///< as in DayUnits; results only where `commit_results`
  std::unique_ptr<DayEvaluation> evaluation;  ///< where surfaces are not kept
  EvaluationStats stats;                      ///< of fresh units
};

/// Told from any thread how many points of a unit are done.
using PointsDone = std::function<void(std::size_t)>;

/// What the graph asks of the world; it knows no file. `find` and `load` run one at a time (HDF5 has one lock), `commit`
/// one at a time and in the order of days. `begin`, `publish` and `failed` come from any thread.
struct GraphHooks {
  /// A unit's result where an earlier run left it.
  std::function<std::optional<UnitResult>(const DayKey&, RowRange)> find;
  std::function<DayData(const DayKey&)> load;
  /// Work on a unit begins. The first unit of a day that was not found begins with loading it.
  std::function<void(const DayKey&, RowRange)> begin = [](const DayKey&, RowRange) {};
  /// A unit was computed. Nothing that comes after can undo that.
  std::function<void(const DayKey&, RowRange, const UnitResult&)> publish;
  std::function<void(FinishedDay&&)> commit;
  PointsDone points_done;
  /// The command that runs one unit alone: for the message when it fails.
  std::function<std::string(const DayKey&)> alone;
  /// A unit failed. True: the other days are to go on, this one is not committed. False: the graph ends with the error.
  std::function<bool(const DayKey&, RowRange, const Error&)> failed = [](const DayKey&, RowRange, const Error&) {
    return false;
  };
};

/// Runs all days, or the units that had begun when `stop` became true. An error of any task stops the graph and is
/// thrown from here, with the day's name before it, unless `failed` takes it. \return days committed
std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop);

}  // namespace sorsweep
