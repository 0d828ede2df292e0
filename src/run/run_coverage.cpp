#include "run/run_coverage.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "run/coverage.hpp"
#include "run/run_plan.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostUnits = 10'000'000;  ///< days, structural points, parts

/// Of each unit; what a day takes to be made ready is shared out to its units.
std::vector<double> costs_of(const std::vector<PlannedUnit>& plan) {
  std::vector<double> costs;
  for (std::size_t first = 0; first < plan.size();) {
    auto last = first;
    while (last < plan.size() && plan[last].variant == plan[first].variant && plan[last].day == plan[first].day) ++last;
    for (auto u = first; u < last; ++u)
      costs.push_back(static_cast<double>(plan[u].evaluate) +
                      static_cast<double>(plan[u].prepare) / static_cast<double>(last - first));
    first = last;
  }
  return costs;
}

/// The units of a run whose plan cannot be made: they have no names.
void count_units(const fs::path& run, std::size_t units, RunCoverage& coverage) {
  std::size_t files = 0;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(run / "units", ec))
    files += entry.path().extension() == ".h5" && !entry.path().filename().string().starts_with('.');
  if (units > kMostUnits)
    throw Error(Exit::integrity, fmt::format("{} is damaged", (run / "manifest.json").string()),
                fmt::format("it claims to have {} units", units), "delete the run and sweep again");
  coverage.units.resize(units);
  coverage.done.resize(units);
  std::fill_n(coverage.done.begin(), std::min(files, units), true);
}

}  // namespace

RunCoverage coverage_of(const fs::path& run, std::optional<std::size_t> shards) {
  const auto manifest = read_run(run).manifest;
  RunCoverage coverage;
  coverage.run_id = manifest.run_id;
  coverage.result_hash = manifest.result_hash;
  try {
    const auto plan = plan_of_run(run).units;
    for (const auto& unit : plan) coverage.units.push_back(to_string(unit.name));
    coverage.done = look_at_units(RunFolder(run, manifest.run_id), plan).there;
    coverage.cost = costs_of(plan);
    if (shards) coverage.shard = assign_shards(plan, *shards);
  } catch (const Error&) {
    if (shards) throw;
    count_units(run, manifest.units, coverage);  // its config is not written yet, or is of another version
  }
  return coverage;
}

}  // namespace sorsweep
