/// \file
/// Who watches a run, and may stop it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "run/event_log.hpp"

namespace sorsweep {

/// Observes the progress of a run. It is called from any thread.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void add_points(std::uint64_t count) = 0;
  virtual void add_unit() = 0;
};

/// What a run reports to while it goes on.
struct RunWatch {
  RunObserver& observer;
  EventLog* events;               ///< The log of this process; may be null.
  const std::atomic<bool>& stop;  ///< Once it is true, no further unit begins.
};

/// Counts the units that a process has dealt with.
struct UnitCounts {
  std::size_t computed = 0;
  std::size_t resumed = 0;  ///< They were there before.
};

}  // namespace sorsweep
