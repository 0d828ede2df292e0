/// \file
/// Loops and pipelines on threads.
///
/// `parallel_ranges` uses the threads of the task arena that it is called in. `run_blocks` and `run_parts` bring an
/// arena of their own with the number of threads that they are given.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace sorsweep {

/// Calls `body(first, last)` for parts of [0, count) that hold about `grain` items each, on any thread of the current
/// arena. It returns when all parts are done. An exception from one part ends the loop and is rethrown here.
void parallel_ranges(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

/// Calls `body` in an arena of this many threads. The loops in it use no more.
void in_arena(int threads, const std::function<void()>& body);

/// Calls `part(0)` … `part(count − 1)` in any order on `threads` threads. An exception from one part is rethrown here.
void run_parts(int threads, std::size_t count, const std::function<void(std::size_t)>& part);

/// One block on its way through `run_blocks`.
class BlockJob {
 public:
  BlockJob() = default;
  virtual ~BlockJob() = default;
  BlockJob(const BlockJob&) = delete;
  BlockJob& operator=(const BlockJob&) = delete;

  virtual void before() = 0;    ///< Runs on any thread, beside other blocks.
  virtual void in_order() = 0;  ///< Runs for one block at a time, in the order in which the blocks were made.
  virtual void after() = 0;     ///< Runs on any thread, beside other blocks.
};

/// Runs every job that `next` makes, until `next` returns null. `next` is never called by two threads at once. Only a
/// few blocks per thread are in flight, so memory does not grow with their number. An exception from a job is rethrown
/// here.
void run_blocks(int threads, const std::function<std::unique_ptr<BlockJob>()>& next);

/// Repeats in our own code what oneTBB guarantees: everything done before `give` is visible after `take`. Debian's
/// libtbb is not built for ThreadSanitizer, which would report the end of a loop or of a graph as a race without this.
class Handover {
 public:
  void give() { count_.fetch_add(1, std::memory_order_release); }
  void take() const { static_cast<void>(count_.load(std::memory_order_acquire)); }

 private:
  std::atomic<unsigned> count_{0};
};

/// Returns the version of oneTBB at run time.
std::string tbb_version();

}  // namespace sorsweep
