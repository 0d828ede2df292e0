#include "app/run_coverage.hpp"

#include "app/coverage.hpp"

namespace sorsweep {

RunCoverage coverage_of(const std::filesystem::path& run, std::optional<std::size_t> shards) {
  const auto plan = plan_of_run(run);
  RunCoverage coverage;
  coverage.run_id = plan.record.id();
  coverage.result_hash = plan.record.manifest.result_hash;
  coverage.done = look_at_units(RunFolder(run, coverage.run_id), plan.units).there;
  for (const auto& unit : plan.units) {
    coverage.units.push_back(to_string(unit.name));
    coverage.cost.push_back(static_cast<double>(unit.evaluate + unit.prepare));
  }
  if (shards) coverage.shard = assign_shards(plan.units, *shards);
  return coverage;
}

}  // namespace sorsweep
