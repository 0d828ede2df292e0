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

}  // namespace sorsweep::static_split
