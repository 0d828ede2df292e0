#include "app/run_coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "app/run_folder.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/report/run_status.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

/// "SYN-2024-07-08@slice=5m.h5" → "SYN 2024-07-08 slice=5m"; empty for what is no unit's file
std::string unit_of(const std::string& file) {
  static const std::regex pattern(R"(([^.].*)-(\d{4}-\d\d-\d\d)(@(.*))?\.h5)");
  std::smatch part;
  if (!std::regex_match(file, part, pattern)) return "";
  return fmt::format("{} {}{}{}", part[1].str(), part[2].str(), part[3].matched ? " " : "", part[4].str());
}

}  // namespace

RunCoverage coverage_of(const fs::path& run, std::optional<std::size_t>) {
  read_run(run);  // refuses what is none
  const auto path = run / "manifest.json";
  const auto outline = read_outline(path.string(), read_file(path, Exit::input));
  RunCoverage coverage;
  coverage.run_id = outline.run_id;
  coverage.result_hash = outline.result_hash;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(run / "units", ec))
    if (const auto unit = unit_of(entry.path().filename().string()); !unit.empty()) coverage.units.push_back(unit);
  std::ranges::sort(coverage.units);
  coverage.done.assign(coverage.units.size(), true);
  coverage.units.resize(std::max(coverage.units.size(), outline.units));
  coverage.done.resize(coverage.units.size());
  return coverage;
}

}  // namespace sorsweep
