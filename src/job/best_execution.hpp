/// \file
/// This header replays the best point's days, with what each venue filled.
#pragma once

#include "job/run_job.hpp"
#include "report/html.hpp"

namespace sorsweep {

/// Replays the best point on the run's first days, which are loaded from the store.
/// \param days how many of them
std::vector<ReportExecution> replay_best(const SweepJob& job, const SweepResults& results, std::size_t days);

}  // namespace sorsweep
