/// \file
/// Whether a run's folder holds every unit once, and nothing else.
#pragma once

#include <filesystem>
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

}  // namespace sorsweep
