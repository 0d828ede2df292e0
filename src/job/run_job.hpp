/// \file
/// From a job to its results, or to the units of its shard.
#pragma once

#include <optional>
#include <vector>

#include "job/run_observer.hpp"
#include "job/sweep_job.hpp"
#include "job/unit_hooks.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/results.hpp"

namespace sorsweep {

/// Decisions and outcomes at the best structural point, for the report and the judgement.
struct BestDecisions {
  OutcomeSample sample;
  std::vector<std::vector<Contenders>> winners;  ///< of each day and slice; empty for solvers without candidates
};

struct Finished {
  std::optional<SweepResults> results;  ///< nothing when the sweep was stopped before its end
  std::optional<BestDecisions> best;    ///< of routers that work in slices
  EvaluationStats stats;
  UnitCounts units;
};

/// Runs all units of the job, and reduces them.
Finished run(const SweepJob& job, const RunWatch& watch);

/// Computes the units of the job's shard, and no results. A day that fails does not keep the others from being computed:
/// its error is thrown at the end. Without memory or disk nothing can go on: such an error is thrown at once.
Finished run_shard(const SweepJob& job, const RunWatch& watch);

}  // namespace sorsweep
