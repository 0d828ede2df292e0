/// \file
/// Stochastic approximation as in the paper: one pass over the samples and the mean of the iterates (Cont & Kukanov,
/// §4.2; docs/model.md, "Solvers").
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sorsweep::cont_kukanov {

/// The paper's problem. Sizes are in shares, money in dollars per share.
struct Instance {
  double shares = 0;       ///< S
  double half_spread = 0;  ///< h
  double taker_fee = 0;    ///< f
  double lambda_over = 0, lambda_under = 0, theta = 0;
  std::vector<double> queues;   ///< Q_k, at least one.
  std::vector<double> rebates;  ///< r_k, one for each queue.
};

/// M, L_1 … L_K in shares, not rounded.
struct RealPlacement {
  double market = 0;
  std::vector<double> limits;
};

/// The paper's constant step for a pass over `samples` samples: γ = √K·S / √(N·[(h+f+p)² + Σ_k (h+r_k+p)²]) with p =
/// θ+λ_u+λ_o.
double constant_step(const Instance& instance, std::size_t samples);

/// Puts a placement into the feasible set C in three steps that reproduce the paper's figures; a Euclidean projection
/// does not. M goes to [0, S], each L_k to [0, S−M], and what is missing to M + Σ L = S is added to the L_k in equal
/// parts, each up to S−M.
void rescale(double shares, RealPlacement& x);

/// Runs X_n = Π(X_{n−1} − γ g(X_{n−1}, ξ^n)) from the equal split S/(K+1). \return the mean of X_1 … X_N
/// \param outflow N rows of K values: ξ_k of sample n is at [n·K + k]
RealPlacement approximate(const Instance& instance, std::span<const double> outflow);

/// The penalties of many points, as columns of equal length, in dollars per share.
struct PenaltyColumns {
  std::span<const double> lambda_over, lambda_under, theta;
  std::size_t size() const { return lambda_over.size(); }
};

/// Approximates many points on the same samples, one SIMD lane per point. The result equals that of `approximate` bit
/// for bit. The instance's own penalties are ignored.
std::vector<RealPlacement> approximate_lanes(const Instance& instance, const PenaltyColumns& points,
                                             std::span<const double> outflow);

/// v(X, ξ) in dollars. \param outflow K values
double cost(const Instance& instance, const RealPlacement& x, std::span<const double> outflow);

}  // namespace sorsweep::cont_kukanov
