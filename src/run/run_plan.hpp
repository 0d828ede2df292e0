/// \file
/// The plan of a run that is there: what its folder says it consists of.
#pragma once

#include <filesystem>
#include <vector>

#include "config/config.hpp"
#include "run/run_folder.hpp"
#include "run/unit_plan.hpp"
#include "sorsweep/market/day_key.hpp"

namespace sorsweep {

/// A run as its folder has it. The store is not needed.
struct RunPlan {
  RunRecord record;
  std::vector<Config> variants;
  Grid grid;
  std::vector<DayKey> days;
  std::vector<PlannedUnit> units;
};

/// \throws Error (input) where there is no run, (usage) where another version of the program made it
RunPlan plan_of_run(const std::filesystem::path& run);

}  // namespace sorsweep
