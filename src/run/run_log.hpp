/// \file
/// What a process writes down of its work on a run: events, one JSON object a line (docs/runs.md, "logs").
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// Whose a process is, in SLURM's words.
struct SlurmIds {
  std::string job, array_job, task;  ///< array_job, task: empty outside of arrays
  int restart = 0;                   ///< how many times the job was requeued
  std::string node;
};

struct RunEvent {
  enum class Kind { start, unit_begin, unit, unit_failed, stop, end };
  Kind kind = Kind::start;
  TimeNs time_ns = 0;

  // start
  std::string host;
  int pid = 0;
  std::string shard;  ///< "3/8", or empty
  int threads = 0;
  std::uint64_t memory = 0;  ///< bytes of the budget
  std::optional<SlurmIds> slurm;
  std::size_t units = 0;  ///< that the process was given
  std::string command;

  // unit_begin, unit, unit_failed
  std::string unit;               ///< "SYN 2024-07-08 slice=5m rows 0-25"
  bool fresh = true;              ///< computed by this process; else it was there, and was verified
  std::string error, alone;       ///< what went wrong, and the command that repeats it alone
  int exit = 0;                   ///< of unit_failed and end
  double seconds = 0;             ///< of unit and end
  std::uint64_t peak_memory = 0;  ///< bytes, of unit and end: the most that the process has held so far

  // stop
  std::string signal;
  std::vector<std::string> abandoned;  ///< units

  // end
  std::size_t units_computed = 0, units_resumed = 0;
};

/// With the fields of its kind only; without a line's end.
std::string to_json(const RunEvent& event);

/// Nothing where the line is no event: torn, or of a later version.
std::optional<RunEvent> read_event(std::string_view line);

}  // namespace sorsweep
