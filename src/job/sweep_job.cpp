// tested by: tests/python/shards_test.py (resolved)
#include "job/sweep_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/yaml_text.hpp"
#include "core/allotment.hpp"
#include "core/error.hpp"
#include "core/machine.hpp"
#include "core/memory_budget.hpp"
#include "job/day_loader.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

/// Refuses a store whose path the run's config.resolved.yaml could not name.
void check_store_path(const Config& config) {
  const auto path = std::filesystem::absolute(config.store).string();
  if (!is_plain_text(path))
    throw Error(Exit::usage, fmt::format("the store's path cannot be kept in a config: {}", path),
                "it has control characters or is not UTF-8", "move the store, or name it by another path");
}

Resources resources_of(const RunConfig& config, const std::optional<int>& threads,
                       const std::optional<std::uint64_t>& memory) {
  const auto allotment = slurm_allotment(process_environment);
  return {choose_threads(config.threads, threads, allotment), choose_memory(config.memory, memory, allotment)};
}

DayHashes hashes_of(const std::vector<DayHeader>& days) {
  DayHashes hashes;
  for (const auto& day : days) hashes[to_string(day.key)] = day.content;
  return hashes;
}

Manifest describe_run(const RunIdentity& identity, const std::vector<DayHeader>& days, int threads) {
  Manifest manifest;
  manifest.run_id = identity.id();
  manifest.identity = identity.lines();
  manifest.config_hash = identity.config_hash();
  manifest.host = host_name();
  manifest.threads = threads;
  manifest.started_at = utc_now();
  for (const auto& day : days) manifest.days.push_back({to_string(day.key), day.rows, day.seal});
  return manifest;
}

/// Plans every structural point. The least that any of them allows holds for all, and the most that any of them takes.
MemoryPlan plan_for_all(const RunPlan& plan, const RunSizes& sizes, const Resources& resources) {
  auto all = plan_memory(shape_of(plan, 0, sizes), resources);
  for (std::size_t s = 1; s < plan.configs.size(); ++s) {
    const auto one = plan_memory(shape_of(plan, s, sizes), resources);
    all.days_in_flight = std::min(all.days_in_flight, one.days_in_flight);
    all.most_file = std::min(all.most_file, one.most_file);
    for (const auto member : {&MemoryPlan::fixed, &MemoryPlan::each, &MemoryPlan::placements, &MemoryPlan::later,
                              &MemoryPlan::file, &MemoryPlan::peak})
      all.*member = std::max(all.*member, one.*member);
  }
  return all;
}

/// Returns the bytes of the largest unit file that is there; 0 if there is none.
std::uint64_t largest_file(const RunFolder& folder) {
  std::uint64_t largest = 0;
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator(folder.units(), ec)) {
    const auto size = entry.file_size(ec);
    if (!ec) largest = std::max<std::uint64_t>(largest, size);
  }
  return largest;
}

/// The days of a run, with what their files say.
struct RunDays {
  std::vector<DayKey> days;
  std::vector<DayHeader> headers;
  std::size_t left_out = 0;
};

/// Returns whether a config selects the days of a run. One that pins no days selects any.
bool selects_days_of(const Config& config, const RecordedIdentity& identity) {
  return config.pinned_days.empty() || select_pinned(config) == days_of_run(identity, config.symbols);
}

/// Returns the record of the run that this config continues, or nothing if it begins one. Another run in that folder is
/// refused when the folder is made.
std::optional<RunRecord> find_begun(const RunRequest& request, const Config& config) {
  auto record = request.run.empty() ? std::nullopt : find_run(request.run);
  if (!record || !selects_days_of(config, record->identity)) return std::nullopt;
  const auto lines = identity_of(config, request.engine, record->identity.content).lines();
  return lines == record->manifest.identity ? record : std::nullopt;
}

/// Takes the days of a run that has begun from its manifest. A shard does not read days that are as the run's first
/// process found them, because otherwise every process of a cluster would read the whole store.
RunDays days_of_begun(const RunRequest& request, const Config& config, const RunRecord& record) {
  RunDays found{days_of_run(record.identity, config.symbols), {}, 0};
  const auto& content = record.identity.content;
  found.left_out = static_cast<std::size_t>(std::ranges::count_if(
      select_units(config), [&](const DayKey& day) { return !content.contains(to_string(day)); }));
  found.headers = request.shard ? check_days_since(record, config, found.days) : check_days(config, found.days);
  check_unchanged(config, found.headers, content);
  return found;
}

RunDays days_of_new(const Config& config) {
  RunDays found{select_units(config), {}, 0};
  found.headers = check_days(config, found.days);
  return found;
}

RunDays days_for(const RunRequest& request, const Config& config) {
  const auto begun = find_begun(request, config);
  return begun ? days_of_begun(request, config, *begun) : days_of_new(config);
}

/// Returns whether another process has begun the run since this one planned it, with other days of the store.
bool has_other_days(const SweepJob& job) {
  const auto record = find_run(job.folder.path());
  if (!record || record->identity.content == job.plan.identity.content) return false;
  // The job's own config has its days pinned by now.
  return find_begun(job.request, read_configs(job.request.config, job.request.sets).front()).has_value();
}

DaysBySymbol by_symbol(const std::vector<DayKey>& days) {
  DaysBySymbol sorted;
  for (const auto& day : days) sorted[day.symbol].push_back(day.date);
  return sorted;
}

std::vector<std::size_t> own_units(const std::vector<PlannedUnit>& plan, const std::optional<Shard>& shard) {
  const auto shards = shard ? assign_shards(plan, shard->count) : std::vector<std::size_t>();
  std::vector<std::size_t> own;
  for (std::size_t u = 0; u < plan.size(); ++u)
    if (!shard || shards[u] == shard->index) own.push_back(u);
  return own;
}

}  // namespace

RunShape shape_of(const RunPlan& plan, std::size_t structural_point, const RunSizes& sizes) {
  std::size_t unit_points = 0;
  for (const auto& unit : plan.units)
    if (unit.structural_point == structural_point) unit_points = std::max(unit_points, plan.points_of(unit));
  const auto& config = plan.configs[structural_point];
  return {config, plan.grid,   reduce_options(plan, config), plan.identity.engine,
          sizes,  unit_points, plan.configs.size()};
}

ReduceOptions reduce_options(const RunPlan& plan, const Config& config) {
  return {static_cast<double>(config.order.shares), is_sliced(config), config.objective, rows_to_rank(plan.grid),
          plan.days.size()};
}

std::vector<DayUnits> days_of(const std::vector<PlannedUnit>& units, const std::vector<std::size_t>& own,
                              std::size_t structural_point) {
  std::vector<DayUnits> days;
  for (const auto u : own) {
    const auto& unit = units[u];
    if (unit.structural_point != structural_point) continue;
    if (days.empty() || days.back().day != unit.name.day) days.push_back({unit.name.day, {}});
    days.back().units.push_back(unit.name.rows);
  }
  return days;
}

SweepJob plan_sweep(const RunRequest& request) {
  auto configs = read_configs(request.config, request.sets);
  check_store_path(configs.front());
  for (const auto& config : configs) check_surfaces(config, request.engine);
  auto& config = configs.front();
  const auto resources = resources_of(config.run, request.threads, request.memory);
  limit_memory(resources.memory);
  check_axes(config, resources);
  auto grid = make_grid(config);
  if (!request.shard) check_points(config, grid, resources);
  auto [days, headers, left_out] = days_for(request, config);
  config.pinned_days = by_symbol(days);
  auto identity = identity_of(config, request.engine, hashes_of(headers));
  auto manifest = describe_run(identity, headers, resources.threads);
  auto units = plan_units(configs, grid, days, identity, manifest.days);
  manifest.points = grid.size() * configs.size();
  manifest.units = units.size();
  RunFolder folder(request.run.empty() ? config.run.out / manifest.run_id : request.run, manifest.run_id);
  RunPlan plan{std::move(configs),  std::move(grid),  std::move(days),
               std::move(identity), std::move(units), std::move(manifest)};
  const RunSizes sizes{std::ranges::max(headers, {}, &DayHeader::rows).rows, largest_file(folder),
                       request.shard.has_value(), false};
  const auto memory = plan_for_all(plan, sizes, resources);
  auto own = own_units(plan.units, request.shard);
  return {request, std::move(plan), sizes, memory, std::move(folder), std::move(own), left_out};
}

std::uint64_t merge_memory(const SweepJob& job) {
  auto sizes = job.sizes;
  sizes.is_shard = false;
  sizes.is_finished = true;
  std::uint64_t most = 0;
  for (std::size_t s = 0; s < job.plan.configs.size(); ++s) {
    auto shape = shape_of(job.plan, s, sizes);
    shape.sizes.largest_file = most_bytes_of_file(shape);  // The files are not there yet.
    most = std::max(most, least_memory(shape, job.threads()));
  }
  return most;
}

bool make_folder(SweepJob& job) {
  const auto path = job.folder.path();
  const auto resolved = to_yaml(job.plan.config());
  begin_run(path, resolved, job.plan.manifest);
  if (has_other_days(job)) return false;
  job.folder = RunFolder(path, resolved, job.plan.manifest);
  return true;
}

SweepJob prepare_report(const std::filesystem::path& run, const std::optional<int>& threads,
                        const std::optional<std::uint64_t>& memory) {
  auto plan = plan_of_run(run);
  const auto resources = resources_of(plan.config().run, threads, memory);
  limit_memory(resources.memory);
  plan.manifest.host = host_name();
  plan.manifest.threads = resources.threads;
  RunRequest request;
  request.config = run / "config.resolved.yaml";
  request.run = run;
  request.engine = plan.identity.engine;
  request.only_finished = true;
  RunFolder folder(run, id_of(plan.manifest.identity));
  const RunSizes sizes{std::ranges::max(plan.manifest.days, {}, &Manifest::Day::rows).rows, largest_file(folder), false,
                       true};
  const auto memory_plan = plan_for_all(plan, sizes, resources);
  auto own = own_units(plan.units, {});
  return {std::move(request), std::move(plan), sizes, memory_plan, std::move(folder), std::move(own)};
}

}  // namespace sorsweep
