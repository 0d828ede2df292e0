/// \file
/// What the event logs of a run say, taken together.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "run/run_status.hpp"

namespace sorsweep {

/// A unit that was computed. If several processes computed it, the first one counts.
struct FinishedLine {
  std::string unit;
  TimeNs time_ns = 0;
};

struct RunHistory {
  std::vector<RunProcess> processes;   ///< In order of their starts.
  std::vector<RunningUnit> running;    ///< Begun by a process that has not ended and is not known to be gone.
  std::vector<FailedUnit> failed;      ///< Failed, and neither done nor begun again since; each unit once.
  std::vector<FinishedLine> computed;  ///< In order of time.
};

/// Returns whether a process is known to be gone. \param start is its first event
using IsGone = std::function<bool(const RunEvent& start)>;

/// Asks this host. Nothing is known about processes of other hosts, of other pid namespaces (containers), or from
/// before the host was started: there the same pid may be that of another process, or of none.
bool is_gone(const RunEvent& start);

/// Returns the time by the clock of the file system that holds the run. Hosts that share it may have other clocks.
/// Where no file can be made to see it, this is the host's time.
TimeNs file_system_now(const std::filesystem::path& run);

/// Reads RUN/logs/*.jsonl. Lines that are not events are skipped, and so are logs that cannot be read. A run without
/// logs has no history. Nothing is thrown, except when memory runs out.
RunHistory read_history(const std::filesystem::path& run, const IsGone& gone = is_gone);

}  // namespace sorsweep
