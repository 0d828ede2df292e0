#include "market/synth_book.hpp"

#include <algorithm>

namespace sorsweep::synth {
namespace {

constexpr std::uint32_t kLot = 100;
constexpr std::uint32_t kFirstPublisher = 2;  // Databento numbers the US equity exchanges from 2 on

/// How often the reference moves while the spread is one tick, per million events. This number decides how long a queue
/// lives: at 100,000 rows a day the national bid changes about 500 times.
constexpr int kMovePerMillion = 4000;

// What a venue does when it is looked at. These are upper bounds of a draw from 0 to 999; above all of them it adds or
// cancels.
constexpr int kTrade = 75;
constexpr int kLeave = kTrade + 10;
constexpr int kImprove = kLeave + 10;
constexpr int kVanish = kImprove + 1;

/// Returns the direction in which a quote gets worse: away from the other side.
constexpr std::int64_t outward(Side side) {
  return side == kBid ? -1 : 1;
}
constexpr Side opposite(Side side) {
  return side == kBid ? kAsk : kBid;
}
constexpr char letter(Side side) {
  return side == kBid ? 'B' : 'A';
}

Nano to_nano(const Queue& queue) {
  return queue.size == 0 ? kUndefinedPx : queue.px_ticks * kTick;
}

}  // namespace

Market::Market(int venues, std::int64_t bid_ticks, Random traits, Random& random, Tape& tape)
    : venues_(static_cast<std::size_t>(venues)), reference_{bid_ticks, bid_ticks + 1}, random_(random), tape_(tape) {
  std::uint32_t publisher_id = kFirstPublisher;
  for (auto& venue : venues_) {
    venue.publisher_id = publisher_id++;
    venue.depth_lots = 6 + traits.below(7U);
    venue.share = 6 + traits.below(12);
    venue.attention = 2 + traits.below(5);
    // This leaves room for the jitter of tell() below kMostLatencyNs.
    venue.latency_ns = kLeastLatencyNs + traits.below((kMostLatencyNs - kLeastLatencyNs) * 4 / 5);
    for (const Side side : {kBid, kAsk}) venue.queue[side] = {reference_[side], draw_queue_size(2 * venue.depth_lots)};
    shares_ += venue.share;
  }
}

void Market::open() {
  for (std::size_t v = 0; v < venues_.size() && !tape_.full(); ++v) {
    tape_.begin_event();
    const auto side = static_cast<Side>(random_.below(2));
    join(v, side, reference_[side], kLot);
  }
}

void Market::step() {
  tape_.begin_event();
  if (empty_venue_ < venues_.size()) {
    const auto v = empty_venue_;
    empty_venue_ = SIZE_MAX;
    for (const Side side : {kBid, kAsk})
      if (venues_[v].queue[side].size == 0) requote(v, side);
    return;
  }
  if (random_.chance(move_per_million(), 1'000'000)) return move();
  const auto v = pick_venue();
  const auto side = static_cast<Side>(random_.below(2));
  const bool off = venues_[v].queue[side].px_ticks != reference_[side];
  if (off && random_.chance(venues_[v].attention, 8)) return requote(v, side);
  act(v, side);
}

/// Returns how often the reference moves, per million events. The wider the spread, the sooner it closes.
int Market::move_per_million() const {
  const auto spread = static_cast<int>(reference_[kAsk] - reference_[kBid]);
  return spread == 1 ? kMovePerMillion : std::min(kMovePerMillion * 5 * (spread - 1) / 2, 1'000'000);
}

void Market::move() {
  const auto spread = reference_[kAsk] - reference_[kBid];
  const bool closer = spread > 2 || (spread == 2 && random_.chance(4, 5));
  const auto side = static_cast<Side>(random_.below(2));
  if (closer) return come_closer(side);
  // The bid of a very cheap share cannot fall any further.
  give_way(side == kBid && reference_[kBid] < 100 ? kAsk : side);
}

/// Moves one side of the reference away. Two to four venues follow at the same ns, the others a little later. Now and
/// then one sleeps through it, and locks or crosses the market until it is looked at.
void Market::give_way(Side side) {
  const auto old_px = reference_[side];
  reference_[side] += outward(side);
  const bool swept = random_.chance(1, 2);
  const auto at_once = 2 + random_.below(std::size_t{3});
  const auto first = random_.below(venues_.size());
  const auto sleepiness =
      5 * static_cast<int>(venues_.size());  // one sleeper in five moves, however many venues there are
  for (std::size_t i = 0; i < venues_.size(); ++i) {
    const auto v = (first + i) % venues_.size();
    if (i >= at_once) tape_.wait(20'000 + random_.below(TimeNs{2'000'000}));
    if (!stands(v, side, old_px) || random_.chance(1, sleepiness)) continue;
    const bool traded = swept && (i < at_once || random_.chance(1, 2));
    take(v, side, venues_[v].queue[side].size, traded);
  }
}

/// Moves one side of the reference closer. Two to four venues make the new best price, the others when they are looked
/// at.
void Market::come_closer(Side side) {
  reference_[side] -= outward(side);
  const auto count = std::min(2 + random_.below(std::size_t{3}), venues_.size());
  const auto first = random_.below(venues_.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto v = (first + i) % venues_.size();
    if (stands(v, side, reference_[side])) continue;
    join(v, side, reference_[side], draw_queue_size(venues_[v].depth_lots));
  }
}

void Market::act(std::size_t v, Side side) {
  const auto& queue = venues_[v].queue[side];
  const auto better_px = reference_[side] - outward(side);
  const bool room_inside = reference_[kAsk] - reference_[kBid] > 1 && !stands(v, side, better_px);
  const int dice = random_.below(1000);
  if (dice < kTrade) return trade(v, side);
  if (dice < kLeave && another_stands(v, side, queue.px_ticks)) return take(v, side, queue.size, false);
  if (dice >= kLeave && dice < kImprove && room_inside) return join(v, side, better_px, draw_queue_size(3));
  if (dice >= kImprove && dice < kVanish) return vanish(v, side);
  grow_or_shrink(v, side);
}

/// Adds to a queue or cancels from it, so that its size tends loosely to the venue's depth.
void Market::grow_or_shrink(std::size_t v, Side side) {
  const auto& queue = venues_[v].queue[side];
  const auto depth = static_cast<std::int64_t>(venues_[v].depth_lots) * kLot;
  const auto missing = depth - static_cast<std::int64_t>(queue.size);
  const auto grow_per_mille = static_cast<int>(std::clamp<std::int64_t>(520 + 200 * missing / depth, 250, 700));
  const bool grows = random_.chance(grow_per_mille, 1000);
  const auto shares = draw_order_size();
  if (grows) return join(v, side, queue.px_ticks, shares);
  take(v, side, std::min(shares, queue.size), false);
}

/// Trades with a queue. If another venue has a better price nobody would trade here, and the shares are cancelled
/// instead.
void Market::trade(std::size_t v, Side side) {
  const auto px = venues_[v].queue[side].px_ticks;
  auto shares = draw_order_size();
  if (random_.chance(1, 4)) shares += draw_order_size();
  const bool best = stands(v, side, reference_[side]);
  take(v, side, std::min(shares, venues_[v].queue[side].size), best);
  if (!best || !random_.chance(1, 4)) return;
  // A router splits its order: it also trades at a second venue, at the same price and the same ns.
  const auto other = pick_venue();
  if (other == v || !stands(other, side, px)) return;
  const auto rest = draw_order_size();
  take(other, side, std::min(rest, venues_[other].queue[side].size), true);
}

/// Leaves a side without any quote until the next event.
void Market::vanish(std::size_t v, Side side) {
  const auto gone = venues_[v].queue[side];
  venues_[v].queue[side] = {};
  empty_venue_ = v;
  tell(v, 'C', side, gone.px_ticks, gone.size);
}

void Market::requote(std::size_t v, Side side) {
  const auto& queue = venues_[v].queue[side];
  const bool too_good = queue.size > 0 && (reference_[side] - queue.px_ticks) * outward(side) > 0;
  if (!too_good) return join(v, side, reference_[side], draw_queue_size(venues_[v].depth_lots));
  const auto gone = queue;
  venues_[v].queue[side] = {reference_[side], draw_queue_size(2 * venues_[v].depth_lots)};
  tell(v, 'C', side, gone.px_ticks, gone.size);
}

/// Adds an order of `shares` at `px_ticks`, either to the queue that is there or as a better price.
void Market::join(std::size_t v, Side side, std::int64_t px_ticks, std::uint32_t shares) {
  auto& queue = venues_[v].queue[side];
  // A venue never crosses its own book: a sleeping quote on the other side is renewed first.
  const auto& other = venues_[v].queue[opposite(side)];
  if (other.size > 0 && (other.px_ticks - px_ticks) * outward(side) >= 0) requote(v, opposite(side));
  const bool there = queue.size > 0 && queue.px_ticks == px_ticks;
  queue = {px_ticks, there ? queue.size + shares : shares};
  tell(v, 'A', side, px_ticks, shares);
}

/// Takes shares from the queue by a trade, which a row with the book before it precedes, or by a cancel.
void Market::take(std::size_t v, Side side, std::uint32_t shares, bool traded) {
  auto& queue = venues_[v].queue[side];
  const auto px = queue.px_ticks;
  // The side of a T is the aggressor's. A T is never the day's last row, because its C would be missing.
  if (traded && tape_.room() > 1) tell(v, 'T', opposite(side), px, shares);
  queue.size -= shares;
  if (queue.size == 0) run_dry(v, side);
  tell(v, 'C', side, px, shares);
}

/// Replaces an empty queue by the next price. If nobody else is at the old one, the reference moves too.
void Market::run_dry(std::size_t v, Side side) {
  auto& queue = venues_[v].queue[side];
  const bool last = queue.px_ticks == reference_[side] && !another_stands(v, side, queue.px_ticks);
  const std::int64_t ticks = !last && random_.chance(1, 6) ? 2 : 1;
  queue = {queue.px_ticks + ticks * outward(side), draw_queue_size(2 * venues_[v].depth_lots)};
  if (last) reference_[side] = queue.px_ticks;
}

void Market::tell(std::size_t v, char action, Side side, std::int64_t px_ticks, std::uint32_t size) {
  auto& venue = venues_[v];
  const auto event_ns = tape_.now_ns();
  if (venue.last_event_ns != event_ns) {  // otherwise it is in the packet of the row before
    const auto jitter_ns = random_.below((kMostLatencyNs - kLeastLatencyNs) / 5);
    venue.last_recv_ns = std::max(venue.last_recv_ns, event_ns + venue.latency_ns + jitter_ns);
    venue.last_event_ns = event_ns;
  }
  QuoteRow row;
  row.ts_recv_ns = venue.last_recv_ns;
  row.ts_event_ns = event_ns;
  row.publisher_id = venue.publisher_id;
  row.action = action;
  row.side = letter(side);
  row.flags = action == 'T' ? std::uint8_t{0} : std::uint8_t{kFlagLast};
  row.size = size;
  row.price = px_ticks * kTick;
  row.bid_px = to_nano(venue.queue[kBid]);
  row.ask_px = to_nano(venue.queue[kAsk]);
  row.bid_sz = venue.queue[kBid].size;
  row.ask_sz = venue.queue[kAsk].size;
  tape_.add(row);
}

/// Whether a venue quotes `px_ticks` or better.
bool Market::stands(std::size_t v, Side side, std::int64_t px_ticks) const {
  const auto& queue = venues_[v].queue[side];
  return queue.size > 0 && (queue.px_ticks - px_ticks) * outward(side) <= 0;
}

bool Market::another_stands(std::size_t v, Side side, std::int64_t px_ticks) const {
  for (std::size_t other = 0; other < venues_.size(); ++other)
    if (other != v && stands(other, side, px_ticks)) return true;
  return false;
}

std::size_t Market::pick_venue() {
  int dice = random_.below(shares_);
  std::size_t v = 0;
  while ((dice -= venues_[v].share) >= 0) ++v;
  return v;
}

/// Draws mostly a round lot, sometimes an odd lot and rarely a large order: 120 shares on average.
std::uint32_t Market::draw_order_size() {
  const int dice = random_.below(20);
  if (dice < 14) return kLot;
  if (dice < 17) return 1 + random_.below(kLot - 1);
  if (dice < 19) return 2 * kLot;
  return kLot * (3 + random_.below(6U));
}

/// Draws one to `most_lots` round lots, every eighth time with an odd lot on top.
std::uint32_t Market::draw_queue_size(std::uint32_t most_lots) {
  const auto lots = 1 + random_.below(most_lots);
  const auto odd = random_.chance(1, 8) ? 1 + random_.below(kLot - 1) : 0;
  return lots * kLot + odd;
}

}  // namespace sorsweep::synth
