/// \file
/// How far a sweep is: a bar on a terminal, a line now and then elsewhere.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace sorsweep {

class Progress {
 public:
  /// \param total_points points × units
  /// \param share_of_units of the whole work: the rest is the points'
  /// \param quiet shows nothing
  Progress(std::uint64_t total_points, std::size_t total_units, double share_of_units, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// From any thread.
  void add_points(std::uint64_t count) { points_ += count; }
  void add_unit() { ++units_; }

  double seconds() const;
  /// How much is done, from 0 to 1.
  double share() const;

 private:
  void tick();
  void show() const;

  const std::uint64_t total_points_;
  const std::size_t total_units_;
  const double share_of_units_;
  const bool on_terminal_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> points_{0};
  std::atomic<std::size_t> units_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread ticker_;
};

}  // namespace sorsweep
