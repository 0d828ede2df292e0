#include "core/parallel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#include <tbb/version.h>

#include <algorithm>

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

void in_arena(int threads, const std::function<void()>& body) {
  // oneTBB counts from the machine's cores; this allows more threads than cores, which tests want.
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(std::max(1, threads)));
  tbb::task_arena arena(threads);
  arena.execute(body);
}

std::string tbb_version() {
  return TBB_runtime_version();
}

}  // namespace sorsweep
