/// \file
/// A router's backtest of one day over a whole grid: what a sweep is made of.
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

/// A day as the store has it, and the order's hours in it.
struct DayData {
  DayKey key;
  QuoteColumns quotes;
  std::optional<TimeWindow> window;  ///< nothing: the whole day
};

/// How surfaces are computed. Both give the same bytes.
enum class Engine {
  collapse,  ///< the work grows with the surfaces between regions of one decision (ENGINE §1)
  brute,     ///< every point on its own: the reference
};

/// What the evaluation of a day took.
struct EvaluationStats {
  std::uint64_t slices = 0;
  std::uint64_t pooled = 0;      ///< of them left to `pool`
  std::uint64_t candidates = 0;  ///< over all slices
  std::uint64_t contenders = 0;  ///< of them after pruning
  std::uint64_t winners = 0;
  CollapseCounters collapse;
  double books_seconds = 0;   ///< thread time of books and samples
  double tables_seconds = 0;  ///< of candidates' coefficients
  double pruning_seconds = 0;
  double executing_seconds = 0;  ///< of what contenders realise
  double boxes_seconds = 0;      ///< of boxes, lines, integration; or of brute force

  EvaluationStats& operator+=(const EvaluationStats& other);
};

/// A day that is ready to be evaluated anywhere on the grid.
class DayEvaluation {
 public:
  virtual ~DayEvaluation() = default;

  /// What holds for every point.
  virtual const DayFacts& facts() const = 0;

  /// Writes the results of the points of `rows` (rows of the grid: Grid::rows) into `slab`, whose columns have exactly those
  /// points. May be called from several threads at once, for different rows.
  /// \throws Error (input) where a day's sum could leave 64 bits
  virtual void evaluate(RowRange rows, const WritableRows& slab) const = 0;

  /// The same for another figure than slippage: `out` has a value for each of those points.
  /// \throws Error (usage) of routers that do not work in slices; (input) where a sum could leave 64 bits
  virtual void evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const;

  /// The same day on a part of the grid (Grid::part), by the collapse, once all rows were evaluated: what has not won by
  /// then is left out. It may outlive this one. \throws Error (internal) of evaluations that are not by regions of the grid
  virtual std::unique_ptr<DayEvaluation> on(const Grid& part) const;

  /// The placements that can win, slice by slice; empty for routers and solvers that have none.
  virtual std::vector<Contenders> contenders() const { return {}; }

  /// Those that have won at the rows evaluated so far, or since winners were forgotten.
  virtual std::vector<Contenders> winners() const { return {}; }
  virtual void forget_winners() {}

  virtual EvaluationStats stats() const { return {}; }
};

/// A router on a grid.
class Backtest {
 public:
  virtual ~Backtest() = default;

  /// Whether it works in slices: which columns its surfaces have (Surface).
  virtual bool is_sliced() const { return false; }

  /// Makes a day ready: books, samples, candidates. Called from several threads at once, for different days. The data
  /// are taken apart to save memory. Results are the same bytes for both engines and any number of threads.
  virtual std::unique_ptr<DayEvaluation> prepare(DayData&& day, Engine engine) const = 0;

  /// A day that was made ready before, from what it left when its surface was not kept: facts, and contenders or the
  /// surface of one point. Not of solvers and routers without contenders: those leave nothing to go on from.
  virtual std::unique_ptr<DayEvaluation> restore(UnitResult&& unit) const = 0;
};

// The grid outlives what they make.

/// Router `notebook` (MODEL §2). \param shares to buy on each day
std::unique_ptr<Backtest> make_notebook_backtest(const Grid& grid, double shares);

/// Router `static_split` (MODEL §3).
std::unique_ptr<Backtest> make_static_split_backtest(const Grid& grid, std::int64_t shares, const FeeTable& fees);

/// Router `cont_kukanov` (MODEL §4), or one that was registered.
struct SliceSettings {
  ParentOrder order;
  FeeTable fees;
  SliceModel model;
  cont_kukanov::Solver solver = cont_kukanov::Solver::exact;  ///< of cont_kukanov
  const RouterInfo* registered = nullptr;                     ///< that decides instead of the solver
  std::size_t max_candidates = 500'000;                       ///< under `exact`: a slice with more is left to `pool`
  /// Of a day, at most: an even choice of them. For probes, whose sums are no results.
  std::size_t most_slices = std::numeric_limits<std::size_t>::max();
};

/// Whether the decision is the cheapest of a table that no parameter changes: then the collapse applies, and there are
/// placements to show (cont_kukanov::has_candidates).
bool has_candidates(const SliceSettings& settings);

/// What `settings` say; it keeps a copy, but the router of one's own outlives it.
std::unique_ptr<Backtest> make_slice_backtest(const Grid& grid, const SliceSettings& settings);

}  // namespace sorsweep
