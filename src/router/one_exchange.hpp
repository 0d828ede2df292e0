/// \file
/// The closed form for one exchange and any law of the outflow (Cont & Kukanov, Proposition 2; docs/model.md,
/// "Solvers").
#pragma once

#include <functional>
#include <span>

namespace sorsweep::cont_kukanov {

/// The problem with one exchange, in shares and dollars per share.
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
  std::function<double(double)> cdf;       ///< F(x) = P(ξ ≤ x).
  std::function<double(double)> quantile;  ///< The smallest x with F(x) ≥ p, for 0 < p < 1.
};

/// The empirical law: every sample has the same weight. \param samples at least one
Law empirical_law(std::span<const double> samples);

/// The values of λ_u between which the order is split. At `lo` or below everything goes to the queue, at `hi` or above
/// everything goes to the market. They are infinite where F is 0.
struct Thresholds {
  double lo, hi;  ///< Dollars per share.
};
Thresholds split_thresholds(const OneExchange& exchange, const Law& law);

/// The order split between market and queue.
struct Split {
  double market, limit;  ///< M* and L* in shares, with M* + L* = S.
};

/// Finds the optimum. λ_o does not matter: with one exchange nothing can be overbought. \param lambda_under dollars
/// per share
Split solve_one_exchange(const OneExchange& exchange, const Law& law, double lambda_under);

}  // namespace sorsweep::cont_kukanov
