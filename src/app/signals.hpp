/// \file
/// SIGTERM, SIGINT and SIGUSR1 ask a sweep to stop cleanly; a second SIGTERM or SIGINT ends it at once.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace sorsweep {

/// Installs the handlers, once, and returns the flag that they set. Schedulers send SIGUSR1 as an early warning, so a
/// SIGTERM that follows it counts as the first.
const std::atomic<bool>& stop_on_signals();

/// Returns the name of the signal that set the flag, like "SIGTERM"; empty if none did.
std::string stop_signal();

/// Watches a stop flag and calls `abandon` once, from a thread of its own, when the flag has been set for longer than
/// the grace period: work in flight is then to be given up. It does nothing if it is destroyed before.
class GraceTimer {
 public:
  /// \param grace if empty, the grace period has no end and nothing is watched
  GraceTimer(const std::atomic<bool>& stop, std::optional<std::chrono::nanoseconds> grace,
             std::function<void()> abandon);
  ~GraceTimer();
  GraceTimer(const GraceTimer&) = delete;
  GraceTimer& operator=(const GraceTimer&) = delete;

 private:
  void watch(const std::atomic<bool>& stop, std::chrono::nanoseconds grace, const std::function<void()>& abandon);

  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread watcher_;
};

}  // namespace sorsweep
