#include "core/parallel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#include <tbb/version.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "core/error.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kBlocksPerThread = 4;

/// Calls `body`. oneTBB throws a runtime_error if the system refuses it a thread, which is a lack of resources.
void with_threads(const std::function<void()>& body) {
  try {
    body();
  } catch (const std::runtime_error& error) {
    if (!std::string_view(error.what()).starts_with("pthread_")) throw;
    throw Error(Exit::resources, "the system refuses a thread", error.what(),
                "take fewer threads (--threads), or allow the process more memory");
  }
}

void run_serial(const std::function<std::unique_ptr<BlockJob>()>& next) {
  while (const auto job = next()) {
    job->before();
    job->in_order();
    job->after();
  }
}

}  // namespace

void in_arena(int threads, const std::function<void()>& body) {
  const auto count = std::max(1, threads);
  // By default oneTBB never uses more threads than there are cores. The global control lets tests use more.
  const tbb::global_control most(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(count));
  tbb::task_arena arena(count);
  with_threads([&] { arena.execute(body); });
}

void parallel_ranges(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body) {
  // The loop has a context of its own. If it shared one with the task graph, an exception elsewhere in the graph would
  // cancel it, and it would return as if it had finished.
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

void run_parts(int threads, std::size_t count, const std::function<void(std::size_t)>& part) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) part(i);
    return;
  }
  in_arena(threads, [&] { tbb::parallel_for(std::size_t{0}, count, part); });
}

void run_blocks(int threads, const std::function<std::unique_ptr<BlockJob>()>& next) {
  if (threads <= 1) return run_serial(next);
  using Job = std::shared_ptr<BlockJob>;
  const auto make = [&](tbb::flow_control& control) {
    Job job = next();
    if (!job) control.stop();
    return job;
  };
  const auto step = [](void (BlockJob::*function)()) {
    return [function](Job job) {
      (job.get()->*function)();
      return job;
    };
  };
  in_arena(threads, [&] {
    tbb::parallel_pipeline(
        kBlocksPerThread * static_cast<std::size_t>(threads),
        tbb::make_filter<void, Job>(tbb::filter_mode::serial_in_order, make) &
            tbb::make_filter<Job, Job>(tbb::filter_mode::parallel, step(&BlockJob::before)) &
            tbb::make_filter<Job, Job>(tbb::filter_mode::serial_in_order, step(&BlockJob::in_order)) &
            tbb::make_filter<Job, void>(tbb::filter_mode::parallel, [](const Job& job) { job->after(); }));
  });
}

std::string tbb_version() {
  return TBB_runtime_version();
}

}  // namespace sorsweep
