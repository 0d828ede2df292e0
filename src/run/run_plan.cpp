#include "run/run_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/build_info.hpp"
#include "core/error.hpp"

namespace sorsweep {
namespace {

/// In the order of the config's symbols, then of dates.
std::vector<DayKey> days_of_run(const RunRecord& record, const std::vector<std::string>& symbols) {
  auto days = record.days();
  const auto place = [&](const DayKey& day) { return std::ranges::find(symbols, day.symbol) - symbols.begin(); };
  std::ranges::stable_sort(days, {}, place);
  return days;
}

/// The manifest says whose units they are, the file what they mean.
void check_config(const RunRecord& record, const Config& config, const std::filesystem::path& path) {
  const auto lines = semantic_lines(config);
  const auto [there, here] = std::ranges::mismatch(record.lines(), lines);
  if (here == lines.end()) return;
  throw Error(Exit::integrity, fmt::format("{} is not the config of this run", path.string()),
              fmt::format("the manifest has «{}», it has «{}»", there == record.lines().end() ? "" : *there, *here),
              "restore the file, or sweep again into another folder");
}

}  // namespace

RunPlan plan_of_run(const std::filesystem::path& run) {
  auto record = read_run(run);
  const auto version = fmt::format("results version: {}", kResultsVersion);
  if (std::ranges::find(record.lines(), version) == record.lines().end())
    throw Error(Exit::usage, fmt::format("{} was made by another version of sorsweep", run.string()),
                "its results need not be those of this one", "sweep again, into another folder");
  const auto path = run / "config.resolved.yaml";
  auto variants = read_configs(path, {});
  check_config(record, variants.front(), path);
  auto grid = make_grid(variants.front());
  auto days = days_of_run(record, variants.front().symbols);
  auto units = plan_units(variants, grid, days, record.engine(), record.lines(), record.manifest.days);
  return {std::move(record), std::move(variants), std::move(grid), std::move(days), std::move(units)};
}

}  // namespace sorsweep
