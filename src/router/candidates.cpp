#include "sorsweep/router/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep::cont_kukanov {
namespace {

/// The fills of one queue: for each limit order of 0, 1, … lots one row of samples, and their sum.
struct FillTable {
  std::size_t samples;
  std::vector<std::int32_t> fills;  ///< (lots + 1) × samples, in shares.
  std::vector<std::int64_t> sums;   ///< One for each row of `fills`.

  FillTable(const SliceProblem& problem, const BidQueue& queue)
      : samples(queue.outflow.size()), fills(static_cast<std::size_t>(problem.lots + 1) * samples) {
    for (std::int64_t l = 0; l <= problem.lots; ++l) {
      std::int64_t sum = 0;
      for (std::size_t n = 0; n < samples; ++n) {
        const auto reached = std::max<std::int64_t>(0, queue.outflow[n] - queue.ahead);
        const auto fill = std::min(l * problem.lot, reached);
        fills[static_cast<std::size_t>(l) * samples + n] = static_cast<std::int32_t>(fill);
        sum += fill;
      }
      sums.push_back(sum);
    }
  }

  const std::int32_t* row(std::int64_t lots) const { return fills.data() + static_cast<std::size_t>(lots) * samples; }
};

/// Computes min(a + b, most). A fill beyond the order makes no difference to the shortfall. Two numbers of at most 1e9
/// shares add up within an int32; more of them might not.
void add_rows(std::size_t samples, const std::int32_t* a, const std::int32_t* b, std::int32_t most, std::int32_t* sum) {
#pragma omp simd
  for (std::size_t n = 0; n < samples; ++n) sum[n] = std::min(a[n] + b[n], most);
}

/// Computes Σ_n (wanted − fills_n − more_n)+. A sample's shares fit an int32, and N·S fits an int64.
std::int64_t shortfall(std::size_t samples, std::int32_t wanted, const std::int32_t* fills, const std::int32_t* more) {
  std::int64_t sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t n = 0; n < samples; ++n) {
    const std::int32_t left = wanted - fills[n] - more[n];
    sum += left > 0 ? left : 0;
  }
  return sum;
}

}  // namespace

std::size_t CandidateTable::count(std::int64_t lots, std::size_t queues) {
  // Without queues there is one placement, and with one queue each M has one L. The loop below would count them one by
  // one.
  if (queues == 0) return 1;
  if (queues == 1) return static_cast<std::size_t>(lots) + 1;
  // For each M, with R = S−M: all vectors in {0 … R}^K except those with a sum below R (stars and bars over K cells).
  constexpr double most = 1e15;  // Doubles are exact integers up to here.
  double total = 0;
  for (std::int64_t rest = 0; rest <= lots && total < most; ++rest) {
    double all = 1;
    double short_of = rest > 0 ? 1 : 0;
    for (std::size_t k = 0; k < queues; ++k) {
      all *= static_cast<double>(rest + 1);
      short_of = short_of * static_cast<double>(rest + static_cast<std::int64_t>(k)) / static_cast<double>(k + 1);
    }
    total += all - short_of;
  }
  return total < most ? static_cast<std::size_t>(total) : SIZE_MAX;
}

std::size_t check_candidates(std::int64_t lots, std::size_t queues, std::size_t max_candidates) {
  const auto candidates = CandidateTable::count(lots, queues);
  if (candidates <= max_candidates) return candidates;
  throw Error(Exit::resources,
              fmt::format("{} lots at {} venues have {} placements", lots, queues, format_count(candidates)),
              fmt::format("max_candidates is {}", format_count(max_candidates)),
              "take larger lots, shorter slices, fewer venues (venues_max), or solver: pool");
}

/// Lists all placements in lexicographic order. Step k of the descent chooses L_k and adds it to the sums of the
/// orders chosen before, so that a placement costs one pass over the samples.
class CandidateTable::Builder {
 public:
  Builder(const SliceProblem& problem, CandidateTable& table)
      : problem_(problem),
        table_(table),
        queues_(problem.queues.size()),
        samples_(static_cast<std::size_t>(problem.samples())),
        fills_before_(queues_ + 1, std::vector<std::int32_t>(samples_, 0)),
        lots_(queues_ + 1, 0) {
    for (const auto& queue : problem.queues) fills_.emplace_back(problem, queue);
  }

  void run() {
    const auto price = problem_.half_spread + problem_.taker_fee;
    for (std::int64_t market = queues_ == 0 ? problem_.lots : 0; market <= problem_.lots; ++market) {
      lots_[0] = static_cast<std::int32_t>(market);
      const Chosen orders{market, 0, in_samples(price * market * problem_.lot)};
      if (queues_ == 0) {
        add(orders, fills_before_[0].data(), fills_before_[0].data());
      } else {
        descend(0, orders);
      }
    }
  }

 private:
  /// The orders chosen so far, summed over samples.
  struct Chosen {
    std::int64_t lots = 0;
    std::int64_t filled = 0;  ///< Shares of the limit orders that are filled.
    std::int64_t base = 0;    ///< Coefficients::base of these orders.
  };

  std::int64_t in_samples(std::int64_t value) const { return static_cast<std::int64_t>(samples_) * value; }

  void descend(std::size_t k, const Chosen& before) {
    const auto most = problem_.lots - lots_[0];
    // Each queue after this one takes `most` lots at most, so L_k has a lower bound.
    const auto later = static_cast<std::int64_t>(queues_ - k - 1) * most;
    for (auto l = std::max<std::int64_t>(0, problem_.lots - before.lots - later); l <= most; ++l) {
      const auto filled = fills_[k].sums[static_cast<std::size_t>(l)];
      const auto earned = (problem_.half_spread + problem_.queues[k].rebate) * filled;
      const Chosen orders{before.lots + l, before.filled + filled, before.base - earned};
      lots_[k + 1] = static_cast<std::int32_t>(l);
      if (k + 1 == queues_) {
        add(orders, fills_before_[k].data(), fills_[k].row(l));
      } else {
        add_rows(samples_, fills_before_[k].data(), fills_[k].row(l), static_cast<std::int32_t>(problem_.shares()),
                 fills_before_[k + 1].data());
        descend(k + 1, orders);
      }
    }
  }

  /// Adds a placement to the table. \param fills,last shares filled in each sample by all limit orders except the
  /// last, and by the last
  void add(const Chosen& orders, const std::int32_t* fills, const std::int32_t* last) {
    const auto market = lots_[0] * problem_.lot;
    const auto wanted = problem_.shares() - market;
    const auto under = shortfall(samples_, static_cast<std::int32_t>(wanted), fills, last);
    const auto over = under + orders.filled - in_samples(wanted);  // Σ (A−S) = over − under
    const auto sent = in_samples(orders.lots * problem_.lot) + under;
    table_.add({orders.base, under, over, sent, in_samples(market) - orders.filled}, lots_);
  }

  const SliceProblem& problem_;
  CandidateTable& table_;
  std::size_t queues_, samples_;
  std::vector<FillTable> fills_;                         ///< One for each queue.
  std::vector<std::vector<std::int32_t>> fills_before_;  ///< Entry k: shares filled by queues 0 … k−1 in each sample.
  std::vector<std::int32_t> lots_;                       ///< M, L_1 … L_K of the placement at hand.
};

CandidateTable::CandidateTable(const SliceProblem& problem, std::size_t max_candidates)
    : queues_(problem.queues.size()) {
  const auto candidates = check_candidates(problem.lots, queues_, max_candidates);
  for (auto* column : {&base_, &under_, &over_, &sent_, &spread_}) column->reserve(candidates);
  lots_.reserve(candidates * (queues_ + 1));
  Builder(problem, *this).run();
}

CandidateTable::CandidateTable(const SliceProblem& problem, const std::vector<LotPlacement>& placements)
    : queues_(problem.queues.size()) {
  std::vector<std::int32_t> lots;
  for (const auto& placement : placements) {
    lots.assign(1, static_cast<std::int32_t>(placement.market));
    lots.insert(lots.end(), placement.limits.begin(), placement.limits.end());
    add(evaluate(problem, placement), lots);
  }
}

void CandidateTable::add(const Coefficients& sums, const std::vector<std::int32_t>& lots) {
  base_.push_back(sums.base);
  under_.push_back(sums.under);
  over_.push_back(sums.over);
  sent_.push_back(sums.sent);
  spread_.push_back(sums.spread);
  lots_.insert(lots_.end(), lots.begin(), lots.end());
}

LotPlacement CandidateTable::placement(std::size_t candidate) const {
  const auto begin = lots_.begin() + static_cast<std::ptrdiff_t>(candidate * (queues_ + 1));
  return {*begin, {begin + 1, begin + 1 + static_cast<std::ptrdiff_t>(queues_)}};
}

Coefficients CandidateTable::coefficients(std::size_t candidate) const {
  return {base_[candidate], under_[candidate], over_[candidate], sent_[candidate], spread_[candidate]};
}

std::size_t CandidateTable::solve(const Penalties& penalties) const {
  std::size_t best = 0;
  auto least = coefficients(0).cost(penalties);
  for (std::size_t c = 1; c < size(); ++c) {
    const auto cost = coefficients(c).cost(penalties);
    if (cost < least) {
      least = cost;
      best = c;
    }
  }
  return best;
}

}  // namespace sorsweep::cont_kukanov
