/// \file
/// Work in parts on several threads: blocks that keep their order, and parts that need none. The store's door to oneTBB.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace sorsweep {

/// One block on its way. The middle step sees the blocks in the order in which they were made, one at a time.
class BlockJob {
 public:
  BlockJob() = default;
  virtual ~BlockJob() = default;
  BlockJob(const BlockJob&) = delete;
  BlockJob& operator=(const BlockJob&) = delete;

  virtual void before() = 0;    ///< on any thread, beside other blocks
  virtual void in_order() = 0;  ///< one block at a time, in order
  virtual void after() = 0;     ///< on any thread again
};

/// Runs every job that `next` makes until it makes none; `next` is never called twice at a time. A few blocks a thread
/// are in flight, so memory does not grow with their number. What a job throws, this throws.
void run_blocks(int threads, const std::function<std::unique_ptr<BlockJob>()>& next);

/// Calls part(0) … part(count − 1), in any order.
void run_parts(int threads, std::size_t count, const std::function<void(std::size_t)>& part);

}  // namespace sorsweep
