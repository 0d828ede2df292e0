/// \file
/// How far a run is, and who worked on it: for `status` and for the report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "run/run_log.hpp"

namespace sorsweep {

/// One process, as its event log tells.
struct RunProcess {
  /// Lost: gone without a word. A process of another host that was killed is not known to be lost.
  enum class State { running, ended, lost };

  RunEvent start;  ///< who it is
  TimeNs last_ns = 0;
  State state = State::running;
  int exit = 0;        ///< of one that ended
  std::string signal;  ///< that asked it to stop; empty: none
  std::size_t units_computed = 0, units_resumed = 0, units_failed = 0;
  /// From its start to its last event but `end`: what comes after the last unit is not counted.
  double wall_seconds = 0;
  double busy_seconds = 0;  ///< of these, those in which units were in work that count: computed here before elsewhere
  std::uint64_t peak_memory = 0;        ///< bytes
  std::uint64_t units_peak_memory = 0;  ///< bytes, by the end of its last unit
};

/// A unit at work.
struct RunningUnit {
  std::string unit, host, shard;
  TimeNs since_ns = 0;

  double seconds(TimeNs now_ns) const;  ///< for how long; 0 for clocks that differ
};

/// What went wrong with a unit the last time.
struct FailedUnit {
  std::string unit, error, alone, host, shard;
  int exit = 0;
  TimeNs time_ns = 0;
};

struct RunStatus {
  std::string run_id, result_hash;  ///< result_hash: empty while the run is not merged
  std::size_t units = 0, done = 0;
  std::vector<RunningUnit> running;
  std::vector<FailedUnit> failed;
  std::optional<std::vector<std::size_t>> missing_shards;  ///< from 1; nothing: not asked for
  std::optional<double> rate_per_minute, eta_seconds;      ///< nothing: not known
  std::optional<double> efficiency;                        ///< from 0 to 1
  double busy_seconds = 0;
  std::vector<RunProcess> processes;  ///< in order of their starts
  TimeNs now_ns = 0;

  /// Not there: those that are running or have failed are among them.
  std::size_t missing() const { return units - done; }
};

/// Share of the processes' wall_seconds, each weighted by its threads, in which units were in work that count. From 0 to 1;
/// nothing without a second of them.
std::optional<double> efficiency_of(const std::vector<RunProcess>& processes);

/// "running", "ended", "lost"
const char* to_string(RunProcess::State state);

/// One object (docs/runs.md, "status").
std::string status_json(const RunStatus& status);

struct RunCoverage;
struct RunHistory;

/// \param now_ns the moment that rate and ETA are for
RunStatus make_status(const RunCoverage& coverage, const RunHistory& history, TimeNs now_ns);

/// A few lines and tables for people. \param run the run's folder
std::string status_text(const RunStatus& status, const std::string& run);

}  // namespace sorsweep
