/// \file
/// Who watches a run.
#pragma once

#include <cstdint>

namespace sorsweep {

/// Told of a run's progress, from any thread.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void add_points(std::uint64_t count) = 0;
  virtual void add_unit() = 0;
};

}  // namespace sorsweep
