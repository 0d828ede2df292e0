/// \file
/// One structural point of a run, from its units to its summary.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/memory_budget.hpp"
#include "job/run_observer.hpp"
#include "job/sweep_job.hpp"
#include "reduce/outcome_sample.hpp"

namespace sorsweep {

struct StructuralOutcome {
  std::optional<SweepSummary> summary;           ///< Nothing if the run was stopped before its end.
  std::optional<OutcomeSample> sample;           ///< Only of routers that work in slices.
  std::vector<std::vector<Contenders>> winners;  ///< By day and slice; empty for solvers without candidates.
  std::optional<MemoryShare> winners_share;      ///< The memory of these winners.
  EvaluationStats stats;
};

/// Computes or reads the units of a structural point, reduces them, and writes its surfaces.
/// \param structural_point is the number of the structural point
/// \param left             bytes of the winners that earlier structural points have left
StructuralOutcome run_structural_point(const SweepJob& job, std::size_t structural_point, std::uint64_t left,
                                       const RunWatch& watch, UnitCounts& counts);

}  // namespace sorsweep
