#include "app/run_folder.hpp"

#include <fmt/format.h>

#include "sorsweep/core/build_info.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "sorsweep.unit";
constexpr std::int64_t kSchemaVersion = 1;
constexpr unsigned kDeflateLevel = 1;  // surfaces are written once, and long runs of one value shrink at any level
constexpr std::string_view kDataOf = "data of ";
constexpr const char* kManifest = "manifest.json";

/// The first line in which two runs differ, as "there X, here Y".
std::string first_difference(const std::vector<std::string>& there, const std::vector<std::string>& here) {
  const auto line = [](const std::vector<std::string>& lines, std::size_t i) {
    return i < lines.size() ? fmt::format("«{}»", lines[i]) : std::string("nothing");
  };
  std::size_t i = 0;
  while (i < there.size() && i < here.size() && there[i] == here[i]) ++i;
  return fmt::format("there {}, here {}", line(there, i), line(here, i));
}

std::string hash_lines(const std::vector<std::string>& lines) {
  Hasher hasher;
  for (const auto& line : lines) hasher.add_text(line);
  return hasher.hex();
}

std::vector<double> costs_of(const notebook::Baselines& b) {
  return {b.naive.total_cost, b.twap.total_cost, b.vwap.total_cost};
}
std::vector<double> prices_of(const notebook::Baselines& b) {
  return {b.naive.avg_price, b.twap.avg_price, b.vwap.avg_price};
}

std::int64_t as_number(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

}  // namespace

const char* to_string(Engine engine) {
  return engine == Engine::brute ? "brute" : "collapse";
}

std::vector<std::string> RunIdentity::lines() const {
  auto lines = config_lines;
  lines.push_back(fmt::format("engine: {}", to_string(engine)));
  lines.push_back(fmt::format("results version: {}", kResultsVersion));
  for (const auto& [day, hash] : content) lines.push_back(fmt::format("{}{}: {}", kDataOf, day, hash));
  return lines;
}

std::map<std::string, std::string> read_run_content(const fs::path& folder) {
  const auto path = folder / kManifest;
  if (!fs::exists(path))
    throw Error(Exit::input, fmt::format("{} is no run", folder.string()), fmt::format("it has no {}", kManifest));
  std::map<std::string, std::string> content;
  for (const std::string& line : read_identity(path.string(), read_file(path, Exit::input))) {
    const auto colon = line.rfind(": ");
    if (line.starts_with(kDataOf) && colon != std::string::npos)
      content[line.substr(kDataOf.size(), colon - kDataOf.size())] = line.substr(colon + 2);
  }
  return content;
}

std::string RunIdentity::id() const {
  return hash_lines(lines()).substr(0, 16);
}

std::string RunIdentity::config_hash() const {
  return hash_lines(config_lines);
}

RunFolder::RunFolder(fs::path path, const Config& config, const Manifest& manifest)
    : path_(std::move(path)), id_(manifest.run_id) {
  make_folder(path_ / "units");
  // Of several processes that begin at once, the first one's manifest counts; the others compare with it.
  const auto before = path_ / kManifest;
  if (fs::exists(before) || !publish_text_if_absent(before, manifest_json(manifest))) {
    const auto there = read_identity(before.string(), read_file(before, Exit::integrity));
    if (there != manifest.identity)
      throw Error(Exit::usage, fmt::format("{} holds another run", path_.string()),
                  first_difference(there, manifest.identity), "choose another folder with -o, or delete this one");
  }
  sweep_temporaries(path_);
  sweep_temporaries(path_ / "units");
  write("config.resolved.yaml", to_yaml(config));
}

fs::path RunFolder::unit_path(const DayKey& day) const {
  return path_ / "units" / fmt::format("{}-{}.h5", day.symbol, format_date(day.date));
}

std::optional<UnitResult> RunFolder::read_unit(const DayKey& day, std::size_t points) const {
  const auto path = unit_path(day);
  if (!fs::exists(path)) return std::nullopt;
  const h5::Reader file(path);
  if (file.text("kind") != kKind || file.number("schema_version") != kSchemaVersion || file.text("run_id") != id_ ||
      file.text("unit") != to_string(day))
    throw Error(Exit::integrity, fmt::format("{} belongs to another run", path.string()), "",
                "delete it and sweep again");
  UnitResult unit;
  const auto count = [&](const char* name) { return static_cast<std::uint64_t>(file.number(name)); };
  unit.facts = {day,
                {count("rows"), count("outside_window"), count("undefined_ask"), count("duplicates")},
                count("snapshots"),
                {}};
  const auto costs = file.column<double>("baseline_total_cost");
  const auto prices = file.column<double>("baseline_avg_price");
  unit.surface = {file.column<double>("total_cost"), file.column<double>("filled_shares")};
  if (costs.size() != 3 || prices.size() != 3 || unit.surface.total_cost.size() != points ||
      unit.surface.filled_shares.size() != points)
    throw Error(Exit::integrity, fmt::format("{} has columns of another length", path.string()), "",
                "delete it and sweep again");
  unit.facts.baselines = {{costs[0], prices[0]}, {costs[1], prices[1]}, {costs[2], prices[2]}};
  return unit;
}

void RunFolder::write_unit(const UnitResult& unit) const {
  publish(unit_path(unit.facts.day), [&](const fs::path& temporary) {
    h5::Writer file(temporary, kDeflateLevel);
    const auto& [day, counts, snapshots, baselines] = unit.facts;
    file.attribute("kind", kKind);
    file.attribute("schema_version", kSchemaVersion);
    file.attribute("program", fmt::format("sorsweep {} ({})", build_info().version, build_info().git_sha));
    file.attribute("run_id", id_);
    file.attribute("unit", to_string(day));
    file.attribute("rows", as_number(counts.rows));
    file.attribute("outside_window", as_number(counts.outside_window));
    file.attribute("undefined_ask", as_number(counts.undefined_ask));
    file.attribute("duplicates", as_number(counts.duplicates));
    file.attribute("snapshots", as_number(snapshots));
    const auto column = [&](const char* name, const std::vector<double>& values, const char* unit_name) {
      file.column(name, std::span<const double>(values), unit_name);
    };
    column("baseline_total_cost", costs_of(baselines), "USD; naive, twap, vwap");
    column("baseline_avg_price", prices_of(baselines), "USD a share; naive, twap, vwap");
    column("total_cost", unit.surface.total_cost, "USD; a point of the grid");
    column("filled_shares", unit.surface.filled_shares, "shares; a point of the grid");
    file.write_sealed();
  });
}

void RunFolder::write(const std::string& name, const std::string& text) const {
  publish_text(path_ / name, text);
}

}  // namespace sorsweep
