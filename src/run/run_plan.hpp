/// \file
/// What a run consists of. It is the same for every process that works on the run.
#pragma once

#include <filesystem>
#include <vector>

#include "config/config.hpp"
#include "run/identity.hpp"
#include "run/manifest.hpp"
#include "run/unit_plan.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

struct RunPlan {
  std::vector<Config> configs;  ///< One per structural point; they differ in order and model only.
  Grid grid;
  std::vector<DayKey> days;  ///< In the order of the units.
  RunIdentity identity;
  std::vector<PlannedUnit> units;
  Manifest manifest;

  const Config& config() const { return configs.front(); }
  bool keeps_surfaces() const { return identity.keeps_surfaces; }
  std::size_t points_of(const PlannedUnit& unit) const { return unit.name.rows.size() * grid.points_per_row(); }
};

/// Returns the number of points of a unit's surface that its file keeps. \param rows are those of the unit
std::size_t points_kept(const RunPlan& plan, RowRange rows);

/// Returns whether the file is a config, and that of the manifest's run. \throws Error (resources)
bool is_config_of(const Manifest& manifest, const std::filesystem::path& path);

/// Reads the plan of a run from its folder. The store is not needed.
/// \throws Error (input) if there is no run, (usage) if another version of the program made it, (integrity) if its
/// config is not that of its manifest
RunPlan plan_of_run(const std::filesystem::path& run);

}  // namespace sorsweep
