// tested by: tests/sweep/slice_backtest_test.cpp (evaluate_metric)
#include "sweep/affine_evaluation.hpp"

#include <algorithm>
#include <utility>

#include "core/machine.hpp"
#include "core/parallel.hpp"

namespace sorsweep {
namespace {

// The marks of a contender: it has won at any time, or since winners were last forgotten.
constexpr std::uint8_t kHasWon = 1, kWonLately = 2;

}  // namespace

MemoryShare contender_share() {
  return {"the placements that can win",
          "take fewer days, larger lots or fewer venues (venues_max), or give more with --mem"};
}

std::uint64_t count_of(const std::vector<Contenders>& slices) {
  std::uint64_t count = 0;
  for (const auto& slice : slices) count += slice.size();
  return count;
}

std::vector<PrunedCandidates> AffineScratch::prune(const std::vector<Contenders>& slices) {
  std::vector<PrunedCandidates> pruned(slices.size());
  parallel_ranges(pruned.size(), 1, [&](std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) pruners.take()->prune(costs(slices[i]), pruned[i]);
  });
  return pruned;
}

AffineEvaluation::AffineEvaluation(std::shared_ptr<AffineScratch> scratch, Engine engine, DayFacts facts,
                                   std::vector<Contenders> slices, std::vector<PrunedCandidates> pruned,
                                   MemoryShare share)
    : scratch_(std::move(scratch)),
      engine_(engine),
      facts_(std::move(facts)),
      slices_(std::move(slices)),
      pruned_(std::move(pruned)),
      share_(std::move(share)) {
  check_sum(slippage_summand());
  for (const auto& slice : slices_) won_.emplace_back(slice.size());
}

void AffineEvaluation::evaluate(RowRange rows, const WritableRows& slab) const {
  const Stopwatch watch;
  const auto counters = sum_up(rows, slippage_summand(), slab.slippage);
  const std::lock_guard lock(mutex_);
  stats_.collapse += counters;
  stats_.boxes_seconds += watch.seconds();
}

void AffineEvaluation::evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const {
  const auto summand = summand_of(metric);
  check_sum(summand);
  sum_up(rows, summand, out);
}

std::unique_ptr<DayEvaluation> AffineEvaluation::on(const Grid& part) const {
  auto scratch = std::make_shared<AffineScratch>(part);
  auto slices = winners();
  auto share = contender_share();
  share.grow(kBytesPerContender * count_of(slices));
  auto pruned = scratch->prune(slices);
  return std::make_unique<AffineEvaluation>(std::move(scratch), Engine::collapse, facts_, std::move(slices),
                                            std::move(pruned), std::move(share));
}

std::vector<Contenders> AffineEvaluation::winners() const {
  std::vector<Contenders> all;
  for (std::size_t i = 0; i < slices_.size(); ++i) {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t c = 0; c < won_[i].size(); ++c)
      if (won_[i][c].load(std::memory_order_relaxed) & kWonLately) chosen.push_back(c);
    all.push_back(pick(slices_[i], chosen));
  }
  return all;
}

void AffineEvaluation::forget_winners() {
  for (auto& slice : won_)
    for (auto& won : slice) won.fetch_and(kHasWon, std::memory_order_relaxed);
}

EvaluationStats AffineEvaluation::stats() const {
  auto stats = stats_;
  stats.slices = slices_.size();
  stats.pooled = facts_.slices.pooled();
  stats.contenders = count_of(slices_);
  for (const auto& slice : won_)
    stats.winners += static_cast<std::uint64_t>(std::ranges::count_if(slice, [](const auto& won) { return !!won; }));
  return stats;
}

/// Checks that the day's sum fits, whichever contenders win.
void AffineEvaluation::check_sum(const Summand& summand) const {
  __int128 most = 0;
  for (const auto& slice : slices_) {
    __int128 largest = 0;
    for (const auto& fills : slice.fills) {
      const __int128 value = summand.of(fills);
      largest = std::max(largest, value < 0 ? -value : value);
    }
    most += largest;
  }
  if (most > kMostDaySum) refuse_sum(summand);
}

CollapseCounters AffineEvaluation::sum_up(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const {
  if (engine_ == Engine::collapse) return by_collapse(rows, summand, out);
  by_brute_force(rows, summand, out);
  return {};
}

void AffineEvaluation::by_brute_force(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const {
  std::ranges::fill(out, 0);
  for (std::size_t i = 0; i < slices_.size(); ++i) {
    const auto value = [&](std::uint32_t c) { return summand.of(slices_[i].fills[c]); };
    mark(i, brute_force_add(scratch_->view.grid(), scratch_->costs(slices_[i]), rows, value, out));
  }
}

CollapseCounters AffineEvaluation::by_collapse(RowRange rows, const Summand& summand,
                                               std::span<std::int64_t> out) const {
  auto surface = scratch_->slabs.take();
  surface->reset(rows);
  for (std::size_t i = 0; i < slices_.size(); ++i) {
    surface->add_slice(pruned_[i], [&](std::uint32_t c) { return summand.of(slices_[i].fills[c]); });
    mark(i, surface->winners());
  }
  surface->integrate(out);
  return surface->counters();
}

void AffineEvaluation::mark(std::size_t slice, std::span<const std::uint32_t> winners) const {
  for (const auto c : winners) won_[slice][c].store(kHasWon | kWonLately, std::memory_order_relaxed);
}

}  // namespace sorsweep
