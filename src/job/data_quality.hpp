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

/// Returns why the days cannot be loaded again, or an empty text if the store still has what the run saw. A store that
/// is gone, that may not be read, or that holds other data is a reason; a disk that fails is not.
/// \throws Error (input) if a day that is there cannot be read, (resources) if it does not fit memory
std::string why_no_store(const RunPlan& plan, const RunFolder& folder);

/// Checks that the store still has what a sweep saw. The results of a sweep hold what flagged rows do, so they do not
/// depend on what became of the store meanwhile. \throws Error (integrity) for a day that has changed, (input) for one
/// that is gone or cannot be read
void check_store_again(const SweepJob& job);

/// Runs the best point once more over days without their flagged rows. It loads the days again, so why_no_store must
/// have returned an empty text.
/// \return a value with `skipped` if a day cannot be traded without these rows; nothing if `stop` became true
/// \throws Error as load_whole_day, because what was measured must not depend on a disk
std::optional<DataQuality> recost_without_flagged(const SweepJob& job, const SweepResults& results,
                                                  const std::atomic<bool>& stop);

}  // namespace sorsweep
