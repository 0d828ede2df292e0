/// \file
/// What was learnt, as JSON. Doubles are printed so that they read back to the same double.
#pragma once

#include <string>

#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

/// RUN/best.json: the notebook's keys first, then ours (docs/results.md).
std::string best_json(const Grid& grid, const SweepResults& results, const Findings& findings);

}  // namespace sorsweep
