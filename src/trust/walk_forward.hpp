/// \file
/// What choosing would have paid: the best point of the days so far, applied to the next day.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "trust/outcomes.hpp"
#include "trust/score.hpp"

namespace sorsweep::trust {

/// Chosen on the days before `day`, paid on `day`.
struct WalkForwardStep {
  std::size_t day = 0;       ///< from 0, as in the outcomes; the first step's is 1
  std::size_t row = 0;       ///< best score on days 0 … day − 1; the lowest of equals
  std::size_t point = 0;     ///< of that row
  double in_sample = 0;      ///< its score on those days
  double out_of_sample = 0;  ///< what it paid on `day`
  double hindsight = 0;      ///< the least that any row paid on `day`
};

/// Out-of-sample figures less those of another series on the same days: negative is better.
struct WalkForwardDifference {
  std::string name;
  std::vector<double> values;  ///< of each step
  double mean = 0;
};

struct WalkForward {
  std::vector<WalkForwardStep> steps;                                     ///< days − 1 of them
  double mean_in_sample = 0, mean_out_of_sample = 0, mean_hindsight = 0;  ///< over steps
  std::vector<double> equity;                                             ///< running sum of out_of_sample
  std::vector<WalkForwardDifference> against;                             ///< in the order of the yardsticks
  std::string skipped;                                                    ///< why there is nothing; empty: there is
};

/// Walk-forward with a window that grows (anchored at the first day). Time and memory: rows × days, rows.
/// \param yardsticks each of as many days as the outcomes
/// \throws Error (internal) for a yardstick of another length
WalkForward walk_forward(const Outcomes& outcomes, const Score& score, std::span<const DaySeries> yardsticks = {});

/// A choice on all days.
struct BestRow {
  std::size_t row = 0;
  double score = 0;
  std::size_t ties = 0;  ///< points as good as it, with itself: Σ counts of the rows with this score
};

/// The row with the lowest score on all days; the lowest of equals. \throws Error (internal) for no rows or no days
BestRow best_row(const Outcomes& outcomes, const Score& score);

}  // namespace sorsweep::trust
