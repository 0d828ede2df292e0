/// \file
/// What `sweep` and `report` have in common: from a run's config to its results.
#pragma once

#include <optional>
#include <vector>

#include "app/cli.hpp"
#include "app/config.hpp"
#include "app/memory_plan.hpp"
#include "app/progress.hpp"
#include "app/run_folder.hpp"
#include "sorsweep/sweep/outcome_sample.hpp"
#include "sorsweep/sweep/results.hpp"

namespace sorsweep {

/// All that is known of a run before it runs.
struct SweepJob {
  SweepCommand command;
  std::vector<Config> variants;  ///< of the structural points: they differ in order and model only
  Grid grid;
  std::vector<DayKey> units;
  Manifest manifest;
  MemoryPlan memory;
  RunFolder folder;
  bool only_finished = false;  ///< no unit is computed, all must be there

  const Config& config() const { return variants.front(); }
  bool keeps_surfaces() const { return config().run.surfaces != KeepSurfaces::none; }

  /// Points of a unit's surface that stay in its file.
  std::size_t points_kept() const;
};

/// Of a new run, or of one that is to be resumed. Checks everything first, then makes the folder.
SweepJob prepare_sweep(const SweepCommand& command);

/// Of a run that has ended. The store is not needed.
SweepJob prepare_report(const ReportCommand& command);

/// What the best structural point leaves for those who ask further.
struct BestVariant {
  OutcomeSample sample;                          ///< empty for routers without slices
  std::vector<std::vector<Contenders>> winners;  ///< of each unit, each slice; empty for solvers without candidates
};

struct Finished {
  std::optional<SweepResults> results;  ///< nothing when the sweep was stopped before its end
  std::optional<BestVariant> best;
  EvaluationStats stats;
  std::size_t units = 0;
};

Finished run(SweepJob& job, Progress& progress);

}  // namespace sorsweep
