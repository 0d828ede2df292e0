/// \file
/// The made-up market behind synth_day(): venues that follow one reference quote, and the tape that records
/// them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/synth_random.hpp"
#include "market/synth_tape.hpp"
#include "sorsweep/core/time.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep::synth {

/// $0.01, the grid of all prices.
inline constexpr Nano kTick = 10'000'000;

enum Side : std::size_t { kBid = 0, kAsk = 1 };

/// A venue's best price on one side. No queue: px 0 ticks, size 0.
struct Queue {
  std::int64_t px_ticks = 0;
  std::uint32_t size = 0;
};

struct Venue {
  std::array<Queue, 2> queue;  ///< by Side
  std::uint32_t publisher_id = 0;
  std::uint32_t depth_lots = 0;  ///< what its queues tend to, round lots
  int share = 0;                 ///< of the market's events, in parts of the sum over venues
  int attention = 0;             ///< of 8 looks at a quote that is off the reference, this many mend it
  TimeNs latency_ns = 0;
  TimeNs last_event_ns = -1;
  TimeNs last_recv_ns = 0;
};

/// A reference bid and ask walk on the tick grid; venues add, cancel and trade at it, run dry, fall behind
/// and return.
class Market {
 public:
  /// \param traits draws what a venue is like, on this day as on any other; `random` draws what happens
  Market(int venues, std::int64_t bid_ticks, Random traits, Random& random, Tape& tape);

  /// One row of every venue, so that all are known early in the day.
  void open();

  /// One event: one row or more.
  void step();

 private:
  // What moves the reference: a side of the market gives way, or comes closer.
  int move_per_million() const;
  void move();
  void give_way(Side side);
  void come_closer(Side side);

  // What happens at one venue.
  void act(std::size_t v, Side side);
  void grow_or_shrink(std::size_t v, Side side);
  void trade(std::size_t v, Side side);
  void vanish(std::size_t v, Side side);
  void requote(std::size_t v, Side side);

  // How it changes the books and is told.
  void join(std::size_t v, Side side, std::int64_t px_ticks, std::uint32_t shares);
  void take(std::size_t v, Side side, std::uint32_t shares, bool traded);
  void run_dry(std::size_t v, Side side);
  void tell(std::size_t v, char action, Side side, std::int64_t px_ticks, std::uint32_t size);

  bool stands(std::size_t v, Side side, std::int64_t px_ticks) const;
  bool another_stands(std::size_t v, Side side, std::int64_t px_ticks) const;
  std::size_t pick_venue();
  std::uint32_t draw_order_size();
  std::uint32_t draw_queue_size(std::uint32_t most_lots);

  std::vector<Venue> venues_;
  std::array<std::int64_t, 2> reference_;  // ticks, by Side
  Random& random_;
  Tape& tape_;
  int shares_ = 0;                      // sum of Venue::share
  std::size_t empty_venue_ = SIZE_MAX;  // has a side without a queue: mended by the next event
};

}  // namespace sorsweep::synth
