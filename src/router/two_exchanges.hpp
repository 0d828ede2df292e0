/// \file
/// The closed form for two exchanges with independent exponential outflows and θ = 0 (Cont & Kukanov, §3.3;
/// docs/model.md, "What must hold for the paper's results"). It is used by tests only: the solvers of a sweep take
/// outflows from samples.
#pragma once

#include <array>
#include <optional>

namespace sorsweep::cont_kukanov {

/// The problem with two exchanges, in shares and dollars per share.
struct TwoExchanges {
  double shares = 0;               ///< S
  std::array<double, 2> queue{};   ///< Q_k.
  std::array<double, 2> mean{};    ///< Mean of ξ_k.
  std::array<double, 2> rebate{};  ///< r_k.
  double half_spread = 0;          ///< h
  double taker_fee = 0;            ///< f
  double lambda_under = 0, lambda_over = 0;
};

/// The optimal placement, in shares.
struct TwoLimits {
  double market;                ///< M*.
  std::array<double, 2> limit;  ///< L_1*, L_2*.
};

/// Finds the interior optimum: 0 < M < S, 0 < L_k < S−M, M + L_1 + L_2 > S. \return nothing if there is none
std::optional<TwoLimits> solve_two_exchanges(const TwoExchanges& exchanges);

}  // namespace sorsweep::cont_kukanov
