/// \file
/// Facts about the machine and the moment, for manifests and messages. They never decide a result.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// Returns the machine's name, or "host" if the system does not tell.
std::string host_name();

/// Returns what this process's pid is a pid in: the start of the host's kernel, and the pid namespace there, such as
/// "3b1f6f0e-9c1f-4a55-8f6c-2f1d1c9a7b11/4026531836"; empty if the system does not tell.
std::string pid_namespace();

/// Returns the current time by this host's clock.
TimeNs now_ns();

/// Returns the time since this host was started, suspended times included. Setting the clock does not change it.
TimeNs boot_time_ns();

/// Returns when an open file was changed last, by the clock of its file system; 0 if the system does not tell.
TimeNs file_time_ns(int descriptor);

/// Returns the current time in UTC, formatted as `format_iso_time` does.
std::string utc_now();

/// Returns the words that this process was started with, joined by blanks. They are not quoted for a shell.
std::string command_line();

/// Returns the machine's memory in bytes.
std::uint64_t machine_memory();

/// Returns the most memory that this process has held so far, in bytes.
std::uint64_t peak_memory();

/// Measures the wall time since it was made.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

}  // namespace sorsweep
