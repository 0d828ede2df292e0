/// \file
/// The winner's days once more, with what each venue filled.
#pragma once

#include "job/run_job.hpp"
#include "report/html.hpp"

namespace sorsweep {

/// The best point's execution on the run's first days, replayed from the store.
std::vector<ReportExecution> replay_best(const SweepJob& job, const SweepResults& results, std::size_t days);

}  // namespace sorsweep
