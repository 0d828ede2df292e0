// tested by: tests/router/closed_form_test.cpp (solve_two_exchanges)
#include "router/two_exchanges.hpp"

#include <cmath>

namespace sorsweep::cont_kukanov {
namespace {

constexpr int kCells = 4096;  // Cells of the root search. The equation has at most two roots.

/// The equation for z = Q_1 + Q_2 + S − M. It follows from the optimality conditions of the market order and of both
/// limit orders; a, b and c are fractions of λ_u + λ_o.
class Equation {
 public:
  explicit Equation(const TwoExchanges& e) : e_(e) {
    const double penalties = e.lambda_under + e.lambda_over;
    a_ = (e.lambda_under + e.half_spread + e.rebate[0]) / penalties;
    b_ = (e.lambda_under + e.half_spread + e.rebate[1]) / penalties;
    c_ = (e.lambda_under - (e.half_spread + e.taker_fee)) / penalties;
  }

  double operator()(double z) const {
    const auto [m1, m2] = e_.mean;
    if (m1 == m2) return (1 + std::log(a_ * b_) + z / m1) * std::exp(-z / m1) - c_;
    return m1 / (m1 - m2) * std::exp(-z / m1) * std::pow(a_, (m1 - m2) / m1) +
           m2 / (m2 - m1) * std::exp(-z / m2) * std::pow(b_, (m2 - m1) / m2) - c_;
  }

  TwoLimits placement(double z) const {
    return {e_.queue[0] + e_.queue[1] + e_.shares - z,
            {z - e_.queue[0] + e_.mean[1] * std::log(a_), z - e_.queue[1] + e_.mean[0] * std::log(b_)}};
  }

 private:
  const TwoExchanges& e_;
  double a_, b_, c_;
};

double bisect(const Equation& equation, double low, double high) {
  const bool rises = equation(low) < 0;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    ((equation(middle) < 0) == rises ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

bool is_interior(double shares, const TwoLimits& x) {
  const auto inside = [&](double limit) { return limit > 0 && limit < shares - x.market; };
  return x.market > 0 && x.market < shares && inside(x.limit[0]) && inside(x.limit[1]) &&
         x.market + x.limit[0] + x.limit[1] > shares;
}

}  // namespace

std::optional<TwoLimits> solve_two_exchanges(const TwoExchanges& e) {
  const Equation equation(e);
  const double low = e.queue[0] + e.queue[1];  // M = S here, and M = 0 at the other end.
  for (int i = 0; i < kCells; ++i) {
    const double left = low + e.shares * i / kCells;
    const double right = low + e.shares * (i + 1) / kCells;
    if ((equation(left) < 0) == (equation(right) < 0)) continue;
    const auto x = equation.placement(bisect(equation, left, right));
    if (is_interior(e.shares, x)) return x;
  }
  return std::nullopt;
}

}  // namespace sorsweep::cont_kukanov
