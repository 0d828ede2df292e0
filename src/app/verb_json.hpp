/// \file
/// What verbs print with --json, except tables of a run (report/tables.hpp). Each prints one object with the keys
/// that docs/json.md lists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/version.hpp"
#include "core/error.hpp"
#include "market/synth.hpp"
#include "report/table.hpp"
#include "store/convert.hpp"

namespace sorsweep {

struct WrittenDay {
  Date date;
  std::filesystem::path file;
  std::uint64_t rows = 0, bytes = 0;
};
std::string synth_json(const SynthOptions& options, const std::filesystem::path& out, const std::string& format,
                       const std::vector<WrittenDay>& days);

std::string convert_json(const ConvertOptions& options, const ConvertReport& report);

struct InspectedDay {
  DayKey key;
  std::filesystem::path file;
  QuoteFacts facts;
  TimeNs first_ns = 0, last_ns = 0;
  std::uint64_t bytes = 0;
};
std::string inspect_json(const std::vector<InspectedDay>& days);

struct DamagedFile {
  std::filesystem::path file;
  Error error;
};
std::string verify_json(std::size_t files, const std::vector<DamagedFile>& damaged);

struct ReplayedUnit {
  DayKey key;
  std::string summary;
  Table log;
};

struct ReplayReport {
  std::filesystem::path run;
  std::string point;          ///< As the user wrote it.
  std::filesystem::path out;  ///< The file of the CSV; empty if there is none.
  std::vector<ReplayedUnit> units;
};
std::string replay_json(const ReplayReport& report);

/// The work that one shard of a run has done.
struct ShardOutcome {
  std::string run, run_id, shard;
  std::size_t units = 0, units_computed = 0, units_resumed = 0;
  double seconds = 0;
  std::uint64_t peak_memory = 0;  ///< Bytes.
};
std::string shard_json(const ShardOutcome& outcome);

/// Returns {"error": …}, which is printed instead of a verb's object.
std::string error_json(const Error& error);

/// Returns what --version prints with --json.
std::string program_json(const ProgramFacts& facts);

/// Returns the version in nlohmann-json's header.
std::string nlohmann_json_version();

}  // namespace sorsweep
