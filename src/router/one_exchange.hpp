/// \file
/// The closed form for one exchange (Cont & Kukanov, Proposition 2; MODEL §4), for any law of the outflow.
#pragma once

#include <functional>
#include <span>

namespace sorsweep::cont_kukanov {

/// Shares and dollars a share.
struct OneExchange {
  double shares = 0;       ///< S
  double queue = 0;        ///< Q
  double half_spread = 0;  ///< h
  double taker_fee = 0;    ///< f
  double rebate = 0;       ///< r
  double theta = 0;        ///< θ
};

/// The law of the outflow ξ.
struct Law {
  std::function<double(double)> cdf;       ///< F(x) = P(ξ ≤ x)
  std::function<double(double)> quantile;  ///< the least x with F(x) ≥ p, for 0 < p < 1
};

/// The law that gives each sample the same weight. \param samples at least one
Law empirical_law(std::span<const double> samples);

/// Between these values of λ_u the order is split: at or below `lo` all goes to the queue, at or above `hi` all to the
/// market. Infinite where F is 0.
struct Thresholds {
  double lo, hi;  ///< dollars a share
};
Thresholds split_thresholds(const OneExchange& exchange, const Law& law);

struct Split {
  double market, limit;  ///< M*, L* in shares; M* + L* = S
};

/// The optimum. λ_o has no effect: with one exchange nothing is overbought. \param lambda_under dollars a share
Split solve_one_exchange(const OneExchange& exchange, const Law& law, double lambda_under);

}  // namespace sorsweep::cont_kukanov
