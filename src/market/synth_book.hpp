/// \file
/// The synthetic market behind `synth_day`: venues that follow one reference quote.
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

/// One cent, in nano-dollars: all prices are multiples of it.
inline constexpr Nano kTick = 10'000'000;

enum Side : std::size_t { kBid = 0, kAsk = 1 };

/// A venue's best price on one side. Without a queue, both are 0.
struct Queue {
  std::int64_t px_ticks = 0;
  std::uint32_t size = 0;
};

struct Venue {
  std::array<Queue, 2> queue;  ///< By Side.
  std::uint32_t publisher_id = 0;
  std::uint32_t depth_lots = 0;  ///< Size that its queues tend to, in round lots.
  int share = 0;                 ///< Its part of the market's events, relative to the sum over venues.
  int attention = 0;             ///< How many of 8 looks at a quote off the reference mend it.
  TimeNs latency_ns = 0;
  TimeNs last_event_ns = -1;
  TimeNs last_recv_ns = 0;
};

/// A market whose reference bid and ask walk on the tick grid. Venues add, cancel and trade there, run dry, fall behind
/// and return.
class Market {
 public:
  /// \param traits draws what the venues are like, which is the same on every day
  /// \param random draws what happens
  Market(int venues, std::int64_t bid_ticks, Random traits, Random& random, Tape& tape);

  /// Writes one row of every venue, so that all are known early in the day.
  void open();

  /// Makes one event, which is one row or more.
  void step();

 private:
  // These move the reference: a side of the market gives way, or comes closer.
  int move_per_million() const;
  void move();
  void give_way(Side side);
  void come_closer(Side side);

  // These happen at one venue.
  void act(std::size_t v, Side side);
  void grow_or_shrink(std::size_t v, Side side);
  void trade(std::size_t v, Side side);
  void vanish(std::size_t v, Side side);
  void requote(std::size_t v, Side side);

  // These change a venue's book and write rows.
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
  int shares_ = 0;                      // the sum of Venue::share
  std::size_t empty_venue_ = SIZE_MAX;  // a venue with an empty side, which the next event fills
};

}  // namespace sorsweep::synth
