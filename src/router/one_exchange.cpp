// tested by: tests/router/closed_form_test.cpp (solve_one_exchange)
#include "router/one_exchange.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace sorsweep::cont_kukanov {
namespace {

/// 2h + f + r: the gain from a share that is filled in the queue instead of bought at market.
double gain(const OneExchange& e) {
  return 2 * e.half_spread + e.taker_fee + e.rebate;
}
double offset(const OneExchange& e) {
  return e.half_spread + e.rebate + e.theta;
}

}  // namespace

Law empirical_law(std::span<const double> samples) {
  std::vector<double> sorted(samples.begin(), samples.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  return {[sorted, n](double x) {
            return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), x) - sorted.begin()) / n;
          },
          [sorted, n](double p) {
            const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(p * n)));
            return sorted[std::min(rank, sorted.size()) - 1];
          }};
}

Thresholds split_thresholds(const OneExchange& e, const Law& law) {
  const auto at = [&](double x) {
    const double f = law.cdf(x);
    return f > 0 ? gain(e) / f - offset(e) : std::numeric_limits<double>::infinity();
  };
  return {at(e.queue + e.shares), at(e.queue)};
}

Split solve_one_exchange(const OneExchange& e, const Law& law, double lambda_under) {
  const auto [lo, hi] = split_thresholds(e, law);
  if (lambda_under <= lo) return {0, e.shares};
  if (lambda_under >= hi) return {e.shares, 0};
  const double reached = law.quantile(gain(e) / (lambda_under + offset(e)));
  const double limit = std::clamp(reached - e.queue, 0.0, e.shares);
  return {e.shares - limit, limit};
}

}  // namespace sorsweep::cont_kukanov
