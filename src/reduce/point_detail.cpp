// tested by: tests/python/slice_oracle_test.py (meets_assumptions)
// Plays single points, and adds up what they did.
#include <cmath>

#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

std::size_t winner(const Contenders& of, const cont_kukanov::Penalties& at) {
  const auto cost = [&](std::size_t c) {
    return cont_kukanov::Coefficients{of.base[c], of.under[c], of.over[c], of.sent[c], of.spread[c]}.cost(at);
  };
  std::size_t best = 0;
  for (std::size_t c = 1; c < of.size(); ++c)
    if (cost(c) < cost(best)) best = c;
  return best;
}

DayDetail describe_point(const SliceDay& day, const std::vector<Contenders>& contenders,
                         const cont_kukanov::Penalties& at) {
  DayDetail detail;
  detail.slippage = day.drift;
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    const auto& fills = contenders[i].fills[winner(contenders[i], at)];
    detail.slippage += fills.slippage;
    detail.market += fills.market;
    detail.limit += fills.limit;
    detail.cleanup += fills.cleanup;
    detail.unwound += fills.unwound;
    detail.slices.push_back(fills.slippage);
    detail.breaks_assumptions += !meets_assumptions(day.slices[i].terms, at);
  }
  return detail;
}

DayDetail add_up(const std::vector<DayDetail>& days) {
  DayDetail sum;
  for (const auto& day : days) {
    sum.slippage += day.slippage;
    sum.market += day.market;
    sum.limit += day.limit;
    sum.cleanup += day.cleanup;
    sum.unwound += day.unwound;
    sum.slices.insert(sum.slices.end(), day.slices.begin(), day.slices.end());
    sum.breaks_assumptions += day.breaks_assumptions;
  }
  return sum;
}

double std_over_slices(const DayDetail& detail) {
  double count = 0;
  double mean = 0;
  double spread = 0;
  for (const auto slippage : detail.slices) {  // By Welford's recurrence.
    const double dollars = 1e-9 * static_cast<double>(slippage);
    const double from_old = dollars - mean;
    mean += from_old / ++count;
    spread += from_old * (dollars - mean);
  }
  return count > 1 ? std::sqrt(spread / (count - 1)) : 0;
}

}  // namespace sorsweep
