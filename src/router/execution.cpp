#include "sorsweep/router/execution.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace sorsweep::execution {
namespace {

/// Uses 128 bits so that a price or a fee near the end of an int64 is refused for what it costs and not for the
/// addition.
__int128 cost_of_a_share(const Level& level) {
  return static_cast<__int128>(level.px) + level.fee;
}

/// Takes shares from levels, cheapest first. A sale is treated as a purchase at negative prices.
__int128 take(std::vector<Level> levels, std::int64_t shares, Nano impact) {
  std::ranges::stable_sort(levels, {}, cost_of_a_share);
  __int128 cash = 0;
  for (const auto& level : levels) {
    const auto taken = std::min(shares, level.size);
    cash += taken * cost_of_a_share(level);
    shares -= taken;
  }
  return cash + shares * (cost_of_a_share(levels.back()) + impact);
}

std::vector<Level> negated(std::span<const Level> bids) {
  std::vector<Level> levels(bids.begin(), bids.end());
  for (auto& level : levels) level.px = -level.px;
  return levels;
}

std::vector<Level> bids_at_end(const Slice& slice) {
  auto bids = slice.end_bids;
  if (bids.empty())
    for (const auto& queue : slice.queues) bids.push_back({queue.bid_px, 0, queue.taker_fee});
  return bids;
}

}  // namespace

__int128 take_cost(std::span<const Level> asks, std::int64_t shares, Nano impact) {
  return take({asks.begin(), asks.end()}, shares, impact);
}

__int128 take_proceeds(std::span<const Level> bids, std::int64_t shares, Nano impact) {
  return -take(negated(bids), shares, impact);
}

std::int64_t filled(const JoinedQueue& queue, std::int64_t limit) {
  return std::min(limit, std::max<std::int64_t>(0, queue.outflow - queue.ahead));
}

void check_balance(const Fills& fills, std::int64_t shares) {
  if (fills.market + fills.limit + fills.cleanup - fills.unwound != shares)
    throw Error(Exit::internal, "the books of a slice do not balance");
}

Fills execute(const Slice& slice, std::int64_t shares, std::int64_t market, std::span<const std::int64_t> limits) {
  if (slice.asks.empty()) throw Error(Exit::input, "no ask is displayed", "a slice cannot be traded without a book");
  Fills fills;
  fills.market = market;
  __int128 cash = market > 0 ? take_cost(slice.asks, market, slice.impact) : 0;
  for (std::size_t k = 0; k < limits.size(); ++k) {
    const auto& queue = slice.queues[k];
    const auto shares_filled = filled(queue, limits[k]);
    cash += shares_filled * (static_cast<__int128>(queue.bid_px) - queue.rebate);
    fills.limit += shares_filled;
  }
  const auto missing = shares - fills.market - fills.limit;
  fills.cleanup = std::max<std::int64_t>(0, missing);
  fills.unwound = std::max<std::int64_t>(0, -missing);
  if (fills.cleanup > 0)
    cash += take_cost(slice.end_asks.empty() ? slice.asks : slice.end_asks, fills.cleanup, slice.impact);
  if (fills.unwound > 0) cash -= take_proceeds(bids_at_end(slice), fills.unwound, slice.impact);

  check_balance(fills, shares);
  const auto slippage = halve(2 * cash - static_cast<__int128>(shares) * slice.bid_plus_ask);
  if (slippage > INT64_MAX || slippage < INT64_MIN)
    throw Error(Exit::input, "the slippage of a slice leaves 64 bits", "its prices or sizes are beyond any market");
  fills.slippage = static_cast<Nano>(slippage);
  return fills;
}

}  // namespace sorsweep::execution
