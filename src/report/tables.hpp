/// \file
/// An `Answer` holds what a sweep found, and is written as text and JSON.
#pragma once

#include <cstddef>
#include <string>

#include "reduce/results.hpp"
#include "report/findings.hpp"
#include "report/table.hpp"

namespace sorsweep {

/// Grids up to this size are written whole; of larger ones only the best `kRankedPoints` points are.
inline constexpr std::size_t kSmallGrid = 10'000;
inline constexpr std::size_t kRankedPoints = 1'000;

inline std::size_t rows_to_rank(const Grid& grid) {
  return grid.size() <= kSmallGrid ? grid.size() : kRankedPoints;
}

/// Holds figures over all days that several outputs show.
struct Totals {
  std::size_t points = 0;  ///< Points of the grid, which every structural point has.
  // These are for routers that work in slices.
  std::size_t slices = 0, cold = 0, pooled = 0, unpriced = 0, early_closes = 0;
  double drift_bps = 0;  ///< Mean over the days that traded, in bps of their arrival value.
  DayDetail at_best;     ///< All days of the best point as one; empty where solvers have no candidates.
  // These are for routers that work on snapshots.
  TapeCounts rows;
  std::size_t snapshots = 0;
};

/// Holds a sweep's answer, ready to be shown. Every output is made from it.
struct Answer {
  const Grid& grid;             ///< Outlives the answer.
  const SweepResults& results;  ///< Outlives the answer.
  Findings findings;
  Totals totals;
  Table points;         ///< Summary.csv: a row for each point, best first; equal points share a rank.
  Table days;           ///< Days.csv: a row for each symbol-day, with its own best point and its yardsticks.
  Table axes;           ///< Axes.csv: a row for each axis of the best structural point, with what it does.
  Table out_of_sample;  ///< out_of_sample.csv: a row for each step of the walk-forward.
};

Answer make_answer(const Grid& grid, const SweepResults& results, Findings findings);

/// Returns how much cheaper an average price was than a yardstick's, in bps of it. Positive means cheaper, also for
/// sells.
double saved_bps(const SweepSummary& summary, const notebook::YardstickCost& yardstick, double avg_price);

/// Converts a day's slippage to bps of the arrival value; 0 where nothing was traded.
double bps_of(const SliceDay& day, Nano slippage);

/// Returns a yardstick's slippage against the arrival mid on a day, in bps of the arrival value.
double yardstick_bps(const SliceDay& day, std::size_t yardstick);

/// Writes best.json: the notebook's keys come first, then those of docs/results.md. Doubles read back to the same
/// double.
std::string best_json(const Answer& answer);

/// Writes what a person reads at the end of a sweep.
std::string summary_text(const Answer& answer);

/// Writes summary.md: the best point, ways to trade, what the axes do, and whether the answer is robust.
std::string summary_md(const Answer& answer);

}  // namespace sorsweep
