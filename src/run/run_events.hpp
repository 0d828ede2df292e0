/// \file
/// What the event logs of a run tell, taken together.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "run/run_status.hpp"

namespace sorsweep {

/// A unit that was computed. Of several processes that computed the same one, the first one's counts.
struct FinishedLine {
  std::string unit;
  TimeNs time_ns = 0;
};

struct RunHistory {
  std::vector<RunProcess> processes;   ///< in order of their starts
  std::vector<RunningUnit> running;    ///< begun by a process that has not ended and is not known to be gone
  std::vector<FailedUnit> failed;      ///< and neither done nor begun again since; each unit once
  std::vector<FinishedLine> computed;  ///< in order of time
};

/// Whether the process is known to be no more.
using IsGone = std::function<bool(const std::string& host, int pid)>;

/// For processes of this host.
bool is_gone(const std::string& host, int pid);

/// Reads RUN/logs/*.jsonl; lines that are no events are left out, as are logs that cannot be read. Never throws but for
/// lack of memory: a run without logs has no history.
RunHistory read_history(const std::filesystem::path& run, const IsGone& gone = is_gone);

}  // namespace sorsweep
