#include "core/parallel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_group.h>
#include <tbb/version.h>

#include "core/handover.hpp"

namespace sorsweep {

void parallel_ranges(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body) {
  // On its own: when another task of the graph throws, a loop that has begun still runs to its end. A loop that were
  // cancelled from outside would return as if it had.
  tbb::task_group_context alone(tbb::task_group_context::isolated);
  Handover begun;
  Handover done;
  begun.give();
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, count, grain),
      [&](const auto& range) {
        begun.take();
        body(range.begin(), range.end());
        done.give();
      },
      alone);
  done.take();
}

std::string tbb_version() {
  return TBB_runtime_version();
}

}  // namespace sorsweep
