/// \file
/// What records the made-up market behind synth_day().
#pragma once

#include <cstddef>
#include <vector>

#include "sorsweep/core/time.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep::synth {

/// No row is received sooner after its event than this, or later than the other.
inline constexpr TimeNs kLeastLatencyNs = 100'000;
inline constexpr TimeNs kMostLatencyNs = 400'000;

/// Takes rows as they happen and writes them as they are received. It has one time slot a row: an event of
/// three rows happens at the first of three slots, so that neither the number of rows nor their density over
/// the day changes.
class Tape {
 public:
  /// \param slots ascending, ns; one row each
  Tape(const std::vector<TimeNs>& slots, QuoteColumns& columns) : slots_(slots), columns_(columns) {}

  bool full() const { return taken_ == slots_.size(); }
  std::size_t room() const { return slots_.size() - taken_; }

  /// The time of the rows to come.
  TimeNs now_ns() const { return now_ns_; }

  void begin_event();

  /// Lets the clock run within an event, but not beyond the next one.
  void wait(TimeNs ns);

  /// Rows that find no room are dropped: the day is over.
  void add(const QuoteRow& row);

  /// Writes what is held back. To be called last.
  void finish() { write_until(INT64_MAX); }

 private:
  void write_until(TimeNs recv_ns);

  const std::vector<TimeNs>& slots_;
  QuoteColumns& columns_;
  std::vector<QuoteRow> held_;  // ordered by ts_recv_ns; a handful, as latencies are short
  std::size_t taken_ = 0;
  TimeNs now_ns_ = 0;
};

}  // namespace sorsweep::synth
