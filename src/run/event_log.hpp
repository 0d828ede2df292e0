/// \file
/// The event log of this process: RUN/logs/<UTC>-<host>-<pid>.jsonl (docs/runs.md, "logs"). If a process of the same
/// second, host name and pid has that name (in another container), "-2" and so on stands behind the pid.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/allotment.hpp"
#include "core/error.hpp"
#include "core/file_calls.hpp"
#include "run/run_log.hpp"

namespace sorsweep {

/// Appends events to the log, from any thread: each is a single write() of a whole line. A log that cannot be written
/// causes one message on standard error, and never fails a sweep: nothing here throws, except when memory runs out.
class EventLog {
 public:
  struct Start {
    std::string shard;  ///< As "3/8"; empty for a whole run.
    int threads = 0;
    std::uint64_t memory = 0;  ///< Memory budget in bytes.
    std::size_t units = 0;     ///< Number of units that this process was given.
    std::string command;
  };

  /// Writes the event `start`. \param run is the run's folder \param environment holds SLURM's ids
  EventLog(const std::filesystem::path& run, const Start& start, const Environment& environment = process_environment);
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  /// Writes that a unit begins. \param unit is its name for people, as "SYN 2024-07-08 slice=5m rows 0-25"
  void unit_begin(const std::string& unit);

  /// Writes that a unit is published.
  /// \param fresh   means that this process computed it; else it was there and was verified
  /// \param seconds is how long it took; nothing means since unit_begin
  void unit_done(const std::string& unit, bool fresh, std::optional<double> seconds = std::nullopt);

  /// Writes that a unit failed. \param alone is the command that repeats it
  void unit_failed(const std::string& unit, Exit exit, const std::string& error, const std::string& alone);

  /// Writes that the process was asked to stop.
  /// \param signal is a name such as "SIGTERM" \param abandoned are units in flight that were given up
  void stop(const std::string& signal, const std::vector<std::string>& abandoned = {});

  /// Writes the last event of a process that ends by itself. Later events of threads that were given up are dropped.
  void end(Exit exit);

  /// Returns the units that have begun and are neither done nor failed.
  std::vector<std::string> in_flight() const;

 private:
  RunEvent event(RunEvent::Kind kind) const;
  void write(const RunEvent& event);
  void complain(int error);
  void open(const std::filesystem::path& folder, TimeNs time_ns);

  std::filesystem::path path_;
  const TimeNs start_ns_;  ///< The host's clock is read once: later events count from there, even if it is set anew.
  const TimeNs begin_ns_;  ///< The same moment as boot_time_ns, by which all durations are measured.
  mutable std::mutex mutex_;
  Descriptor file_;
  bool has_complained_ = false;
  bool has_ended_ = false;
  bool is_torn_ = false;                 ///< The last line was cut off.
  std::map<std::string, TimeNs> begun_;  ///< When, as boot_time_ns.
  std::size_t computed_ = 0, resumed_ = 0;
};

}  // namespace sorsweep
