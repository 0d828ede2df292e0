#include "app/signals.hpp"

#include <signal.h>

#include <utility>

namespace sorsweep {
namespace {

/// A signal handler cannot wake a condition variable, so the timer polls the flag at this interval.
constexpr std::chrono::milliseconds kLook{20};

std::atomic<bool> stop{false};
std::atomic<int> first_signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may only touch lock-free atomics");

void ask_to_stop(int signal) {
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
  stop = true;
  if (signal == SIGUSR1) return;
  ::signal(SIGTERM, SIG_DFL);  // The next one of either kind ends the process.
  ::signal(SIGINT, SIG_DFL);
}

bool install_handlers() {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) ::sigaction(signal, &action, nullptr);
  return true;
}

}  // namespace

const std::atomic<bool>& stop_on_signals() {
  // A second call would arm again what the first signal disarmed.
  [[maybe_unused]] static const bool once = install_handlers();
  return stop;
}

std::string stop_signal() {
  switch (first_signal) {
    case SIGTERM:
      return "SIGTERM";
    case SIGINT:
      return "SIGINT";
    case SIGUSR1:
      return "SIGUSR1";
    default:
      return "";
  }
}

GraceTimer::GraceTimer(const std::atomic<bool>& stop, std::optional<std::chrono::nanoseconds> grace,
                       std::function<void()> abandon) {
  if (!grace) return;
  watcher_ = std::thread([this, &stop, time = *grace, abandon = std::move(abandon)] { watch(stop, time, abandon); });
}

GraceTimer::~GraceTimer() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  if (watcher_.joinable()) watcher_.join();
}

void GraceTimer::watch(const std::atomic<bool>& stop, std::chrono::nanoseconds grace,
                       const std::function<void()>& abandon) {
  std::unique_lock lock(mutex_);
  const auto is_done = [this] { return done_; };
  while (!stop)
    if (wake_.wait_for(lock, kLook, is_done)) return;
  if (wake_.wait_for(lock, grace, is_done)) return;
  lock.unlock();
  abandon();
}

}  // namespace sorsweep
