/// \file
/// Whether the best point owes anything to rows that should not be trusted.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "job/sweep_job.hpp"
#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

/// Returns why the days cannot be loaded again, or an empty text if the store still has what the run saw.
std::string why_no_store(const RunPlan& plan, const RunFolder& folder);

/// Runs the best point once more over days without their flagged rows. It loads the days again, so why_no_store must
/// have returned an empty text.
/// \return a value with `skipped` if a day fails; nothing if `stop` became true
std::optional<DataQuality> recost_without_flagged(const SweepJob& job, const SweepResults& results,
                                                  const std::atomic<bool>& stop);

}  // namespace sorsweep
