/// \file
/// The units that a run must have, and which of them its folder holds.
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
  std::vector<bool> there;                     ///< Whether the file of each planned unit is there.
  std::vector<std::filesystem::path> foreign;  ///< Files in units/ that belong to no unit of this run.
  std::size_t done() const;
};

/// Looks at the names of the files only, and reads none of them. Temporary files do not count.
UnitFiles look_at_units(const RunFolder& folder, const std::vector<PlannedUnit>& plan);

/// Checks that the folder holds each unit of the run, and nothing else.
/// \throws Error (incomplete) with the missing units, (integrity) with the foreign files; each with the command that
/// repairs it
void check_coverage(const RunFolder& folder, const std::vector<PlannedUnit>& plan, Engine engine);

/// Reads all units again. \throws Error (integrity) with all damaged ones and the command that repairs them
void name_damaged(const RunFolder& folder, const std::vector<PlannedUnit>& plan, Engine engine);

/// How far a run is: its units, in the run's order.
struct RunCoverage {
  std::string run_id, result_hash;  ///< result_hash is empty while the run is not merged.
  std::vector<std::string> units;   ///< Names for people, as in the event logs.
  std::vector<bool> done;           ///< Whether the file of the unit is there.
  std::vector<std::size_t> shard;   ///< Counted from 0; empty if shards were not asked for.
  std::vector<double> cost;         ///< Predicted, on any scale; empty if all units cost the same.
};

/// Looks at the names of the files only, and reads no unit. Without a plan the units are counted and have no names.
/// \param shards is the number of shards that the units are divided into; nothing if it was not asked for
/// \throws Error (input) if there is no run, (integrity) if its manifest is damaged; and as plan_of_run, but only if
/// shards are asked for
RunCoverage coverage_of(const std::filesystem::path& run, std::optional<std::size_t> shards);

}  // namespace sorsweep
