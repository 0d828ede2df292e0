/// \file
/// The backtest of a router: one day at a time, over a whole grid.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>

#include "sorsweep/collapse/collapse.hpp"
#include "sorsweep/market/quotes.hpp"
#include "sorsweep/router/router.hpp"
#include "sorsweep/router/slice.hpp"
#include "sorsweep/router/solver.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// A day as it is read from the store.
struct DayData {
  DayKey key;
  QuoteColumns quotes;
  std::optional<TimeWindow> window;  ///< The order's hours. If not set, the whole day is used.
};

/// How surfaces are computed. Both engines give the same bytes.
enum class Engine {
  /// Work grows with the boundaries between regions of one decision (docs/architecture.md, "The collapse").
  collapse,
  brute,  ///< Every point on its own: the reference.
};

/// What it took to evaluate a day.
struct EvaluationStats {
  std::uint64_t slices = 0;
  std::uint64_t pooled = 0;      ///< Slices that `exact` left to `pool`.
  std::uint64_t candidates = 0;  ///< Over all slices.
  std::uint64_t contenders = 0;  ///< Candidates that pruning left.
  std::uint64_t winners = 0;
  CollapseCounters collapse;
  double books_seconds = 0;   ///< Thread seconds spent on books and samples.
  double tables_seconds = 0;  ///< Thread seconds spent on the candidates' coefficients.
  double pruning_seconds = 0;
  double executing_seconds = 0;  ///< Thread seconds spent on executing contenders.
  double boxes_seconds = 0;      ///< Thread seconds spent on boxes, lines and integration, or on brute force.

  EvaluationStats& operator+=(const EvaluationStats& other);
};

/// A day that is ready to be evaluated anywhere on the grid.
class DayEvaluation {
 public:
  virtual ~DayEvaluation() = default;

  /// The facts that hold for every point.
  virtual const DayFacts& facts() const = 0;

  /// Writes the slippage or cost of all points of `rows` into `slab`, whose columns have exactly one element for each
  /// of them. It may be called from several threads at once, for different rows.
  /// \throws Error (input) if a day's sum could leave 64 bits
  virtual void evaluate(RowRange rows, const WritableRows& slab) const = 0;

  /// Writes another metric of all points of `rows` into `out`, one value per point.
  /// \throws Error (usage) if the router is not sliced; Error (input) if a sum could leave 64 bits
  virtual void evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const;

  /// Restricts the day to a part of the grid (Grid::part), to be evaluated by the collapse. Call it after all rows
  /// were evaluated: candidates that have not won by then are dropped. The result may outlive this object.
  /// \throws Error (internal) if the evaluation is not by regions of the grid
  virtual std::unique_ptr<DayEvaluation> on(const Grid& part) const;

  /// The placements that can win, slice by slice. It is empty for routers and solvers without candidates.
  virtual std::vector<Contenders> contenders() const { return {}; }

  /// The placements that have won on the rows evaluated so far, or since forget_winners was last called.
  virtual std::vector<Contenders> winners() const { return {}; }
  virtual void forget_winners() {}

  virtual EvaluationStats stats() const { return {}; }
};

/// A router on a grid.
class Backtest {
 public:
  virtual ~Backtest() = default;

  /// Whether the router is sliced, which decides the columns of its surfaces (Surface).
  virtual bool is_sliced() const { return false; }

  /// Makes a day ready: books, samples, candidates. It may be called from several threads at once, for different days.
  /// It takes the data apart to save memory. Results are the same bytes for both engines and any number of threads.
  virtual std::unique_ptr<DayEvaluation> prepare(DayData&& day, Engine engine) const = 0;

  /// Makes a day ready from a unit whose surface was not kept: from its facts, and its contenders or the surface of
  /// one point. Solvers and registered routers without contenders leave nothing to restore.
  virtual std::unique_ptr<DayEvaluation> restore(UnitResult&& unit) const = 0;
};

// The grid must outlive the backtests made here, and the days that they make ready.

/// Makes router `notebook` (docs/model-notebook.md). \param shares to buy on each day
std::unique_ptr<Backtest> make_notebook_backtest(const Grid& grid, double shares);

/// Makes router `static_split` (docs/model.md, "The router `static_split`"). \param shares to buy on each day
std::unique_ptr<Backtest> make_static_split_backtest(const Grid& grid, std::int64_t shares, const FeeTable& fees);

/// The settings of a sliced router: `cont_kukanov` (docs/model.md), or a registered one.
struct SliceSettings {
  ParentOrder order;
  FeeTable fees;
  SliceModel model;
  cont_kukanov::Solver solver = cont_kukanov::Solver::exact;  ///< Used by cont_kukanov.
  const RouterInfo* registered = nullptr;  ///< The registered router that decides instead of the solver, if any.
  std::size_t max_candidates = 500'000;    ///< With `exact`, a slice with more candidates is left to `pool`.
  /// The most slices of a day; if there are more, an even choice is played. This is for probes, whose sums are not
  /// results.
  std::size_t most_slices = std::numeric_limits<std::size_t>::max();
};

/// Whether a slice's decision is the cheapest of a table that does not depend on parameters
/// (cont_kukanov::has_candidates). If so, the collapse applies and placements can be shown.
bool has_candidates(const SliceSettings& settings);

/// Makes a sliced router. It keeps a copy of `settings`; a registered router must outlive it.
std::unique_ptr<Backtest> make_slice_backtest(const Grid& grid, const SliceSettings& settings);

}  // namespace sorsweep
