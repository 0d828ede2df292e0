/// \file
/// Walk-forward: the best point of the days so far is applied to the next day.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "trust/outcomes.hpp"
#include "trust/score.hpp"

namespace sorsweep::trust {

/// One step: a row is chosen on the days before `day` and paid for on `day`.
struct WalkForwardStep {
  std::size_t day = 0;       ///< Index of the day, as in the outcomes. The first step has day 1.
  std::size_t row = 0;       ///< The row with the best score on days 0 … day − 1; the lowest among equals.
  std::size_t point = 0;     ///< The point of that row.
  double in_sample = 0;      ///< Its score on those days.
  double out_of_sample = 0;  ///< What it paid on `day`.
  double hindsight = 0;      ///< The least that any row paid on `day`.
};

/// The difference between the out-of-sample values and another series on the same days. Negative is better.
struct WalkForwardDifference {
  std::string name;
  std::vector<double> values;  ///< One per step.
  double mean = 0;
};

/// The result of a walk-forward.
struct WalkForward {
  std::vector<WalkForwardStep> steps;                                     ///< One fewer than days.
  double mean_in_sample = 0, mean_out_of_sample = 0, mean_hindsight = 0;  ///< Over steps.
  std::vector<double> equity;                                             ///< Running sum of out_of_sample.
  std::vector<WalkForwardDifference> against;                             ///< In the order of the yardsticks.
  std::string skipped;  ///< Why there is no result. Empty if there is one.
};

/// Runs a walk-forward whose window grows from the first day. It takes time rows × days and memory rows.
/// \param yardsticks each with as many days as the outcomes
/// \throws Error (internal) if a yardstick has another length
WalkForward walk_forward(const Outcomes& outcomes, const Score& score, std::span<const DaySeries> yardsticks = {});

/// A choice on all days.
struct BestRow {
  std::size_t row = 0;
  double score = 0;
  std::size_t ties = 0;  ///< Number of points as good as it, itself included.
};

/// Finds the row with the lowest score on all days; the lowest row among equals. \throws Error (internal) if there are
/// no rows or no days
BestRow best_row(const Outcomes& outcomes, const Score& score);

}  // namespace sorsweep::trust
