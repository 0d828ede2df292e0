/// \file
/// Router `static_split`: the static form of the model that is widely circulated (docs/model.md, "The router
/// `static_split`").
///
/// At a snapshot with R shares left, the router compares the cost of all splits q_k ∈ {0, 100, 200, …} with q_k ≤
/// min(R − Σ earlier q, size_k) and Σ q = R. It executes the cheapest at once; among equals the first in lexicographic
/// order of q. The caps make every such split fill completely. So over- and underfill, rebates, and therefore λ_over,
/// λ_under and θ_queue never matter. The rule is a greedy fill by ask + fee, later venues first among equals.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/core/money.hpp"
#include "sorsweep/market/event_tape.hpp"
#include "sorsweep/router/fees.hpp"

namespace sorsweep::static_split {

inline constexpr std::int64_t kStep = 100;  ///< Shares.

/// One venue's ask.
struct Ask {
  Nano px = 0;
  std::int64_t size = 0;  ///< Shares.
  Nano fee = 0;           ///< Per share taken.
};

/// Shares to take at each venue, in the order of `asks` (publisher order). \return empty if no split adds up to
/// `shares_left`, which is then no multiple of 100 or more than the displayed whole hundreds. Nothing is traded then.
std::vector<std::int64_t> split(std::span<const Ask> asks, std::int64_t shares_left);

/// One line of the execution log.
struct Execution {
  TimeNs ts_ns = 0;
  std::uint32_t publisher_id = 0;
  Nano px = 0;  ///< Per share, without the fee.
  std::int64_t shares = 0;
  Nano cost = 0;  ///< For all shares, fee included.
};

/// The result of a day.
struct Outcome {
  Nano total_cost = 0;             ///< Fees included.
  std::int64_t filled_shares = 0;  ///< All shares or none, since a split adds up to what is left.
};

/// Plays a day. The first snapshot that allows a split fills the whole order. \param log receives every fill, unless
/// it is null
/// \throws Error (input) if the cost leaves 64 bits
Outcome run(const EventTape& tape, std::int64_t shares, const FeeTable& fees, std::vector<Execution>* log = nullptr);

}  // namespace sorsweep::static_split
