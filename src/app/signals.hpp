/// \file
/// SIGTERM, SIGINT and SIGUSR1 ask a sweep to stop in order; a second SIGTERM or SIGINT ends it at once.
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

/// Installs the handlers, once, and returns the flag that they set. SIGUSR1 is the early warning of schedulers: the SIGTERM
/// that may follow it counts as a first one.
const std::atomic<bool>& stop_on_signals();

/// "SIGTERM": what set the flag; empty while nothing did.
std::string stop_signal();

/// Watches a flag. Once it has been set for longer than the time of grace, calls `abandon`, once, on a thread of its own:
/// work that is still going on is then to be given up. Ends quietly when it is destroyed before.
class GraceTimer {
 public:
  /// \param grace nothing: there is no end to it, and nothing is watched
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
