/// \file
/// How far a verb has come: a bar on a terminal, an occasional line elsewhere.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "job/run_observer.hpp"

namespace sorsweep {

/// Shows on standard error how far something has come, from a thread of its own.
class Ticker {
 public:
  struct View {
    double share = 0;   ///< Share of the work that is done, from 0 to 1; negative if unknown.
    std::string words;  ///< "3 of 10 files".
  };

  /// \param verb  the first word of lines if there is no terminal
  /// \param look  called from the thread
  /// \param quiet whether to show nothing
  Ticker(std::string verb, std::function<View(double seconds)> look, bool quiet);
  /// Shows work that cannot be counted: what it is, and for how long.
  Ticker(std::string verb, std::string words, bool quiet);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  /// Returns the seconds since construction.
  double seconds() const;

 private:
  void tick();
  void show() const;

  const std::string verb_;
  const std::function<View(double)> look_;
  const bool draws_;  ///< Whether it draws a bar instead of printing lines.
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

/// What a ticker shows at the end of a run.
inline constexpr const char* kFinishing = "judging the best point, writing tables and report";

/// Runs `body` while a ticker shows `words`, and returns its result.
template <class Body>
auto with_ticker(const char* verb, const char* words, bool quiet, const Body& body) {
  const Ticker ticker(verb, words, quiet);
  return body();
}

/// Shows how far a sweep has come, by points and units.
class Progress : public RunObserver {
 public:
  /// \param total_points   points × units
  /// \param share_of_units the part of the whole work that units count for; points count for the rest
  /// \param quiet          whether to show nothing
  Progress(std::uint64_t total_points, std::size_t total_units, double share_of_units, bool quiet,
           std::string verb = "sweep");

  /// These may be called from any thread.
  void add_points(std::uint64_t count) override { points_ += count; }
  void add_unit() override { ++units_; }

  double seconds() const { return ticker_.seconds(); }
  /// Returns the share of the work that is done, from 0 to 1.
  double share() const;

 private:
  Ticker::View view(double seconds) const;

  const std::uint64_t total_points_;
  const std::size_t total_units_;
  const double share_of_units_;
  std::atomic<std::uint64_t> points_{0};
  std::atomic<std::size_t> units_{0};
  Ticker ticker_;  ///< It must be the last member, as its thread reads the others.
};

/// Shows work that is counted in one kind of thing: files, days, bytes.
class StepProgress {
 public:
  /// \param total 0 if it is not known
  /// \param what  "files"; "bytes" are shown as sizes
  StepProgress(std::string verb, std::uint64_t total, std::string what, bool quiet);

  /// These may be called from any thread.
  void add(std::uint64_t count = 1) { done_ += count; }
  void set(std::uint64_t done, std::uint64_t total) {
    total_ = total;
    done_ = done;
  }

  double share() const;  ///< From 0 to 1; negative if unknown.

 private:
  std::string words() const;

  std::atomic<std::uint64_t> total_;
  const std::string what_;
  std::atomic<std::uint64_t> done_{0};
  Ticker ticker_;
};

}  // namespace sorsweep
