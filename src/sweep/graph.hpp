/// \file
/// The task graph: each day is loaded, its units are evaluated, and days are committed in order. The number of days in
/// flight is bounded.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// A symbol-day and the units of it that are wanted: disjoint ranges of rows, ascending.
struct DayUnits {
  DayKey day;
  std::vector<RowRange> units;
};

/// What the graph runs, and how.
struct GraphOptions {
  std::vector<DayUnits> days;  ///< In the order of commits.
  Engine engine = Engine::collapse;
  int threads = 1;
  std::size_t days_in_flight = 1;
  /// Whether units are evaluated. If not, days are only made ready, each in one unit of all rows.
  bool keep_surfaces = true;
  std::vector<Metric> metrics;  ///< Metrics to evaluate if surfaces are kept.
  /// Whether `commit` gets the results of units. If not, they are dropped once published.
  bool commit_results = true;
};

/// A unit that is done.
struct FinishedUnit {
  UnitResult result;
  bool fresh = true;  ///< False if `find` had the result.
};

/// A day whose units are done.
struct FinishedDay {
  DayKey day;
  std::vector<FinishedUnit> units;            ///< As in DayUnits, with results if `commit_results` is set.
  std::unique_ptr<DayEvaluation> evaluation;  ///< Set if surfaces are not kept.
  EvaluationStats stats;                      ///< Counts only units that were computed.
};

/// The graph calls it from any thread, with the number of points done since its last call.
using PointsDone = std::function<void(std::size_t)>;

/// What the graph calls; it knows nothing of files. `find` and `load` run one at a time because HDF5 has one lock.
/// `commit` runs one at a time, in the order of days. `begin`, `publish` and `failed` may come from any thread.
struct GraphHooks {
  /// Returns a unit's result if an earlier run left it.
  std::function<std::optional<UnitResult>(const DayKey&, RowRange)> find;
  std::function<DayData(const DayKey&)> load;
  /// Called when work on a unit begins. The first missing unit of a day begins with loading the day.
  std::function<void(const DayKey&, RowRange)> begin = [](const DayKey&, RowRange) {};
  /// Called when a unit is computed. The result stays valid whatever happens next.
  std::function<void(const DayKey&, RowRange, const UnitResult&)> publish;
  std::function<void(FinishedDay&&)> commit;
  /// Returns how many days may be in flight from now on. It is asked after each commit. If it is set, the first day is
  /// alone in flight, because only a day shows how much memory its placements take.
  std::function<std::size_t()> days_that_fit;
  PointsDone points_done;
  /// Returns the command that runs one day alone, for error messages.
  std::function<std::string(const DayKey&)> alone;
  /// Called when a unit fails. \return true to go on with other days and not commit this one; false to end with the
  /// error
  std::function<bool(const DayKey&, RowRange, const Error&)> failed = [](const DayKey&, RowRange, const Error&) {
    return false;
  };
};

/// Runs all days, or only the units that began before `stop` became true. An error of any task ends the graph and is
/// thrown from here with the day's name in front, unless `failed` returns true. If a day lacks memory or disk while
/// others may be in flight, this and all later days run once more, one at a time, and what was published is found. So
/// it does not depend on chance whether there is enough. \return the number of days committed
std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop);

}  // namespace sorsweep
