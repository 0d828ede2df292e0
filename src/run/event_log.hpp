/// \file
/// This process's event log: RUN/logs/<UTC>-<host>-<pid>.jsonl (docs/runs.md, "logs").
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/allotment.hpp"
#include "core/error.hpp"
#include "run/run_log.hpp"

namespace sorsweep {

/// Any thread may write; each event is one write() of a whole line at the file's end. A log that cannot be written is said
/// once on standard error and never fails a sweep: nothing here throws but for lack of memory.
class EventLog {
 public:
  struct Start {
    std::string shard;  ///< "3/8", or empty
    int threads = 0;
    std::uint64_t memory = 0;  ///< bytes of the budget
    std::size_t units = 0;     ///< that this process was given
    std::string command;
  };

  /// Writes `start`. \param run the run's folder \param environment has SLURM's ids
  EventLog(const std::filesystem::path& run, const Start& start, const Environment& environment = process_environment);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  /// \param unit its name for people: "SYN 2024-07-08 slice=5m rows 0-25"
  void unit_begin(const std::string& unit);

  /// It is published. \param fresh computed here; else it was there, and was verified
  /// \param seconds that it took; nothing: since unit_begin
  void unit_done(const std::string& unit, bool fresh, std::optional<double> seconds = std::nullopt);

  /// \param alone the command that repeats it
  void unit_failed(const std::string& unit, Exit exit, const std::string& error, const std::string& alone);

  /// \param signal "SIGTERM" \param abandoned units in flight that were given up
  void stop(const std::string& signal, const std::vector<std::string>& abandoned = {});

  /// The last one of a process that ends by itself: whatever threads that are given up still say is not written.
  void end(Exit exit);

  /// Units that have begun and are neither done nor failed.
  std::vector<std::string> in_flight() const;

 private:
  using Clock = std::chrono::steady_clock;

  RunEvent event(RunEvent::Kind kind) const;
  void write(const RunEvent& event);
  void complain(int error);

  std::filesystem::path path_;
  const Clock::time_point start_ = Clock::now();
  mutable std::mutex mutex_;
  int file_ = -1;
  bool has_complained_ = false;
  bool has_ended_ = false;
  bool is_torn_ = false;  ///< the last line was not written whole
  std::map<std::string, Clock::time_point> begun_;
  std::size_t computed_ = 0, resumed_ = 0;
};

}  // namespace sorsweep
