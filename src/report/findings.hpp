/// \file
/// Whether a sweep's answer holds: what the room `trust` says of its outcomes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "market/flagged_rows.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/results.hpp"
#include "report/report_trust.hpp"
#include "trust/verdict.hpp"

namespace sorsweep {

/// The best point once more without flagged rows (market's remove_flagged).
struct DataQuality {
  FlaggedRows removed;
  /// What it costs more, in bps: mean over the days that trade with and without them, each against itself. Of routers
  /// that do not work in slices: of the average price.
  double difference_bps = 0;
  std::size_t days_lost = 0;       ///< that trade only with them
  std::size_t days_looked_at = 0;  ///< of many days an even choice
  std::string skipped;             ///< why there is nothing; empty: there is
};

struct Findings {
  std::optional<trust::Trust> trust;
  std::string skipped;        ///< why there is none
  TrustContext context;       ///< days are dates here: several symbols are one column
  std::size_t looked_at = 0;  ///< points whose outcomes were compared
  bool is_sampled = false;    ///< not all of the grid's
  DataQuality quality;
};

/// Asks `trust` about a sweep. A column of outcomes is a date with any share traded; of several symbols on it their mean
/// (their sum, where the objective is dollars). Rows are the sample's points with the best, the runner-up and the plateau
/// pick among them.
/// \param winners of each unit, each slice; empty for solvers without candidates: then the sample has to do
Findings judge_sweep(const Grid& grid, const SweepResults& results, const Objective& objective,
                     const OutcomeSample& sample, const std::vector<std::vector<Contenders>>& winners);

/// Of routers whose result does not depend on the point.
Findings nothing_to_judge();

/// A row a step of the walk-forward: what was chosen on the days before, what it cost on the day.
std::string out_of_sample_csv(const Grid& grid, const Findings& findings);

}  // namespace sorsweep
