/// \file
/// What the room `trust` found, as the report shows it.
#pragma once

#include <string>
#include <vector>

#include "report/html.hpp"
#include "trust/verdict.hpp"

namespace sorsweep {

/// What was asked of `trust`, as far as the report needs it again.
struct TrustContext {
  std::vector<std::string> days;    ///< names, as many as outcomes have days
  std::vector<double> best_by_day;  ///< what the best point of all days cost; of each day, or empty
  std::string runner_up;            ///< its name among the comparisons; empty: none
  std::string unit = "bps";         ///< of the outcomes: "bps" or "USD"
  double confidence = 0.95;
};

/// Verdict, intervals, walk-forward; for what was skipped the reason.
void add_trust(ReportParts& parts, const trust::Trust& trust, const TrustContext& context);

}  // namespace sorsweep
