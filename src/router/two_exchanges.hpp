/// \file
/// The closed form for two exchanges with independent exponential outflows and θ = 0 (Cont & Kukanov, §3.3; MODEL §4). No
/// config leads to it: the solvers of a sweep take the outflow as its samples have it.
#pragma once

#include <array>
#include <optional>

namespace sorsweep::cont_kukanov {

/// Shares and dollars a share.
struct TwoExchanges {
  double shares = 0;               ///< S
  std::array<double, 2> queue{};   ///< Q_k
  std::array<double, 2> mean{};    ///< of ξ_k
  std::array<double, 2> rebate{};  ///< r_k
  double half_spread = 0;          ///< h
  double taker_fee = 0;            ///< f
  double lambda_under = 0, lambda_over = 0;
};

/// Shares.
struct TwoLimits {
  double market;                ///< M*
  std::array<double, 2> limit;  ///< L_1*, L_2*
};

/// The interior optimum: 0 < M < S, 0 < L_k < S−M, M + L_1 + L_2 > S. Nothing where there is none.
std::optional<TwoLimits> solve_two_exchanges(const TwoExchanges& exchanges);

}  // namespace sorsweep::cont_kukanov
