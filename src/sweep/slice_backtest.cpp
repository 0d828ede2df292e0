// Sliced routers: `cont_kukanov` and registered ones. This file makes days ready. affine_evaluation.cpp evaluates
// those with candidates, each_evaluation.cpp all others.
#include <mutex>
#include <numeric>
#include <utility>

#include "core/machine.hpp"
#include "core/parallel.hpp"
#include "sorsweep/sweep/backtest.hpp"
#include "sweep/affine_evaluation.hpp"
#include "sweep/each_evaluation.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

using cont_kukanov::CandidateTable;

/// Makes contenders of some candidates of a table and executes them. \param chosen ascending indices
Contenders pick(const SliceCase& slice, const CandidateTable& table, const std::vector<std::uint32_t>& chosen) {
  Contenders picked;
  picked.number = chosen;
  for (auto* column : {&picked.base, &picked.under, &picked.over, &picked.sent, &picked.spread})
    column->reserve(chosen.size());
  picked.fills.reserve(chosen.size());
  for (const auto c : chosen) {
    picked.base.push_back(table.base()[c]);
    picked.under.push_back(table.under()[c]);
    picked.over.push_back(table.over()[c]);
    picked.sent.push_back(table.sent()[c]);
    picked.spread.push_back(table.spread()[c]);
    picked.fills.push_back(slice.execute(table.placement(c)));
  }
  return picked;
}

/// The only contender of a cold slice is all-market.
Contenders only_market(const SliceCase& slice) {
  return {{0}, {0}, {0}, {0}, {0}, {0}, {slice.execute(all_market(slice.problem))}};
}

/// The notebook's yardsticks by this model's rules: naive takes from the book at arrival, TWAP from every slice's
/// book.
notebook::Yardsticks notebook_yardsticks_of(const SliceDay& day) {
  const auto shares = static_cast<double>(day.shares());
  if (shares == 0) return {};
  const double value = arrival_value(day);
  const auto from_slippage = [&](Yardstick yardstick) {
    const double slippage = 1e-9 * static_cast<double>(day.arrival_slippage(yardstick));
    const double cost = day.is_sell ? value - slippage : value + slippage;
    return notebook::YardstickCost{cost, cost / shares};
  };
  return {from_slippage(kImmediate), from_slippage(kAllMarket), {day.vwap * shares, day.vwap}};
}

class SliceBacktest : public Backtest {
 public:
  SliceBacktest(const Grid& grid, SliceSettings settings)
      : grid_(grid), scratch_(std::make_shared<AffineScratch>(grid)), settings_(std::move(settings)) {}

  bool is_sliced() const override { return true; }

  std::unique_ptr<DayEvaluation> prepare(DayData&& day, Engine engine) const override {
    const Stopwatch watch;
    EvaluationStats stats;
    auto made = make_slice_cases(day, settings_, grid_);
    DayFacts facts{day.key, {}, 0, notebook_yardsticks_of(made.facts), std::move(made.facts)};
    facts.counts.rows = day.quotes.rows();
    day.quotes = {};
    stats.books_seconds = watch.seconds();
    if (!has_candidates(settings_))
      return std::make_unique<EachEvaluation>(grid_, settings_, std::move(facts), std::move(made.cases));
    std::vector<Contenders> contenders(made.cases.size());
    std::vector<PrunedCandidates> pruned(made.cases.size());
    auto share = contender_share();
    std::mutex mutex;
    parallel_ranges(made.cases.size(), 1, [&](std::size_t first, std::size_t last) {
      for (auto i = first; i < last; ++i) {
        const auto take = [&](std::size_t count) {
          const std::lock_guard lock(mutex);
          share.grow((engine == Engine::brute ? kBytesByBruteForce : kBytesPerContender) * count);
        };
        const auto one = find_contenders(made.cases[i], engine, take, contenders[i], pruned[i]);
        const std::lock_guard lock(mutex);
        stats += one;
      }
    });
    auto evaluation = std::make_unique<AffineEvaluation>(scratch_, engine, std::move(facts), std::move(contenders),
                                                         std::move(pruned), std::move(share));
    evaluation->note(stats);
    return evaluation;
  }

  std::unique_ptr<DayEvaluation> restore(UnitResult&& unit) const override {
    auto share = contender_share();
    share.grow(kBytesPerContender * count_of(unit.contenders));
    auto pruned = scratch_->prune(unit.contenders);
    return std::make_unique<AffineEvaluation>(scratch_, Engine::collapse, std::move(unit.facts),
                                              std::move(unit.contenders), std::move(pruned), std::move(share));
  }

 private:
  /// Finds the contenders of a slice. \param engine brute keeps all candidates
  /// \param take is called with their number before they take memory
  /// \param pruned receives the numbers of the contenders that can win
  template <class Take>
  EvaluationStats find_contenders(const SliceCase& slice, Engine engine, const Take& take, Contenders& contenders,
                                  PrunedCandidates& pruned) const {
    EvaluationStats stats;
    const Stopwatch watch;
    if (!is_by_model(slice.decided)) {
      contenders = only_market(slice);
      stats.candidates = 1;
      scratch_->pruners.take()->prune(scratch_->costs(contenders), pruned);
      return stats;
    }
    const auto table = candidates_of(slice, settings_, grid_);
    stats.candidates = table.size();
    stats.tables_seconds = watch.seconds();
    const Stopwatch pruning;
    if (engine == Engine::brute) {
      take(table.size());
      pruned.candidate.resize(table.size());
      std::iota(pruned.candidate.begin(), pruned.candidate.end(), 0U);
    } else {
      const auto costs = scratch_->view.costs(table.base(), table.under(), table.over(), table.sent(), table.spread());
      scratch_->pruners.take()->prune(costs, pruned);
      take(pruned.size());
    }
    stats.pruning_seconds = pruning.seconds();
    const Stopwatch executing;
    contenders = pick(slice, table, pruned.candidate);
    std::iota(pruned.candidate.begin(), pruned.candidate.end(), 0U);
    stats.executing_seconds = executing.seconds();
    return stats;
  }

  const Grid& grid_;
  std::shared_ptr<AffineScratch> scratch_;
  SliceSettings settings_;
};

}  // namespace

std::unique_ptr<Backtest> make_slice_backtest(const Grid& grid, const SliceSettings& settings) {
  return std::make_unique<SliceBacktest>(grid, settings);
}

}  // namespace sorsweep
