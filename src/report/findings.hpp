/// \file
/// Findings say how robust a sweep's answer is, as the room `trust` judges it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "market/flagged_rows.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/results.hpp"
#include "trust/verdict.hpp"

namespace sorsweep {

/// Tells what the best point costs without flagged rows (`remove_flagged`).
struct DataQuality {
  FlaggedRows removed;
  /// How much more the best point costs without them, as a mean over the days that trade both with and without them.
  /// The unit is bps of the arrival value or, for routers that work on snapshots, of the average price.
  double difference_bps = 0;
  std::size_t days_lost = 0;       ///< Days that cannot be traded without them.
  std::size_t days_looked_at = 0;  ///< If there are many days, an evenly spaced choice.
  std::string skipped;             ///< Why this was not measured; empty where it was.
};

/// Keeps what `trust` was asked about, as far as outputs need it again.
struct TrustContext {
  std::vector<std::string> days;    ///< Their names; as many as outcomes have days.
  std::vector<double> best_by_day;  ///< What the best point cost on each day; empty where that is not known.
  std::string runner_up;            ///< Its name among the comparisons; empty where there is none.
  std::string unit = "bps";         ///< Unit of the outcomes: "bps" or "USD".
  double confidence = 0.95;
};

/// Tells whether the answer is robust, or why that was not judged.
struct Findings {
  std::optional<trust::Trust> trust;
  std::string skipped;        ///< Why there is no `trust`.
  TrustContext context;       ///< Its days are dates: several symbols of a date are one day.
  std::size_t looked_at = 0;  ///< Points whose outcomes were compared.
  bool is_sampled = false;    ///< Whether these are only some of the grid's points.
  DataQuality quality;
};

/// Asks `trust` about a sweep. A column of outcomes is a date on which any share was traded; several symbols are
/// averaged (added up, where the objective is in dollars). Rows are the sample's points, the best point, the runner-up
/// and the plateau's pick.
/// \param sample  gives up its days, because the matrix that is made of them is as large
/// \param winners of each unit and slice; empty for solvers without candidates, which are judged by the sample alone
Findings judge_sweep(const Grid& grid, const SweepResults& results, const Objective& objective, OutcomeSample& sample,
                     const std::vector<std::vector<Contenders>>& winners);

/// Returns the findings for routers whose results do not depend on the parameters.
Findings nothing_to_judge();

}  // namespace sorsweep
