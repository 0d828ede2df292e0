/// \file
/// The order placement problem of Cont & Kukanov in integers (arXiv 1210.1625, §2; docs/model.md, "The cost that is
/// minimised").
///
/// The task is to buy S shares with a market order of M shares and limit orders of L_1 … L_K shares. Limit order k
/// joins a best-bid queue behind Q_k shares, ξ_k shares flow out of that queue, and min(L_k, (ξ_k − Q_k)+) are filled.
/// With A = M + Σ fill_k the cost is
///
///     v = (h+f) M − Σ (h+r_k) fill_k + λ_u (S−A)+ + λ_o (A−S)+ + θ (M + Σ L_k + (S−A)+)
///
/// in nano-dollars × shares. Its sum over N sampled outflow vectors replaces N times its expectation.
#pragma once

#include <cstdint>

#include "sorsweep/core/money.hpp"
#include "sorsweep/router/slice_problem.hpp"

namespace sorsweep::cont_kukanov {

/// The parameters that the cost is linear in, in nano-dollars per share.
struct Penalties {
  Nano over = 0;         ///< λ_o.
  Nano under = 0;        ///< λ_u.
  Nano theta = 0;        ///< θ
  Nano half_spread = 0;  ///< Added to the problem's own h.
};

/// The cost of a placement before penalties, summed over all samples: cost = base + λ_u·under + λ_o·over + θ·sent +
/// h·spread. It is affine in the penalties, which is what the collapse relies on (docs/architecture.md, "The
/// collapse").
struct Coefficients {
  std::int64_t base = 0;    ///< Σ_n (h+f) M − Σ_k (h+r_k) fill_k, nano-dollars × shares.
  std::int64_t under = 0;   ///< Σ_n (S−A)+, shares.
  std::int64_t over = 0;    ///< Σ_n (A−S)+, shares.
  std::int64_t sent = 0;    ///< Σ_n M + Σ L_k + (S−A)+, shares.
  std::int64_t spread = 0;  ///< Σ_n M − Σ_k fill_k, shares.

  std::int64_t cost(const Penalties& p) const {
    return base + p.under * under + p.over * over + p.theta * sent + p.half_spread * spread;
  }
  bool operator==(const Coefficients&) const = default;
};

/// Computes the coefficients sample by sample. This is the definition that the fast tables are tested against. Sums
/// must fit 64 bits (fits_int64).
Coefficients evaluate(const SliceProblem& problem, const LotPlacement& placement);

/// Whether every placement's cost fits an int64 with room for one addition, for penalties up to `most` in magnitude. A
/// slice that fails this is cold: a stub quote can make the spread arbitrarily large.
bool fits_int64(const SliceProblem& problem, const Penalties& most);

/// The terms of a problem that the paper's assumptions refer to, in nano-dollars per share.
struct Terms {
  Nano half_spread = 0;                    ///< h
  Nano taker_fee = 0;                      ///< f
  Nano least_rebate = 0, most_rebate = 0;  ///< Over the queues; 0 without queues.
};
Terms terms_of(const SliceProblem& problem);

/// Whether a point meets the paper's assumptions A1–A3: λ_u, λ_o > 0; λ_o > h + max r_k and λ_o > −(h+f); h + min r_k
/// > 0. A point that does not is still evaluated, and is flagged.
bool meets_assumptions(const Terms& terms, const Penalties& penalties);

}  // namespace sorsweep::cont_kukanov
