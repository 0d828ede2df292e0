/// \file
/// How far a verb is: a bar on a terminal, a line now and then elsewhere.
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

/// Takes the bar off the terminal, so that a message can stand there; the bar comes again below it. From any thread.
void clear_bar();

/// A thread that shows on standard error, again and again, how far something is.
class Ticker {
 public:
  struct View {
    double share = 0;   ///< of the work, from 0 to 1; below 0: not known
    std::string words;  ///< "3 of 10 files"
  };

  /// \param verb  begins the lines where there is no terminal
  /// \param look  is called from the thread
  /// \param quiet shows nothing
  Ticker(std::string verb, std::function<View(double seconds)> look, bool quiet);
  /// Of work that cannot be counted: says what it is, and for how long.
  Ticker(std::string verb, std::string words, bool quiet);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  /// Since it was made.
  double seconds() const;

 private:
  void tick();
  void show() const;

  const std::string verb_;
  const std::function<View(double)> look_;
  const bool draws_;  ///< a bar; else lines
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

/// What is shown at the end of a run.
inline constexpr const char* kFinishing = "judging the best point, writing tables and report";

/// Shows `words` while `body` is at work. \return what it returns
template <class Body>
auto with_ticker(const char* verb, const char* words, bool quiet, const Body& body) {
  const Ticker ticker(verb, words, quiet);
  return body();
}

/// Of a sweep: its points and units.
class Progress : public RunObserver {
 public:
  /// \param total_points points × units
  /// \param share_of_units of the whole work: the rest is the points'
  /// \param quiet shows nothing
  Progress(std::uint64_t total_points, std::size_t total_units, double share_of_units, bool quiet,
           std::string verb = "sweep");

  /// From any thread.
  void add_points(std::uint64_t count) override { points_ += count; }
  void add_unit() override { ++units_; }

  double seconds() const { return ticker_.seconds(); }
  /// How much is done, from 0 to 1.
  double share() const;

 private:
  Ticker::View view(double seconds) const;

  const std::uint64_t total_points_;
  const std::size_t total_units_;
  const double share_of_units_;
  std::atomic<std::uint64_t> points_{0};
  std::atomic<std::size_t> units_{0};
  Ticker ticker_;  ///< last: it looks at the others
};

/// Of work that is counted in one thing: files, days, bytes.
class StepProgress {
 public:
  /// \param total 0: not known
  /// \param what  "files"; "bytes" are shown as sizes
  StepProgress(std::string verb, std::uint64_t total, std::string what, bool quiet);

  /// From any thread.
  void add(std::uint64_t count = 1) { done_ += count; }
  void set(std::uint64_t done, std::uint64_t total) {
    total_ = total;
    done_ = done;
  }

  double share() const;  ///< from 0 to 1; below 0: not known

 private:
  std::string words() const;

  std::atomic<std::uint64_t> total_;
  const std::string what_;
  std::atomic<std::uint64_t> done_{0};
  Ticker ticker_;
};

}  // namespace sorsweep
