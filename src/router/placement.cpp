#include "sorsweep/router/placement.hpp"

#include <algorithm>

namespace sorsweep::cont_kukanov {
namespace {

std::int64_t positive(std::int64_t x) {
  return std::max<std::int64_t>(0, x);
}

__int128 magnitude(Nano x) {
  return x < 0 ? -static_cast<__int128>(x) : static_cast<__int128>(x);
}

}  // namespace

Coefficients evaluate(const SliceProblem& problem, const LotPlacement& placement) {
  Coefficients sum;
  const auto shares = problem.shares();
  const auto market = placement.market * problem.lot;
  for (std::int64_t n = 0; n < problem.samples(); ++n) {
    std::int64_t got = market;
    std::int64_t sent = market;
    sum.base += (problem.half_spread + problem.taker_fee) * market;
    sum.spread += market;
    for (std::size_t k = 0; k < problem.queues.size(); ++k) {
      const auto& queue = problem.queues[k];
      const auto limit = placement.limits[k] * problem.lot;
      const auto fill = std::min(limit, positive(queue.outflow[static_cast<std::size_t>(n)] - queue.ahead));
      sum.base -= (problem.half_spread + queue.rebate) * fill;
      sum.spread -= fill;
      got += fill;
      sent += limit;
    }
    sum.under += positive(shares - got);
    sum.over += positive(got - shares);
    sum.sent += sent + positive(shares - got);
  }
  return sum;
}

bool fits_int64(const SliceProblem& problem, const Penalties& most) {
  // Bound the cost of one share in one sample, with every term at its largest: M ≤ S and every L_k ≤ S.
  const __int128 half_spread = magnitude(problem.half_spread) + magnitude(most.half_spread);
  __int128 a_share = half_spread + magnitude(problem.taker_fee) + magnitude(most.under);
  for (const auto& queue : problem.queues) a_share += half_spread + magnitude(queue.rebate) + magnitude(most.over);
  a_share += magnitude(most.theta) * static_cast<__int128>(problem.queues.size() + 2);
  constexpr __int128 room = INT64_MAX / 2;
  const __int128 shares = static_cast<__int128>(problem.shares()) * problem.samples();
  return shares == 0 || a_share <= room / shares;
}

Terms terms_of(const SliceProblem& problem) {
  Terms terms{problem.half_spread, problem.taker_fee, 0, 0};
  if (problem.queues.empty()) return terms;
  const auto [least, most] = std::ranges::minmax(problem.queues, {}, &BidQueue::rebate);
  terms.least_rebate = least.rebate;
  terms.most_rebate = most.rebate;
  return terms;
}

bool meets_assumptions(const Terms& terms, const Penalties& penalties) {
  // The slice may be cold because of its penalties or fees, so the sums can need more than 64 bits.
  const auto half_spread = static_cast<__int128>(terms.half_spread) + penalties.half_spread;
  return penalties.under > 0 && penalties.over > 0 && penalties.over > half_spread + terms.most_rebate &&
         penalties.over > -(half_spread + terms.taker_fee) && half_spread + terms.least_rebate > 0;
}

}  // namespace sorsweep::cont_kukanov
