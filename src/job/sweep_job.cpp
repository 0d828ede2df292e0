#include "job/sweep_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/yaml_text.hpp"
#include "core/build_info.hpp"
#include "core/error.hpp"
#include "core/machine.hpp"
#include "job/day_loader.hpp"
#include "job/resources.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

/// The run's config.resolved.yaml names the store.
void check_store_path(const Config& config) {
  const auto path = std::filesystem::absolute(config.store).string();
  if (!is_plain_text(path))
    throw Error(Exit::usage, fmt::format("the store's path cannot be kept in a config: {}", path),
                "it has control characters or is not UTF-8", "move the store, or name it by another path");
}

RunIdentity identify(const Config& config, Engine engine, const std::vector<DayHeader>& days) {
  RunIdentity identity{
      semantic_lines(config), {}, engine, config.run.metrics, config.run.surfaces != KeepSurfaces::none};
  for (const auto& day : days) identity.content[to_string(day.key)] = day.content;
  return identity;
}

Manifest describe_run(const RunIdentity& identity, const Grid& grid, int threads) {
  Manifest manifest;
  manifest.run_id = identity.id();
  manifest.identity = identity.lines();
  manifest.config_hash = identity.config_hash();
  manifest.host = host_name();
  manifest.threads = threads;
  manifest.points = grid.size();
  manifest.started_at = utc_now();
  return manifest;
}

/// The least that any structural point allows.
MemoryPlan plan_for_all(const std::vector<Config>& variants, const Grid& grid, std::size_t days,
                        std::size_t longest_day, int threads) {
  MemoryPlan least{SIZE_MAX, 1};
  for (const auto& config : variants) {
    const auto plan = plan_memory(config, grid, reduce_options(config, grid, days), longest_day, threads);
    least.days_in_flight = std::min(least.days_in_flight, plan.days_in_flight);
    least.reducer_slabs = plan.reducer_slabs;
  }
  return least;
}

void overrule(std::vector<Config>& variants, const std::optional<int>& threads,
              const std::optional<std::uint64_t>& memory) {
  for (auto& config : variants) {
    if (threads) config.run.threads = *threads;
    if (memory) config.run.memory = *memory;
    config.run.is_threads_said = threads.has_value();
    config.run.is_memory_said = memory.has_value();
  }
}

MemoryPlan plan_for_shard(const std::vector<Config>& variants, const Grid& grid, const std::vector<PlannedUnit>& plan,
                          std::size_t longest_day, int threads) {
  std::vector<std::size_t> most_points(variants.size());
  for (const auto& unit : plan)
    most_points[unit.variant] = std::max(most_points[unit.variant], unit.name.rows.size() * grid.points_per_row());
  MemoryPlan least{SIZE_MAX, 1};
  for (std::size_t v = 0; v < variants.size(); ++v) {
    const auto one = plan_shard_memory(variants[v], most_points[v], longest_day, threads);
    least.days_in_flight = std::min(least.days_in_flight, one.days_in_flight);
  }
  return least;
}

/// Every process of a cluster would read the whole store: a shard leaves out days that are as the run's first found them.
std::vector<DayHeader> check_stored(const RunRequest& request, const Config& config, const std::vector<DayKey>& days) {
  if (request.shard && !request.run.empty())
    if (const auto record = find_run(request.run)) return check_days_since(*record, config, days);
  return check_days(config, days);
}

std::vector<std::size_t> own_units(const std::vector<PlannedUnit>& plan, const std::optional<Shard>& shard) {
  const auto shards = shard ? assign_shards(plan, shard->count) : std::vector<std::size_t>();
  std::vector<std::size_t> own;
  for (std::size_t u = 0; u < plan.size(); ++u)
    if (!shard || shards[u] == shard->index) own.push_back(u);
  return own;
}

}  // namespace

ReduceOptions reduce_options(const Config& config, const Grid& grid, std::size_t days) {
  return {static_cast<double>(config.order.shares), is_sliced(config), config.objective, rows_to_rank(grid), days};
}

std::size_t SweepJob::points_kept(RowRange rows) const {
  if (keeps_surfaces()) return rows.size() * grid.points_per_row();
  return is_sliced(config()) ? 0 : 1;
}

std::vector<DayUnits> SweepJob::days_of(std::size_t variant) const {
  std::vector<DayUnits> days_with_units;
  for (const auto u : own) {
    const auto& unit = plan[u];
    if (unit.variant != variant) continue;
    if (days_with_units.empty() || days_with_units.back().day != unit.name.day)
      days_with_units.push_back({unit.name.day, {}});
    days_with_units.back().units.push_back(unit.name.rows);
  }
  return days_with_units;
}

SweepJob plan_sweep(const RunRequest& request) {
  auto variants = read_configs(request.config, request.sets);
  check_store_path(variants.front());
  auto resolved = to_yaml(variants.front());
  overrule(variants, request.threads, request.memory);
  for (const auto& config : variants) check_surfaces(config, request.engine);
  const auto& config = variants.front();
  auto grid = make_grid(config);
  auto days = select_units(config);
  const auto headers = check_stored(request, config, days);
  auto identity = identify(config, request.engine, headers);
  auto manifest = describe_run(identity, grid, threads_for(config, slurm_allotment(process_environment)));
  for (const auto& day : headers) manifest.days.push_back({to_string(day.key), day.rows, day.seal});
  auto plan = plan_units(variants, grid, days, request.engine, manifest.identity, manifest.days);
  manifest.points *= variants.size();
  manifest.units = plan.size();
  const auto longest = std::ranges::max(headers, {}, &DayHeader::rows).rows;
  const auto memory = request.shard ? plan_for_shard(variants, grid, plan, longest, manifest.threads)
                                    : plan_for_all(variants, grid, days.size(), longest, manifest.threads);
  RunFolder folder(request.run.empty() ? config.run.out / manifest.run_id : request.run, manifest.run_id);
  auto own = own_units(plan, request.shard);
  return {request,
          std::move(variants),
          std::move(grid),
          std::move(days),
          std::move(identity.content),
          std::move(plan),
          std::move(manifest),
          memory,
          std::move(folder),
          false,
          std::move(resolved),
          std::move(own)};
}

void make_folder(SweepJob& job) {
  job.folder = RunFolder(job.folder.path(), job.resolved, job.manifest);
}

SweepJob prepare_report(const std::filesystem::path& folder, const std::optional<int>& threads,
                        const std::optional<std::uint64_t>& memory) {
  auto run = plan_of_run(folder);
  overrule(run.variants, threads, memory);
  RunRequest request;
  request.config = folder / "config.resolved.yaml";
  request.run = folder;
  request.engine = run.record.engine();
  auto manifest = run.record.manifest;
  manifest.host = host_name();
  manifest.threads = threads_for(run.variants.front(), slurm_allotment(process_environment));
  const auto memory_plan = plan_for_all(run.variants, run.grid, run.days.size(), 0, manifest.threads);
  auto own = own_units(run.units, {});
  return {std::move(request),
          std::move(run.variants),
          std::move(run.grid),
          std::move(run.days),
          run.record.content(),
          std::move(run.units),
          std::move(manifest),
          memory_plan,
          RunFolder(folder, run.record.id()),
          true,
          "",
          std::move(own)};
}

}  // namespace sorsweep
