/// \file
/// What decides the results of a run: as data, and as the sentences that its manifest holds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "sorsweep/market/day_key.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// Hashes of the days' data (DayHeader::content), by the days' names.
using DayHashes = std::map<std::string, std::string>;

/// Two runs with the same identity have the same numbers.
struct RunIdentity {
  std::vector<ConfigEntry> config;  ///< semantic_entries
  Engine engine = Engine::collapse;
  std::vector<Metric> metrics;
  bool keeps_surfaces = true;  ///< The unit files differ, the results do not.
  DayHashes content;

  /// Sentences that the id covers: config, engine, metrics, results version, data.
  std::vector<std::string> lines() const;
  /// Those of the sentences that concern every unit: which other units there are does not, nor does what is made of all.
  std::vector<std::string> lines_of_each_unit() const;
  /// The sentence about the data of a day; empty for a day that the run does not have.
  std::string line_of_day(const DayKey& day) const;

  /// Hash of the lines: 16 hexadecimal digits.
  std::string id() const;
  std::string config_hash() const;
};

RunIdentity identity_of(const Config& config, Engine engine, DayHashes content);

const char* to_string(Engine engine);

/// What the sentences of a manifest say.
struct RecordedIdentity {
  Engine engine = Engine::collapse;
  bool is_of_this_version = false;  ///< The results version is that of this program.
  DayHashes content;

  /// Days of the run, by symbol and then by date. \throws Error (integrity) for a name that is not of a day
  std::vector<DayKey> days() const;
};

/// Reads back what RunIdentity::lines wrote. The manifest holds an identity as sentences only, and its bytes are to stay
/// those of earlier versions, so this is the one place where sentences become data again.
RecordedIdentity read_identity(const std::vector<std::string>& lines);

/// Id of the run with these lines: 16 hexadecimal digits.
std::string id_of(const std::vector<std::string>& lines);

}  // namespace sorsweep
