/// \file
/// What a process logs about its work on a run: events, as one JSON object per line (docs/runs.md, "logs").
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// The ids that SLURM gave to a process.
struct SlurmIds {
  std::string job, array_job, task;  ///< array_job and task are empty outside of arrays.
  int restart = 0;                   ///< Number of times that the job was requeued.
  std::string node;
};

struct RunEvent {
  enum class Kind { start, unit_begin, unit, unit_failed, stop, end };
  Kind kind = Kind::start;
  TimeNs time_ns = 0;

  // Fields of `start`.
  /// The same moment by the clock of the run's file system, which all hosts share; 0 if it is not known.
  TimeNs file_time_ns = 0;
  std::string host;
  int pid = 0;
  std::string pid_namespace;  ///< As core/machine.hpp has it; empty if it is not known.
  std::string shard;          ///< As "3/8"; empty for a whole run.
  int threads = 0;
  std::uint64_t memory = 0;  ///< Memory budget in bytes.
  std::optional<SlurmIds> slurm;
  std::size_t units = 0;  ///< Number of units that the process was given.
  std::string command;

  // Fields of `unit_begin`, `unit` and `unit_failed`.
  std::string unit;               ///< As "SYN 2024-07-08 slice=5m rows 0-25".
  bool fresh = true;              ///< This process computed the unit; else it was there and was verified.
  std::string error, alone;       ///< What went wrong, and the command that repeats the unit alone.
  int exit = 0;                   ///< Set for `unit_failed` and `end`.
  double seconds = 0;             ///< Set for `unit` and `end`.
  std::uint64_t peak_memory = 0;  ///< Set for `unit` and `end`: the most bytes the process has held so far.

  // Fields of `stop`.
  std::string signal;
  std::vector<std::string> abandoned;  ///< Names of the units that were given up.

  // Fields of `end`.
  std::size_t units_computed = 0, units_resumed = 0;
};

/// Returns the event with the fields of its kind, without a line break.
std::string to_json(const RunEvent& event);

/// Reads an event, or returns nothing if the line is not one: it may be cut off, or come from a later version.
std::optional<RunEvent> read_event(std::string_view line);

}  // namespace sorsweep
