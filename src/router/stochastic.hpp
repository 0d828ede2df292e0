/// \file
/// Stochastic approximation as the paper runs it (§4.2; MODEL §4): one pass over the samples, averaged iterates.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sorsweep::cont_kukanov {

/// The problem of the paper: dollars a share, but for sizes in shares.
struct Instance {
  double shares = 0;       ///< S
  double half_spread = 0;  ///< h
  double taker_fee = 0;    ///< f
  double lambda_over = 0, lambda_under = 0, theta = 0;
  std::vector<double> queues;   ///< Q_k; one or more
  std::vector<double> rebates;  ///< r_k, as many
};

/// M, L_1 … L_K in shares; whole numbers are not asked for.
struct RealPlacement {
  double market = 0;
  std::vector<double> limits;
};

/// The step γ that the paper keeps constant over `samples` steps: √K·S / √(N·[(h+f+p)² + Σ_k (h+r_k+p)²]), p = θ+λ_u+λ_o.
double constant_step(const Instance& instance, std::size_t samples);

/// Into C, as reproduces the paper's figures: M to [0, S], then each L_k to [0, S−M], then what is missing from
/// M + Σ L = S is put into the L_k in equal parts, each up to S−M. (A Euclidean projection does not reproduce them.)
void rescale(double shares, RealPlacement& x);

/// From the equal split S/(K+1): X_n = Π(X_{n−1} − γ g(X_{n−1}, ξ^n)), and the mean of X_1 … X_N.
/// \param outflow N rows of K: ξ_k of sample n at [n·K + k]
RealPlacement approximate(const Instance& instance, std::span<const double> outflow);

/// Penalties of many points as columns of one length; everything else is the instance's.
struct PenaltyColumns {
  std::span<const double> lambda_over, lambda_under, theta;
  std::size_t size() const { return lambda_over.size(); }
};

/// `approximate` for many points on common samples, one SIMD lane a point; equal to it bit for bit. The instance's own
/// penalties are not looked at.
std::vector<RealPlacement> approximate_lanes(const Instance& instance, const PenaltyColumns& points,
                                             std::span<const double> outflow);

/// v(X, ξ) in dollars. \param outflow K values
double cost(const Instance& instance, const RealPlacement& x, std::span<const double> outflow);

}  // namespace sorsweep::cont_kukanov
