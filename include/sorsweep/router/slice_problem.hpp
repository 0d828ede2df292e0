/// \file
/// The problem that a router solves for each slice, and its answer, in integers.
#pragma once

#include <cstdint>
#include <vector>

#include "sorsweep/core/money.hpp"

namespace sorsweep {

/// A queue at the best bid that a limit order may join.
struct BidQueue {
  std::int64_t ahead = 0;  ///< Q_k: shares ahead of the order.
  Nano rebate = 0;         ///< r_k: nano-dollars received per filled share.
  /// ξ_k: shares that flow out of the queue in each sample. Sample n of every queue comes from the same time window.
  std::vector<std::int64_t> outflow;
};

/// The problem of one slice: buy `shares()` shares now. Sizes are in shares, money in nano-dollars per share.
struct SliceProblem {
  std::int64_t lots = 0;         ///< The order's size in lots.
  std::int64_t lot = 1;          ///< Shares per lot.
  Nano half_spread = 0;          ///< h
  Nano taker_fee = 0;            ///< f
  std::vector<BidQueue> queues;  ///< K ≥ 0 queues in ascending publisher order.

  std::int64_t shares() const { return lots * lot; }
  std::int64_t samples() const { return queues.empty() ? 1 : static_cast<std::int64_t>(queues[0].outflow.size()); }
};

/// A decision in shares: the market order M and a limit order L_k for each queue.
struct Placement {
  std::int64_t market = 0;
  std::vector<std::int64_t> limits;
  bool operator==(const Placement&) const = default;
};

/// A decision in whole lots: the market order and a limit order for each queue.
struct LotPlacement {
  std::int64_t market = 0;
  std::vector<std::int64_t> limits;
  auto operator<=>(const LotPlacement&) const = default;
};

/// Sends all lots to the market. A slice that no model can decide trades this way.
inline LotPlacement all_market(const SliceProblem& problem) {
  return {problem.lots, std::vector<std::int64_t>(problem.queues.size(), 0)};
}

}  // namespace sorsweep
