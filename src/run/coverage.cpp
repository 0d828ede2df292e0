#include "run/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "run/alone_command.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

std::string files_of(const std::vector<fs::path>& paths) {
  std::vector<std::string> words;
  for (const auto& path : paths) words.push_back(shell_word(path.string()));
  return fmt::format("{}", fmt::join(words, " "));
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

}  // namespace sorsweep
