/// \file
/// Whether the winner owes anything to rows that should not be trusted.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "job/sweep_job.hpp"
#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

/// Why days cannot be loaded again; empty if they can: the store has what the run saw.
std::string why_no_store(const RunPlan& plan, const RunFolder& folder);

/// Runs the best point once more over days without their flagged rows. Days are loaded again.
/// The store has what the run saw: why_no_store.
/// \return with `skipped` where a day cannot be done; nothing when `stop` became true
std::optional<DataQuality> recost_without_flagged(const SweepJob& job, const SweepResults& results,
                                                  const std::atomic<bool>& stop);

}  // namespace sorsweep
