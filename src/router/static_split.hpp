/// \file
/// Router `static_split`: the widely circulated static form of the model (MODEL §3).
///
/// At a snapshot with R shares left, splits q_k ∈ {0, 100, 200, …} with q_k ≤ min(R − Σ earlier q, size_k) and Σ q = R
/// are compared by what they cost; the first cheapest in lexicographic order of q is executed at once. The caps force
/// every kept split to fill, so over- and underfill, the rebate, and with them λ_over, λ_under and θ_queue never matter:
/// the rule is a greedy fill by ask + fee, of equal ones the later venue first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/core/money.hpp"
#include "sorsweep/market/event_tape.hpp"
#include "sorsweep/router/fees.hpp"

namespace sorsweep::static_split {

inline constexpr std::int64_t kStep = 100;  ///< shares

/// One venue's ask.
struct Ask {
  Nano px = 0;
  std::int64_t size = 0;  ///< shares
  Nano fee = 0;           ///< a share taken
};

/// Shares to take at each venue, in the order of `asks` (publisher order). Empty where no split adds up to
/// `shares_left`: no multiple of 100, or too little depth in whole hundreds. Then nothing is traded.
std::vector<std::int64_t> split(std::span<const Ask> asks, std::int64_t shares_left);

/// One line of the execution log.
struct Execution {
  TimeNs ts_ns = 0;
  std::uint32_t publisher_id = 0;
  Nano px = 0;  ///< a share, without the fee
  std::int64_t shares = 0;
  Nano cost = 0;  ///< of all of them, with the fee
};

struct Outcome {
  Nano total_cost = 0;             ///< with fees
  std::int64_t filled_shares = 0;  ///< all or none: a split adds up to what is left
};

/// A day: the first snapshot that allows a split gives all shares.
/// \param log receives every fill, where not null. \throws Error (input) when the cost leaves 64 bits
Outcome run(const EventTape& tape, std::int64_t shares, const FeeTable& fees, std::vector<Execution>* log = nullptr);

}  // namespace sorsweep::static_split
