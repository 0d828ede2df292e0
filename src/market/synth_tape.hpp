/// \file
/// The tape that records the synthetic market behind `synth_day`.
#pragma once

#include <cstddef>
#include <vector>

#include "sorsweep/core/time.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep::synth {

// Every row is received between these two latencies after its event.
inline constexpr TimeNs kLeastLatencyNs = 100'000;
inline constexpr TimeNs kMostLatencyNs = 400'000;

/// Takes rows in the order in which they happen and writes them in the order in which they are received. It has one
/// time slot per row. An event of three rows happens at the first of three slots, so that neither the number of rows
/// nor their density over the day changes.
class Tape {
 public:
  /// \param slots one time per row, in ns, ascending
  Tape(const std::vector<TimeNs>& slots, QuoteColumns& columns) : slots_(slots), columns_(columns) {}

  bool full() const { return taken_ == slots_.size(); }
  std::size_t room() const { return slots_.size() - taken_; }

  /// Returns the time of the rows to come.
  TimeNs now_ns() const { return now_ns_; }

  /// Moves the clock to the next slot, and writes the rows that have been received by then.
  void begin_event();

  /// Lets the clock run on within an event, but not beyond the next slot.
  void wait(TimeNs ns);

  /// Takes a row. Once the tape is full the day is over, and rows are dropped.
  void add(const QuoteRow& row);

  /// Writes the rows that are still held back. Call this last.
  void finish() { write_until(INT64_MAX); }

 private:
  void write_until(TimeNs recv_ns);

  const std::vector<TimeNs>& slots_;
  QuoteColumns& columns_;
  std::vector<QuoteRow> held_;  // ordered by ts_recv_ns; only a few, because latencies are short
  std::size_t taken_ = 0;
  TimeNs now_ns_ = 0;
};

}  // namespace sorsweep::synth
