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

struct RunRecord;

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

/// Returns the days that a run began with, in the order of its units: that of the config's symbols, then by date.
/// \param symbols are those of the config, in its order; none means all
/// \throws Error (integrity) as RecordedIdentity::days
std::vector<DayKey> days_of_run(const RecordedIdentity& identity, const std::vector<std::string>& symbols);

/// Returns whether the file is a config, and that of the recorded run. \throws Error (resources)
bool is_config_of(const RunRecord& record, const std::filesystem::path& path);

/// Reads the plan of a run from its folder. The store is not needed.
/// \throws Error (input) if there is no run, (usage) if another version of the program made it, (integrity) if its
/// config is not that of its manifest
RunPlan plan_of_run(const std::filesystem::path& run);

}  // namespace sorsweep
