// tested by: tests/python/merge_test.py (foreign)
#include "run/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "run/alone_command.hpp"
#include "run/run_plan.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

std::string files_of(const std::vector<fs::path>& paths) {
  std::vector<std::string> words;
  for (const auto& path : paths) words.push_back(shell_word(path.string()));
  return fmt::format("{}", fmt::join(words, " "));
}

constexpr std::size_t kMostUnits = 10'000'000;  ///< More days, structural points and parts than any run has.

/// Returns the cost of each unit. What it takes to make a day ready is divided among the units of the day.
std::vector<double> costs_of(const std::vector<PlannedUnit>& plan) {
  std::vector<double> costs;
  for (std::size_t first = 0; first < plan.size();) {
    auto last = first;
    while (last < plan.size() && plan[last].structural_point == plan[first].structural_point &&
           plan[last].day == plan[first].day)
      ++last;
    for (auto u = first; u < last; ++u)
      costs.push_back(static_cast<double>(plan[u].evaluate) +
                      static_cast<double>(plan[u].prepare) / static_cast<double>(last - first));
    first = last;
  }
  return costs;
}

/// Counts the units of a run whose plan cannot be made. They have no names.
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

std::size_t UnitFiles::done() const {
  return static_cast<std::size_t>(std::ranges::count(there, true));
}

UnitFiles look_at_units(const RunFolder& folder, const std::vector<PlannedUnit>& plan) {
  std::set<std::string> files;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder.units(), ec)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with('.')) files.insert(name);
  }
  UnitFiles found;
  for (const auto& unit : plan) found.there.push_back(files.erase(unit.name.file()) > 0);
  for (const auto& name : files) found.foreign.push_back(folder.units() / name);
  return found;
}

void check_coverage(const RunFolder& folder, const std::vector<PlannedUnit>& plan, Engine engine) {
  const auto found = look_at_units(folder, plan);
  if (!found.foreign.empty()) {
    std::vector<std::string> names;
    for (const auto& path : found.foreign) names.push_back(path.filename().string());
    throw Error(
        Exit::integrity,
        fmt::format("{} has files that are no units of this run: {}", folder.units().string(), join_some(names)),
        "they come from other data, another config or another program", "move them out of that folder");
  }
  std::vector<std::string> missing;
  for (std::size_t u = 0; u < plan.size(); ++u)
    if (!found.there[u]) missing.push_back(to_string(plan[u].name));
  if (missing.empty()) return;
  throw Error(Exit::incomplete,
              fmt::format("{} of {} units are missing: {}", missing.size(), plan.size(), join_some(missing)),
              "their shards did not end, or failed: see `sorsweep status`",
              fmt::format("compute them with: {}", complete_command(folder.path(), engine)));
}

void name_damaged(const RunFolder& folder, const std::vector<PlannedUnit>& plan, Engine engine) {
  std::vector<fs::path> damaged;
  std::vector<std::string> names;
  for (const auto& unit : plan) {
    try {
      folder.has_unit(unit.name);
    } catch (const Error& error) {
      if (error.code() != Exit::integrity) throw;
      damaged.push_back(folder.units() / unit.name.file());
      names.push_back(unit.name.file());
    }
  }
  if (damaged.empty()) return;
  throw Error(Exit::integrity, fmt::format("{} units are damaged or foreign: {}", damaged.size(), join_some(names)),
              "their bytes are not those that were published",
              fmt::format("delete them and compute them again: rm {} && {}", files_of(damaged),
                          complete_command(folder.path(), engine)));
}

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
    count_units(run, manifest.units, coverage);  // The config is not written yet, or comes from another version.
  }
  return coverage;
}

}  // namespace sorsweep
