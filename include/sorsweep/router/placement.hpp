/// \file
/// The order placement problem of Cont & Kukanov (arXiv 1210.1625, §2; MODEL §4), in integers.
///
/// Buy S shares: a market order of M and limit orders L_1 … L_K that join best-bid queues of Q_k shares. ξ_k shares flow
/// out of queue k; a limit order is filled min(L_k, (ξ_k − Q_k)+). With A = M + Σ fills the cost is
///
///     v = (h+f) M − Σ (h+r_k) fill_k + λ_u (S−A)+ + λ_o (A−S)+ + θ (M + Σ L_k + (S−A)+)
///
/// in nano-dollars × shares; its sum over N sampled outflow vectors stands for N times the expectation.
#pragma once

#include <cstdint>

#include "sorsweep/core/money.hpp"
#include "sorsweep/router/slice_problem.hpp"

namespace sorsweep::cont_kukanov {

/// All that enters the cost linearly, in nano-dollars a share.
struct Penalties {
  Nano over = 0;         ///< λ_o
  Nano under = 0;        ///< λ_u
  Nano theta = 0;        ///< θ
  Nano half_spread = 0;  ///< what is added to the problem's h
};

/// What a placement comes to over all samples, before any penalty: cost = base + λ_u·under + λ_o·over + θ·sent + h·spread,
/// an affine function of the penalties (ENGINE §1).
struct Coefficients {
  std::int64_t base = 0;    ///< Σ_n (h+f) M − Σ_k (h+r_k) fill_k, nano-dollars
  std::int64_t under = 0;   ///< Σ_n (S−A)+, shares
  std::int64_t over = 0;    ///< Σ_n (A−S)+, shares
  std::int64_t sent = 0;    ///< Σ_n M + Σ L_k + (S−A)+, shares
  std::int64_t spread = 0;  ///< Σ_n M − Σ_k fill_k, shares: what a nano-dollar of h costs

  std::int64_t cost(const Penalties& p) const {
    return base + p.under * under + p.over * over + p.theta * sent + p.half_spread * spread;
  }
  bool operator==(const Coefficients&) const = default;
};

/// The definition, sample by sample: what the fast tables are tested against. Sums have to fit 64 bits (fits_int64).
Coefficients evaluate(const SliceProblem& problem, const LotPlacement& placement);

/// Whether every cost of the problem fits an int64 with room for one addition, whatever the placement, for penalties up
/// to `most` in magnitude. A stub quote can have any spread: such a slice is cold.
bool fits_int64(const SliceProblem& problem, const Penalties& most);

/// What the paper's conditions look at. Nano-dollars a share.
struct Terms {
  Nano half_spread = 0;                    ///< h
  Nano taker_fee = 0;                      ///< f
  Nano least_rebate = 0, most_rebate = 0;  ///< of the queues
};
Terms terms_of(const SliceProblem& problem);

/// The conditions of the paper's analysis (A1–A3): λ_u, λ_o > 0; λ_o > h + max r_k and λ_o > −(h+f); h + min r_k > 0.
/// A point that breaks them is evaluated all the same, and flagged.
bool meets_assumptions(const Terms& terms, const Penalties& penalties);

}  // namespace sorsweep::cont_kukanov
