#include "app/signals.hpp"

#include <signal.h>

namespace sorsweep {
namespace {

std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

}  // namespace

const std::atomic<bool>& stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) {
    stop = true;
    ::signal(SIGTERM, SIG_DFL);  // the next one, of either kind, ends the process
    ::signal(SIGINT, SIG_DFL);
  };
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
  return stop;
}

}  // namespace sorsweep
