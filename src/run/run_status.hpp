/// \file
/// How far a run is, and who worked on it. `status` and the report show it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "run/run_log.hpp"

namespace sorsweep {

/// One process, according to its event log.
struct RunProcess {
  /// A process is lost if it is gone without an `end`. A killed process of another host is not known to be lost.
  enum class State { running, ended, lost };

  RunEvent start;  ///< Says who the process is.
  TimeNs last_ns = 0;
  /// How far its host's clock is ahead of that of the run's file system; 0 if it is less than a second, or not known.
  /// All times here are by the clock of the file system.
  TimeNs clock_ahead_ns = 0;
  State state = State::running;
  int exit = 0;        ///< Exit code, if it has ended.
  std::string signal;  ///< Signal that asked it to stop; empty if none did.
  std::size_t units_computed = 0, units_resumed = 0, units_failed = 0;
  /// Time from its start to its last event other than `end`: what follows the last unit does not count.
  double wall_seconds = 0;
  double busy_seconds = 0;              ///< Part of it spent on units that no other process finished earlier.
  std::uint64_t peak_memory = 0;        ///< Bytes.
  std::uint64_t units_peak_memory = 0;  ///< Bytes, at the end of its last unit.
};

/// A unit that a process is computing.
struct RunningUnit {
  std::string unit, host, shard;
  TimeNs since_ns = 0;

  double seconds(TimeNs now_ns) const;  ///< Time since it began; 0 if the clocks differ.
};

/// The last failure of a unit.
struct FailedUnit {
  std::string unit, error, alone, host, shard;
  int exit = 0;
  TimeNs time_ns = 0;
};

struct RunStatus {
  std::string run_id, result_hash;  ///< result_hash is empty while the run is not merged.
  std::size_t units = 0, done = 0;
  std::vector<RunningUnit> running;
  std::vector<FailedUnit> failed;
  std::optional<std::vector<std::size_t>> missing_shards;  ///< Counted from 1; nothing if not asked for.
  std::optional<double> rate_per_minute, eta_seconds;      ///< Nothing if not known.
  std::optional<double> efficiency;                        ///< From 0 to 1.
  double busy_seconds = 0;
  std::vector<RunProcess> processes;  ///< In order of their starts.
  TimeNs now_ns = 0;

  /// Returns the number of units that are not there. Running and failed ones are among them.
  std::size_t missing() const { return units - done; }
};

/// Returns the share of the processes' wall_seconds that they were busy, weighted by their threads: from 0 to 1, or
/// nothing if no time has passed.
std::optional<double> efficiency_of(const std::vector<RunProcess>& processes);

/// Returns "running", "ended" or "lost".
const char* to_string(RunProcess::State state);

/// Returns the status as one JSON object (docs/runs.md, "status").
std::string status_json(const RunStatus& status);

struct RunCoverage;
struct RunHistory;

/// Puts together what is there and what the event logs say. \param now_ns is the moment that rate and time to go refer
/// to
RunStatus make_status(const RunCoverage& coverage, const RunHistory& history, TimeNs now_ns);

/// Returns a few lines and tables for people. \param run is the run's folder
std::string status_text(const RunStatus& status, const std::string& run);

}  // namespace sorsweep
