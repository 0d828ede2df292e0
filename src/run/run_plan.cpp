// tested by: tests/python/hostile/run_attacks.py (resolved)
#include "run/run_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "run/run_folder.hpp"

namespace sorsweep {
namespace {

/// Returns whether a resolved config may be that of the run: it pins the days of the run, or none.
bool pins_days_of(const Config& config, const RecordedIdentity& identity) {
  std::vector<DayKey> pinned;
  for (const auto& [symbol, days] : config.pinned_days)
    for (const auto date : days) pinned.push_back({symbol, date});
  return pinned.empty() || pinned == identity.days();
}

/// Checks that the config is that of the manifest: the manifest says whose units they are, the config what they mean.
/// \throws Error (integrity)
void check_config(const RunRecord& record, const Config& config, const std::filesystem::path& path) {
  const auto refuse = [&](const std::string& why) {
    throw Error(Exit::integrity, fmt::format("{} is not the config of this run", path.string()), why,
                "restore the file, or sweep again into another folder");
  };
  const auto& identity = record.manifest.identity;
  std::vector<std::string> lines;
  for (const auto& entry : semantic_entries(config)) lines.push_back(entry.line());
  if (const auto [there, here] = std::ranges::mismatch(identity, lines); here != lines.end())
    refuse(fmt::format("the manifest has «{}», it has «{}»", there == identity.end() ? "" : *there, *here));
  if (!pins_days_of(config, record.identity)) refuse("its pinned_days are not the days of the manifest");
}

}  // namespace

std::size_t points_kept(const RunPlan& plan, RowRange rows) {
  if (plan.keeps_surfaces()) return rows.size() * plan.grid.points_per_row();
  return is_sliced(plan.config()) ? 0 : 1;
}

std::vector<DayKey> days_of_run(const RecordedIdentity& identity, const std::vector<std::string>& symbols) {
  auto days = identity.days();
  const auto place = [&](const DayKey& day) { return std::ranges::find(symbols, day.symbol) - symbols.begin(); };
  std::ranges::stable_sort(days, {}, place);
  return days;
}

bool is_config_of(const RunRecord& record, const std::filesystem::path& path) {
  try {
    check_config(record, read_configs(path, {}).front(), path);
    return true;
  } catch (const Error& error) {
    if (error.code() == Exit::resources) throw;
    return false;
  }
}

RunPlan plan_of_run(const std::filesystem::path& run) {
  auto record = read_run(run);
  if (!record.identity.is_of_this_version)
    throw Error(Exit::usage, fmt::format("{} was made by another version of sorsweep", run.string()),
                "its results may differ from those of this version", "sweep again, into another folder");
  const auto path = run / "config.resolved.yaml";
  auto configs = read_configs(path, {});
  check_config(record, configs.front(), path);
  auto grid = make_grid(configs.front());
  auto days = days_of_run(record.identity, configs.front().symbols);
  auto identity = identity_of(configs.front(), record.identity.engine, std::move(record.identity.content));
  auto units = plan_units(configs, grid, days, identity, record.manifest.days);
  return {std::move(configs),  std::move(grid),  std::move(days),
          std::move(identity), std::move(units), std::move(record.manifest)};
}

}  // namespace sorsweep
