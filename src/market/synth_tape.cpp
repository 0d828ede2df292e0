#include "market/synth_tape.hpp"

#include <algorithm>
#include <iterator>

namespace sorsweep::synth {

void Tape::begin_event() {
  now_ns_ = slots_[taken_];
  write_until(now_ns_ + kLeastLatencyNs);
}

void Tape::wait(TimeNs ns) {
  if (!full()) now_ns_ = std::min(now_ns_ + ns, slots_[taken_]);
}

void Tape::add(const QuoteRow& row) {
  if (full()) return;
  ++taken_;
  auto place = held_.end();
  while (place != held_.begin() && std::prev(place)->ts_recv_ns > row.ts_recv_ns) --place;
  held_.insert(place, row);
}

void Tape::write_until(TimeNs recv_ns) {
  auto row = held_.begin();
  for (; row != held_.end() && row->ts_recv_ns <= recv_ns; ++row) columns_.push_back(*row);
  held_.erase(held_.begin(), row);
}

}  // namespace sorsweep::synth
