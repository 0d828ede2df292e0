/// \file
/// Everything this room can say about a choice, and the same in words.
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

/// Whether an interval of a difference tells the two apart.
enum class Standing {
  unknown,            ///< too few days for an interval
  better,             ///< the whole interval is below 0
  indistinguishable,  ///< it contains 0
  worse,              ///< it is above 0
};

/// "unknown", "better", "not distinguishable", "worse"
const char* to_string(Standing standing);

/// The choice less another series, over days: negative is better.
struct Comparison {
  std::string name;            ///< of the other
  bool out_of_sample = false;  ///< the walk-forward's choices; else the best of all days on those same days
  Interval interval;
  Standing standing = Standing::unknown;
};

/// The choice that is asked about, where the caller made it, by whatever rule and among more points than have outcomes.
struct Choice {
  std::size_t point = 0;
  std::vector<double> values;  ///< of each day
  std::size_t ties = 0;        ///< points as good as it, with itself
  std::size_t points = 0;      ///< that it was chosen among
};

/// What is asked.
struct Question {
  Score score;
  std::optional<Choice> choice;        ///< nothing: the row with the best score
  std::vector<DaySeries> baselines;    ///< each of as many days as the outcomes
  std::optional<DaySeries> runner_up;  ///< picked by the caller, who knows which points are neighbours
  std::string unit = "bps";            ///< of the outcomes, as it is to be printed
  BootstrapOptions bootstrap;
  OverfittingOptions overfitting;
};

/// What is answered.
struct Trust {
  std::size_t days = 0;
  std::size_t points = 0;    ///< all of them
  std::size_t outcomes = 0;  ///< distinct ones
  std::size_t best_point = 0;
  double best_score = 0;
  std::size_t ties = 0;  ///< points with the best score
  WalkForward walk_forward;
  Overfitting overfitting;
  /// Out of sample with each baseline (of 2 days or more), in sample with each, with the runner-up in sample.
  std::vector<Comparison> comparisons;
  std::vector<std::string> verdict;  ///< sentences: see docs/trust.md for the rules
};

/// \param outcomes equal rows may be merged or not; points must ascend
/// \throws Error (internal) for shapes that do not fit, values that are not finite, and for no rows or no days where it has to
///         choose
Trust judge(const Outcomes& outcomes, const Question& question);

/// The same where equal rows are merged already (`distinct`). \throws Error likewise
Trust judge_distinct(const Outcomes& outcomes, const Question& question);

}  // namespace sorsweep::trust
