/// \file
/// What decides the results of a run, both as data and as the sentences that its manifest holds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "sorsweep/market/quotes.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// Hashes of the days' data (DayHeader::content), by the names of the days.
using DayHashes = std::map<std::string, std::string>;

/// Everything that the results of a run depend on. Two runs with the same identity have the same numbers.
struct RunIdentity {
  std::vector<ConfigEntry> config;  ///< Everything in the config that decides results.
  Engine engine = Engine::collapse;
  std::vector<Metric> metrics;
  bool keeps_surfaces = true;  ///< The unit files differ, the results do not.
  DayHashes content;

  /// Returns the sentences that the id covers: config, engine, metrics, results version and data.
  std::vector<std::string> lines() const;
  /// Returns the sentences that every unit depends on. Which other units there are is left out, and so is what is made
  /// of all of them.
  std::vector<std::string> lines_of_each_unit() const;
  /// Returns the sentence about the data of a day, or an empty one if the run does not have that day.
  std::string line_of_day(const DayKey& day) const;

  /// Returns 16 hexadecimal digits of the hash of all lines.
  std::string id() const;
  std::string config_hash() const;
};

RunIdentity identity_of(const Config& config, Engine engine, DayHashes content);

const char* to_string(Engine engine);

/// What the sentences of a manifest say, as data.
struct RecordedIdentity {
  Engine engine = Engine::collapse;
  bool is_of_this_version = false;  ///< The results version is that of this program.
  DayHashes content;

  /// Returns the days of the run, by symbol and then by date. \throws Error (integrity) for a name that is not that of
  /// a day
  std::vector<DayKey> days() const;
};

/// Reads back what RunIdentity::lines wrote. The manifest holds the identity as sentences only, and its format is
/// fixed, so this is the one place where sentences become data again.
RecordedIdentity read_identity(const std::vector<std::string>& lines);

/// Returns the id of the run with these lines: 16 hexadecimal digits.
std::string id_of(const std::vector<std::string>& lines);

}  // namespace sorsweep
