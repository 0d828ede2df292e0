/// \file
/// The realised cost of a placement in one slice (docs/model.md, "What really happens"). Everything is written for a
/// buy order; a sell order is its mirror image.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/core/money.hpp"

namespace sorsweep::execution {

/// The shares that one venue displays on one side.
struct Level {
  Nano px = 0;
  std::int64_t size = 0;  ///< Shares.
  Nano fee = 0;           ///< The venue's taker fee per share.
};

/// A queue that a limit order joined at t0, with what happened to it during the slice.
struct JoinedQueue {
  Nano bid_px = 0;
  std::int64_t ahead = 0;    ///< Q_k, shares.
  Nano rebate = 0;           ///< r_k, per filled share.
  std::int64_t outflow = 0;  ///< The realised ξ_k, shares.
  Nano taker_fee = 0;        ///< f of the venue. It is used if the book at the end has no bid and this bid stands in.
};

/// One slice as it happened. Prices are in nano-dollars.
struct Slice {
  std::vector<Level> asks;  ///< The asks displayed at t0, in any order; at least one.
  Nano bid_plus_ask = 0;    ///< National bid + ask at t0, which is twice the mid.
  std::vector<JoinedQueue> queues;
  std::vector<Level> end_asks;  ///< The asks displayed at t0 + T. If there are none, those of t0 are used.
  /// The bids displayed at t0 + T. If there are none, the joined bids are used with size 0.
  std::vector<Level> end_bids;
  Nano impact = 0;  ///< impact_ticks × tick: the extra cost of each share beyond the displayed size.
};

/// Shares traded in a slice, by kind, and their slippage against the mid at t0.
struct Fills {
  std::int64_t market = 0;   ///< M, bought at t0.
  std::int64_t limit = 0;    ///< Σ min(L_k, (ξ_k − Q_k)+).
  std::int64_t cleanup = 0;  ///< The shortfall, bought at t0 + T.
  std::int64_t unwound = 0;  ///< The excess, sold at t0 + T.
  Nano slippage = 0;         ///< Cash − S × mid in nano-dollars, half nanos rounded up.
};

/// Shares of a limit order that this queue fills: min(L, (ξ − Q)+).
std::int64_t filled(const JoinedQueue& queue, std::int64_t limit);

/// Cash in nano-dollars paid to take `shares` from `asks`, cheapest price + fee first. Shares beyond the displayed
/// size pay the worst ask, plus its fee, plus `impact`. \param asks at least one
__int128 take_cost(std::span<const Level> asks, std::int64_t shares, Nano impact);

/// Cash in nano-dollars received for selling `shares` to `bids`, best price − fee first. Shares beyond the displayed
/// size get the worst bid, less its fee, less `impact`. \param bids at least one
__int128 take_proceeds(std::span<const Level> bids, std::int64_t shares, Nano impact);

/// Checks that market + limit + cleanup − unwound = shares. \throws Error (internal) if it is not
void check_balance(const Fills& fills, std::int64_t shares);

/// Executes a market order of `market` shares and one limit order for each of the first queues. The cleanup or
/// unwinding at the end leaves exactly `shares` bought: market + limit + cleanup − unwound = shares.
/// \throws Error (internal) if the books do not balance; Error (input) if there is no ask at t0 or the slippage does
///         not fit an int64
Fills execute(const Slice& slice, std::int64_t shares, std::int64_t market, std::span<const std::int64_t> limits);

}  // namespace sorsweep::execution
