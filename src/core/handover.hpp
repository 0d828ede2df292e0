/// \file
/// What oneTBB guarantees, said once more in our own code: all that was done before `give` is seen after `take`.
/// Debian's libtbb is not built for ThreadSanitizer, which takes the end of a loop or a graph for a race without it.
#pragma once

#include <atomic>

namespace sorsweep {

class Handover {
 public:
  void give() { count_.fetch_add(1, std::memory_order_release); }
  void take() const { static_cast<void>(count_.load(std::memory_order_acquire)); }

 private:
  std::atomic<unsigned> count_{0};
};

}  // namespace sorsweep
