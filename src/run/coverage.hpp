/// \file
/// The units that a run has to have, and which of them its folder holds.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "run/run_folder.hpp"
#include "run/unit_plan.hpp"

namespace sorsweep {

/// The files of a run's units, by name.
struct UnitFiles {
  std::vector<bool> there;                     ///< of each planned unit: whether its file is
  std::vector<std::filesystem::path> foreign;  ///< files in units/ that no unit of this run has
  std::size_t done() const;
};

/// By names only: nothing is read. Temporaries do not count.
UnitFiles look_at_units(const RunFolder& folder, const std::vector<PlannedUnit>& plan);

/// \throws Error (incomplete) naming units that are missing, (integrity) naming files that are foreign; with the commands
/// that repair it
void check_coverage(const RunFolder& folder, const std::vector<PlannedUnit>& plan, Engine engine);

/// Reads all units again. \throws Error (integrity) naming all that are damaged, with the command that repairs it
void name_damaged(const RunFolder& folder, const std::vector<PlannedUnit>& plan, Engine engine);

/// Of each unit, in the run's order.
struct RunCoverage {
  std::string run_id, result_hash;  ///< result_hash: empty while the run is not merged
  std::vector<std::string> units;   ///< names for people, as event logs have them
  std::vector<bool> done;           ///< whether its file is there
  std::vector<std::size_t> shard;   ///< from 0; empty: shards were not asked for
  std::vector<double> cost;         ///< predicted, in any unit; empty: all the same
};

/// By names only: no unit is read. \param shards to share the units out to; nothing: not asked for
/// \throws Error (input) where there is no run, (integrity) where its manifest is damaged; what plan_of_run throws, only where
/// shards are asked for: without a plan units are counted, and have no names
RunCoverage coverage_of(const std::filesystem::path& run, std::optional<std::size_t> shards);

}  // namespace sorsweep
