/// \file
/// All that is known of a run before it runs: what `sweep`, `merge` and `report` begin with.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "job/memory_plan.hpp"
#include "run/run_folder.hpp"
#include "run/run_plan.hpp"
#include "run/run_request.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sweep/graph.hpp"

namespace sorsweep {

struct SweepJob {
  RunRequest request;
  std::vector<Config> variants;  ///< of the structural points: they differ in order and model only
  Grid grid;
  std::vector<DayKey> days;                    ///< in unit order
  std::map<std::string, std::string> content;  ///< RunIdentity::content
  std::vector<PlannedUnit> plan;               ///< all units of the run
  Manifest manifest;
  MemoryPlan memory;
  RunFolder folder;
  bool only_finished = false;         ///< no unit is computed, all must be there
  std::string resolved = "";          ///< the config as YAML, without what the command line says of threads and memory
  std::vector<std::size_t> own = {};  ///< numbers in `plan` of the units that this process sees to: all, or its shard's

  const Config& config() const { return variants.front(); }
  bool keeps_surfaces() const { return config().run.surfaces != KeepSurfaces::none; }

  /// Points of a unit's surface that stay in its file.
  std::size_t points_kept(RowRange rows) const;

  /// The days of a structural point, each with the units of it that are among `own`.
  std::vector<DayUnits> days_of(std::size_t variant) const;
};

/// \param days of the run
ReduceOptions reduce_options(const Config& config, const Grid& grid, std::size_t days);

/// Of a new run, or of one that is to be resumed. Checks everything, and writes nothing: `folder` need not be there.
SweepJob plan_sweep(const RunRequest& request);

/// Makes the job's folder, or refuses one that holds another run: see RunFolder.
void make_folder(SweepJob& job);

/// Of a run whose units are there. The store is not needed.
/// \param threads, memory as RunRequest has them
SweepJob prepare_report(const std::filesystem::path& run, const std::optional<int>& threads,
                        const std::optional<std::uint64_t>& memory);

}  // namespace sorsweep
