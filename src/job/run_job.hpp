/// \file
/// From a job to its results, or to the units of its shard.
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "job/run_observer.hpp"
#include "job/sweep_job.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/results.hpp"
#include "run/event_log.hpp"
#include "sweep/graph.hpp"

namespace sorsweep {

/// What the best structural point leaves for those who ask further.
struct BestVariant {
  OutcomeSample sample;                          ///< empty for routers without slices
  std::vector<std::vector<Contenders>> winners;  ///< of each day, each slice; empty for solvers without candidates
};

struct Finished {
  std::optional<SweepResults> results;  ///< nothing when the sweep was stopped before its end
  std::optional<BestVariant> best;
  EvaluationStats stats;
  std::size_t computed = 0, resumed = 0;  ///< units
};

/// All units, and the reduction.
/// \param events is told of units; may be null
/// \param stop   once it is true no further unit is begun
Finished run(SweepJob& job, RunObserver& observer, EventLog* events, const std::atomic<bool>& stop);

/// The units of the job's shard, nothing more. A day that fails does not keep the others from being computed; its error
/// is thrown in the end. Without memory or disk nothing can go on: that is thrown at once.
/// \return results are left out
Finished run_shard(SweepJob& job, RunObserver& observer, EventLog& events, const std::atomic<bool>& stop);

}  // namespace sorsweep
