/// \file
/// The winner's days once more, with what each venue filled.
#pragma once

#include "reduce/results.hpp"
#include "report/html.hpp"
#include "run/run_plan.hpp"

namespace sorsweep {

/// The best point's execution on the run's first days, replayed from the store.
std::vector<ReportExecution> replay_best(const RunPlan& plan, const SweepResults& results, std::size_t days);

}  // namespace sorsweep
