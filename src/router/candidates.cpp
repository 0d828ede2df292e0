#include "sorsweep/router/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep::cont_kukanov {
namespace {

/// Fills of one queue by lots sent: a row of samples for each L, and their sums.
struct FillTable {
  std::size_t samples;
  std::vector<std::int32_t> fills;  ///< (lots + 1) × samples, shares
  std::vector<std::int64_t> sums;   ///< lots + 1

  FillTable(const Problem& problem, const Queue& queue)
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

/// min(a + b, most): beyond the order nothing is short any more, and two of at most 1e9 shares fit an int32, more of
/// them would not.
void add_rows(std::size_t samples, const std::int32_t* a, const std::int32_t* b, std::int32_t most, std::int32_t* sum) {
#pragma omp simd
  for (std::size_t n = 0; n < samples; ++n) sum[n] = std::min(a[n] + b[n], most);
}

/// Σ_n (wanted − fills_n − more_n)+. A problem's N·S fits an int64 by far; a sample's shares fit an int32.
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
  // Without a queue there is one, and with one queue each M has its one L. Both would be long sums of ones.
  if (queues == 0) return 1;
  if (queues == 1) return static_cast<std::size_t>(lots) + 1;
  // For each M, with R = S−M: the vectors in {0 … R}^K, less those whose sum is below R (K cells, at most R−1 lots).
  constexpr double most = 1e15;  // doubles are exact up to there
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

CandidateTable::CandidateTable(const Problem& problem, std::size_t max_candidates) : queues_(problem.queues.size()) {
  const auto candidates = check_candidates(problem.lots, queues_, max_candidates);
  for (auto* column : {&base_, &under_, &over_, &sent_, &spread_}) column->reserve(candidates);
  lots_.reserve(candidates * (queues_ + 1));

  const auto samples = static_cast<std::size_t>(problem.samples());
  std::vector<FillTable> tables;
  for (const auto& queue : problem.queues) tables.emplace_back(problem, queue);
  // partial[k] holds the fills of queues 0 … k−1 of the placement at hand, at most the order's shares.
  std::vector<std::vector<std::int32_t>> partial(queues_ + 1, std::vector<std::int32_t>(samples, 0));
  const std::vector<std::int32_t> nothing(samples, 0);
  std::vector<std::int32_t> lots(queues_ + 1, 0);
  const auto n = static_cast<std::int64_t>(samples);

  const auto emit = [&](std::int64_t market, std::int64_t sent_lots, std::int64_t filled, std::int64_t base,
                        const std::int32_t* before, const std::int32_t* last) {
    const auto wanted = (problem.lots - market) * problem.lot;
    const auto under = shortfall(samples, static_cast<std::int32_t>(wanted), before, last);
    base_.push_back(base);
    under_.push_back(under);
    over_.push_back(under + filled - n * wanted);  // Σ (A−S) = over − under
    sent_.push_back(n * sent_lots * problem.lot + under);
    spread_.push_back(n * market * problem.lot - filled);
    lots_.insert(lots_.end(), lots.begin(), lots.end());
  };
  const auto descend = [&](auto&& self, std::size_t k, std::int64_t market, std::int64_t sent_lots, std::int64_t filled,
                           std::int64_t base) -> void {
    if (k == queues_) {  // only where there is no queue at all
      emit(market, sent_lots, filled, base, nothing.data(), nothing.data());
      return;
    }
    const bool is_last = k + 1 == queues_;
    const auto rest = problem.lots - market;
    // What the queues behind this one can still send decides where L_k may begin.
    const auto behind = static_cast<std::int64_t>(queues_ - k - 1) * rest;
    const auto first = std::max<std::int64_t>(0, problem.lots - sent_lots - behind);
    for (auto l = first; l <= rest; ++l) {
      const auto sum = tables[k].sums[static_cast<std::size_t>(l)];
      const auto cheaper = base - (problem.half_spread + problem.queues[k].rebate) * sum;
      lots[k + 1] = static_cast<std::int32_t>(l);
      if (is_last) {
        emit(market, sent_lots + l, filled + sum, cheaper, partial[k].data(), tables[k].row(l));
      } else {
        add_rows(samples, partial[k].data(), tables[k].row(l), static_cast<std::int32_t>(problem.shares()),
                 partial[k + 1].data());
        self(self, k + 1, market, sent_lots + l, filled + sum, cheaper);
      }
    }
  };
  for (std::int64_t market = queues_ == 0 ? problem.lots : 0; market <= problem.lots; ++market) {
    lots[0] = static_cast<std::int32_t>(market);
    const auto paid = n * (problem.half_spread + problem.taker_fee) * market * problem.lot;
    descend(descend, 0, market, market, 0, paid);
  }
}

CandidateTable::CandidateTable(const Problem& problem, const std::vector<Placement>& placements)
    : queues_(problem.queues.size()) {
  for (const auto& placement : placements) {
    const auto sums = evaluate(problem, placement);
    base_.push_back(sums.base);
    under_.push_back(sums.under);
    over_.push_back(sums.over);
    sent_.push_back(sums.sent);
    spread_.push_back(sums.spread);
    lots_.push_back(static_cast<std::int32_t>(placement.market));
    lots_.insert(lots_.end(), placement.limits.begin(), placement.limits.end());
  }
}

Placement CandidateTable::placement(std::size_t candidate) const {
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
