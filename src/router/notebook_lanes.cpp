// The notebook's backtest with one SIMD lane per point. It does the operations of notebook.cpp in the same order but
// without its branches, because what a branch would skip changes no bit:
// - A lane that is done takes 0 shares at cost 0, and adding 0 leaves a sum unchanged.
// - size / (size + l) is never above 1, rounded or not. It is 0/0 only in a lane that is done, at a size of 0: then
// the comparison with NaN fails and the size, 0 shares, is taken.
//
// Snapshots of up to kUnrolled venues need one pass over the lanes, so a point's account stays in registers between
// its fills. Larger snapshots need one pass per fill. The divider is the bottleneck: one division per quote and lane,
// and one per snapshot unless K is a power of two, where multiplying by 1/K gives the same bits.
#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "router/lanes.hpp"
#include "router/notebook.hpp"

namespace sorsweep::notebook {
namespace {

/// The number of lanes that go together. It gives the divider enough independent work to hide its latency.
constexpr std::size_t kLanes = 32;
constexpr std::size_t kUnrolled = 4;
using Lanes = std::array<double, kLanes>;

struct LaneState {
  alignas(64) Lanes remaining, cost, filled, market, limit;
};

/// The account of a point during one snapshot.
struct Account {
  double remaining, cost, filled, market, limit;

  void book(double shares, double px) {
    cost += shares * px;
    filled += shares;
    remaining -= shares;
  }

  void take_market(double px, double size) {
    const double taken = lesser(market, size);
    book(taken, px);
    market -= taken;
  }

  void take_limit(double px, double size) { book(lesser(size, limit * (size / (size + limit))), px); }
};

/// Splits the remaining shares into a market part and limit parts. It needs a pass of its own: GCC 12 turns a choice
/// between two values into branches and does not vectorise if it is in the same loop as the fills.
void split(LaneState& lane) {
#pragma omp simd
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double left = greater(0.0, lane.remaining[i]);
    lane.market[i] = left < 1000 ? left * 0.1 : left * 0.4;
    lane.limit[i] = left - lane.market[i];
  }
}

/// Plays a snapshot of K venues, where K is known at compile time, in one pass.
template <std::size_t K>
void step_unrolled(const EventTape& tape, std::size_t begin, LaneState& lane) {
  std::array<double, K> px{}, size{}, sorted_px{}, sorted_size{};
  for (std::size_t k = 0; k < K; ++k) {
    const auto sorted = tape.by_ask[begin + k];
    px[k] = tape.ask_px[begin + k];
    size[k] = tape.ask_sz[begin + k];
    sorted_px[k] = tape.ask_px[sorted];
    sorted_size[k] = tape.ask_sz[sorted];
  }
  constexpr double venues = K;
  split(lane);
#pragma omp simd
  for (std::size_t i = 0; i < kLanes; ++i) {
    Account account{lane.remaining[i], lane.cost[i], lane.filled[i], lane.market[i], lane.limit[i]};
    if constexpr (std::has_single_bit(K)) {
      account.limit *= 1 / venues;
    } else {
      account.limit /= venues;
    }
    [&]<std::size_t... k>(std::index_sequence<k...>) {
      (account.take_market(sorted_px[k], sorted_size[k]), ...);
      (account.take_limit(px[k], size[k]), ...);
    }
    (std::make_index_sequence<K>{});
    lane.remaining[i] = account.remaining;
    lane.cost[i] = account.cost;
    lane.filled[i] = account.filled;
  }
}

/// Applies one operation to all lanes.
template <class Operation>
void for_lanes(LaneState& lane, Operation&& operation) {
#pragma omp simd
  for (std::size_t i = 0; i < kLanes; ++i) {
    Account account{lane.remaining[i], lane.cost[i], lane.filled[i], lane.market[i], lane.limit[i]};
    operation(account);
    lane.remaining[i] = account.remaining;
    lane.cost[i] = account.cost;
    lane.filled[i] = account.filled;
    lane.market[i] = account.market;
    lane.limit[i] = account.limit;
  }
}

/// Plays a snapshot of any number of venues, in one pass per fill.
void step_any(const EventTape& tape, std::size_t begin, std::size_t end, LaneState& lane) {
  const auto venues = static_cast<double>(end - begin);
  split(lane);
  for_lanes(lane, [=](Account& a) { a.limit /= venues; });
  for (auto i = begin; i < end; ++i) {
    const auto q = tape.by_ask[i];
    for_lanes(lane, [px = tape.ask_px[q], size = tape.ask_sz[q]](Account& a) { a.take_market(px, size); });
  }
  for (auto q = begin; q < end; ++q)
    for_lanes(lane, [px = tape.ask_px[q], size = tape.ask_sz[q]](Account& a) { a.take_limit(px, size); });
}

void step(const EventTape& tape, std::size_t snapshot, LaneState& lane) {
  const auto begin = tape.first_quote[snapshot];
  const auto end = tape.first_quote[snapshot + 1];
  static_assert(kUnrolled == 4);
  switch (end - begin) {
    case 1:
      return step_unrolled<1>(tape, begin, lane);
    case 2:
      return step_unrolled<2>(tape, begin, lane);
    case 3:
      return step_unrolled<3>(tape, begin, lane);
    case 4:
      return step_unrolled<4>(tape, begin, lane);
    default:
      return step_any(tape, begin, end, lane);
  }
}

bool any_left(const LaneState& lane) {
  double most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t i = 0; i < kLanes; ++i) most = greater(most, lane.remaining[i]);
  return most > 0;
}

void run_group(const EventTape& tape, double shares, LaneState& lane) {
  lane.remaining.fill(shares);
  lane.cost.fill(0);
  lane.filled.fill(0);
  for (std::size_t s = 0; s < tape.snapshots() && any_left(lane); ++s) step(tape, s, lane);
}

}  // namespace

void run_lanes(const EventTape& tape, const ParameterColumns& points, double shares, std::span<double> total_cost,
               std::span<double> filled_shares) {
  LaneState lane;
  for (std::size_t first = 0; first < points.size(); first += kLanes) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(kLanes, points.size() - first));
    run_group(tape, shares, lane);
    std::copy_n(lane.cost.begin(), count, total_cost.begin() + static_cast<std::ptrdiff_t>(first));
    std::copy_n(lane.filled.begin(), count, filled_shares.begin() + static_cast<std::ptrdiff_t>(first));
  }
}

}  // namespace sorsweep::notebook
