#include "run/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/build_info.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "sorsweep/store/day_file.hpp"

namespace sorsweep {
namespace {

constexpr std::string_view kEngine = "engine: ";
constexpr std::string_view kDataOf = "data of ";

std::string version_line() {
  return fmt::format("results version: {}", kResultsVersion);
}

std::string data_line(const std::string& day, const std::string& hash) {
  return fmt::format("{}{}: {}", kDataOf, day, hash);
}

/// Returns whether an entry of the config bears on the content of a unit. Other entries say which units there are, or
/// what is made of all of them.
bool concerns_units(const ConfigEntry& entry) {
  return entry.key != "symbols" && entry.key != "days" && entry.key != "objective";
}

std::vector<std::string> lines_of(const std::vector<ConfigEntry>& entries) {
  std::vector<std::string> lines;
  for (const auto& entry : entries) lines.push_back(entry.line());
  return lines;
}

/// Appends the sentences that follow those of the config and are the same for all days.
void append_common(std::vector<std::string>& lines, const RunIdentity& identity) {
  lines.push_back(fmt::format("{}{}", kEngine, to_string(identity.engine)));
  for (const auto metric : identity.metrics) {
    const auto& info = metric_info(metric);
    const auto version = info.version == 0 ? "" : fmt::format(" (version {})", info.version);
    lines.push_back(fmt::format("metric: {}{}", info.name, version));
  }
  if (!identity.keeps_surfaces) lines.push_back("surfaces: none");
  lines.push_back(version_line());
}

std::string hash_lines(const std::vector<std::string>& lines) {
  Hasher hasher;
  for (const auto& line : lines) hasher.add_text(line);
  return hasher.hex();
}

}  // namespace

std::vector<std::string> RunIdentity::lines() const {
  auto lines = lines_of(config);
  append_common(lines, *this);
  for (const auto& [day, hash] : content) lines.push_back(data_line(day, hash));
  return lines;
}

std::vector<std::string> RunIdentity::lines_of_each_unit() const {
  std::vector<ConfigEntry> entries;
  std::ranges::copy_if(config, std::back_inserter(entries), concerns_units);
  auto lines = lines_of(entries);
  append_common(lines, *this);
  return lines;
}

std::string RunIdentity::line_of_day(const DayKey& day) const {
  const auto found = content.find(to_string(day));
  return found == content.end() ? "" : data_line(found->first, found->second);
}

std::string RunIdentity::id() const {
  return id_of(lines());
}

std::string RunIdentity::config_hash() const {
  return hash_lines(lines_of(config));
}

RunIdentity identity_of(const Config& config, Engine engine, DayHashes content) {
  return {semantic_entries(config), engine, config.run.metrics, config.run.surfaces != KeepSurfaces::none,
          std::move(content)};
}

const char* to_string(Engine engine) {
  return engine == Engine::brute ? "brute" : "collapse";
}

RecordedIdentity read_identity(const std::vector<std::string>& lines) {
  RecordedIdentity identity;
  const auto brute = fmt::format("{}{}", kEngine, to_string(Engine::brute));
  for (const std::string& line : lines) {
    if (line == brute) identity.engine = Engine::brute;
    if (line == version_line()) identity.is_of_this_version = true;
    const auto colon = line.rfind(": ");
    if (line.starts_with(kDataOf) && colon != std::string::npos)
      identity.content[line.substr(kDataOf.size(), colon - kDataOf.size())] = line.substr(colon + 2);
  }
  return identity;
}

std::vector<DayKey> RecordedIdentity::days() const {
  std::vector<DayKey> days;
  for (const auto& [name, hash] : content) {
    const auto space = name.rfind(' ');
    const auto date = parse_date(name.substr(space + 1));
    if (space == std::string::npos || !date || !is_symbol(name.substr(0, space)))
      throw Error(Exit::integrity, fmt::format("the manifest names «{}»", name), "that is not a symbol and a day");
    days.push_back({name.substr(0, space), *date});
  }
  std::ranges::sort(days, {},
                    [](const DayKey& day) { return std::pair(day.symbol, day.date); });  // The store has this order.
  return days;
}

std::string id_of(const std::vector<std::string>& lines) {
  return hash_lines(lines).substr(0, 16);
}

}  // namespace sorsweep
