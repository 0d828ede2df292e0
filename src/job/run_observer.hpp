/// \file
/// Who watches a run, and may stop it.
#pragma once

#include <atomic>
#include <cstdint>

#include "run/event_log.hpp"

namespace sorsweep {

/// Told of a run's progress, from any thread.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void add_points(std::uint64_t count) = 0;
  virtual void add_unit() = 0;
};

/// What a run reports to while it goes on.
struct RunWatch {
  RunObserver& observer;
  EventLog* events;               ///< is told of units; may be null
  const std::atomic<bool>& stop;  ///< once it is true, no further unit is begun
};

}  // namespace sorsweep
