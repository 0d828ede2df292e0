/// \file
/// What really happens in a slice: the realised cost of a placement (MODEL §4.2). Buy side; a sell is its mirror image.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/core/money.hpp"

namespace sorsweep::execution {

/// Shares displayed by one venue on one side.
struct Level {
  Nano px = 0;
  std::int64_t size = 0;  ///< shares
  Nano fee = 0;           ///< the venue's taker fee, a share
};

/// A queue that limit orders joined at the start, and what became of it.
struct JoinedQueue {
  Nano bid_px = 0;
  std::int64_t ahead = 0;    ///< Q_k, shares
  Nano rebate = 0;           ///< r_k, a share filled
  std::int64_t outflow = 0;  ///< the realised ξ_k, shares
  Nano taker_fee = 0;        ///< f of the venue, where its bid stands in for an empty book at the end
};

/// One slice as it happened.
struct Slice {
  std::vector<Level> asks;  ///< displayed at the start t0, in any order; at least one
  Nano bid_plus_ask = 0;    ///< national bid + ask at t0: twice the mid
  std::vector<JoinedQueue> queues;
  std::vector<Level> end_asks;  ///< displayed at t0 + T; where empty, those of t0 stand in
  std::vector<Level> end_bids;  ///< likewise; where empty, the joined bids' prices stand in, without size
  Nano impact = 0;              ///< impact_ticks × tick: what a share beyond the displayed size costs more
};

/// Shares by kind, and what they came to against the mid at t0.
struct Fills {
  std::int64_t market = 0;   ///< M, at t0
  std::int64_t limit = 0;    ///< Σ min(L_k, (ξ_k − Q_k)+)
  std::int64_t cleanup = 0;  ///< shortfall, bought at t0 + T
  std::int64_t unwound = 0;  ///< excess, sold at t0 + T
  Nano slippage = 0;         ///< cash − S × mid, nano-dollars; half nanos rounded half up
};

/// Shares filled of a limit order in this queue: min(L, (ξ − Q)+).
std::int64_t filled(const JoinedQueue& queue, std::int64_t limit);

/// Cash in nano-dollars paid for `shares` swept off `asks`, cheapest (price + fee) first; what they cannot give pays the worst of them
/// plus `impact`, and its fee. \param asks at least one
__int128 sweep_cost(std::span<const Level> asks, std::int64_t shares, Nano impact);

/// Cash in nano-dollars got for `shares` sold into `bids`, dearest (price − fee) first; the rest at the worst of them less
/// `impact`, and its fee. \param bids at least one
__int128 sweep_proceeds(std::span<const Level> bids, std::int64_t shares, Nano impact);

/// Checks that market + limit + cleanup − unwound = shares. \throws Error (internal) if not
void check_balance(const Fills& fills, std::int64_t shares);

/// Executes a market order of `market` shares and limit orders of `limits` shares, one for each of the first queues; ends
/// with exactly `shares` bought.
/// Books are balanced: market + limit + cleanup − unwound = shares. \throws Error (internal) if they are not,
/// (input) where there is no ask at t0 or the slippage leaves an int64.
Fills execute(const Slice& slice, std::int64_t shares, std::int64_t market, std::span<const std::int64_t> limits);

}  // namespace sorsweep::execution
