/// \file
/// Runs a job, up to its results or to the units of its shard.
#pragma once

#include <optional>
#include <vector>

#include "core/memory_budget.hpp"
#include "job/run_observer.hpp"
#include "job/sweep_job.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/results.hpp"

namespace sorsweep {

/// Decisions and outcomes at the best structural point, for the report and the judgement.
struct BestDecisions {
  OutcomeSample sample;
  std::vector<std::vector<Contenders>> winners;  ///< By day and slice; empty for solvers without candidates.
  std::optional<MemoryShare> winners_share;
};

struct Finished {
  std::optional<SweepResults> results;  ///< Nothing if the sweep was stopped before its end.
  std::optional<BestDecisions> best;    ///< Only of routers that work in slices.
  EvaluationStats stats;
  UnitCounts units;
};

/// Runs all units of the job and reduces them.
Finished run(const SweepJob& job, const RunWatch& watch);

/// Computes the units of the job's shard, but no results. If a day fails, the others are still computed and the first
/// error is thrown at the end. An error of memory or disk is thrown at once, because nothing can go on without them.
Finished run_shard(const SweepJob& job, const RunWatch& watch);

}  // namespace sorsweep
