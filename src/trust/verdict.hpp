/// \file
/// The verdict says whether a choice of parameters can be trusted, in figures and in words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "trust/bootstrap.hpp"
#include "trust/outcomes.hpp"
#include "trust/overfitting.hpp"
#include "trust/score.hpp"
#include "trust/walk_forward.hpp"

namespace sorsweep::trust {

/// Tells what an interval says of the difference between two ways to trade.
enum class Standing {
  unknown,            ///< There are too few days for an interval.
  better,             ///< The whole interval is below 0.
  indistinguishable,  ///< The interval contains 0.
  worse,              ///< The whole interval is above 0.
};

/// Names a standing: "unknown", "better", "not distinguishable" or "worse".
const char* to_string(Standing standing);

/// Tells how much the choice cost more than another series, as a mean over days: negative is better.
struct Comparison {
  std::string name;  ///< Name of the other series.
  /// If true, the choice is the walk-forward's; otherwise it is the best of all days, on those same days.
  bool out_of_sample = false;
  Interval interval;
  Standing standing = Standing::unknown;
};

/// Describes a choice that the caller made, by any rule, perhaps among more points than have outcomes.
struct Choice {
  std::size_t point = 0;
  std::vector<double> values;  ///< What it cost on each day.
  std::size_t ties = 0;        ///< Points as good as it, itself included.
  std::size_t points = 0;      ///< How many points it was chosen among.
};

/// Says what is asked about the outcomes.
struct Question {
  Score score;
  std::optional<Choice> choice;        ///< By default the row with the best score.
  std::vector<DaySeries> yardsticks;   ///< Each has as many days as the outcomes.
  std::optional<DaySeries> runner_up;  ///< Picked by the caller, who knows which points are neighbours.
  std::string unit = "bps";            ///< Unit of the outcomes, as sentences print it.
  BootstrapOptions bootstrap;
  OverfittingOptions overfitting;
};

/// Holds the answer.
struct Trust {
  std::size_t days = 0;
  std::size_t points = 0;    ///< How many points the choice was made among.
  std::size_t outcomes = 0;  ///< How many distinct outcomes they have.
  std::size_t best_point = 0;
  double best_score = 0;
  std::size_t ties = 0;  ///< How many points have the best score.
  WalkForward walk_forward;
  Overfitting overfitting;
  /// The choice is compared out of sample with each yardstick (where there are 2 days or more), then in sample with
  /// each yardstick, then in sample with the runner-up.
  std::vector<Comparison> comparisons;
  std::vector<std::string> verdict;  ///< Sentences; docs/trust.md gives the rules.
};

/// Judges a choice by the outcomes of all points on all days.
/// \param outcomes with points in ascending order; equal rows may be merged or not
/// \throws Error (internal) when shapes do not fit or a value is not finite, and when there is no row or no day to
/// choose from
Trust judge(Outcomes outcomes, const Question& question);

/// Judges as `judge` does, for outcomes whose equal rows are merged already (`distinct`).
/// \throws Error as `judge` does
Trust judge_distinct(const Outcomes& outcomes, const Question& question);

}  // namespace sorsweep::trust
