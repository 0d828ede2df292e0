#include "router/static_split.hpp"

#include <algorithm>
#include <numeric>

#include "core/error.hpp"

namespace sorsweep::static_split {
namespace {

/// Uses 128 bits: a price and a fee near the end of an int64 would overflow it.
__int128 cost_of_a_share(const Ask& ask) {
  return static_cast<__int128>(ask.px) + ask.fee;
}

std::vector<Ask> asks_of(const EventTape& tape, std::size_t snapshot, const FeeTable& fees) {
  std::vector<Ask> asks;
  for (auto q = tape.first_quote[snapshot]; q < tape.first_quote[snapshot + 1]; ++q)
    asks.push_back({tape.ask_nano[q], static_cast<std::int64_t>(tape.ask_sz[q]), fees.of(tape.publisher_id[q]).take});
  return asks;
}

Nano cost_of(const Ask& ask, std::int64_t shares) {
  const auto cost = cost_of_a_share(ask) * shares;
  if (cost > INT64_MAX / 1024 || cost < INT64_MIN / 1024)  // The sum over a thousand venues still fits.
    throw Error(Exit::input, "the cost of an order leaves 64 bits", "its prices or sizes are beyond any market");
  return static_cast<Nano>(cost);
}

}  // namespace

std::vector<std::int64_t> split(std::span<const Ask> asks, std::int64_t shares_left) {
  std::vector<std::size_t> order(asks.size());
  std::iota(order.rbegin(), order.rend(), std::size_t{0});  // Later venues first; the stable sort keeps them so.
  std::ranges::stable_sort(order, {}, [&](std::size_t k) { return cost_of_a_share(asks[k]); });

  std::vector<std::int64_t> taken(asks.size(), 0);
  for (const auto k : order) {
    taken[k] = std::min(shares_left, asks[k].size) / kStep * kStep;
    shares_left -= taken[k];
  }
  if (shares_left != 0) taken.clear();
  return taken;
}

Outcome run(const EventTape& tape, std::int64_t shares, const FeeTable& fees, std::vector<Execution>* log) {
  Outcome outcome;
  for (std::size_t s = 0; s < tape.snapshots() && outcome.filled_shares < shares; ++s) {
    const auto asks = asks_of(tape, s, fees);
    const auto taken = split(asks, shares - outcome.filled_shares);
    for (std::size_t k = 0; k < taken.size(); ++k) {
      if (taken[k] == 0) continue;
      const auto cost = cost_of(asks[k], taken[k]);
      outcome.total_cost += cost;
      outcome.filled_shares += taken[k];
      if (log) log->push_back({tape.ts_ns[s], tape.publisher_id[tape.first_quote[s] + k], asks[k].px, taken[k], cost});
    }
  }
  return outcome;
}

}  // namespace sorsweep::static_split
