#include "trust/overfitting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/error.hpp"
#include "trust/day_splits.hpp"
#include "trust/half_scores.hpp"

namespace sorsweep::trust {
namespace {

/// A split: its in-sample best row, and how many rows are better or equal on the other half.
struct Split {
  GroupMask half = 0, other = 0;
  std::size_t days = 0, other_days = 0;
  double in_sample = std::numeric_limits<double>::infinity();
  double out_of_sample = 0;
  std::size_t better = 0, equal = 0;  ///< The row itself counts as equal.
};

std::vector<Split> splits_of(const DaySplits& halves) {
  std::vector<Split> splits;
  for (const auto half : halves.halves()) {
    const auto other = halves.complement(half);
    splits.push_back({half, other, halves.day_count(half), halves.day_count(other)});
  }
  return splits;
}

template <class Scores>
double least_of(const Scores& scores) {
  double least = std::numeric_limits<double>::infinity();
#pragma omp simd reduction(min : least)
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double score = scores(i);
    least = score < least ? score : least;
  }
  return least;
}

template <class Scores>
void count_against(const Scores& scores, double chosen, Split& split) {
  std::int64_t better = 0;
  std::int64_t equal = 0;
#pragma omp simd reduction(+ : better, equal)
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double score = scores(i);
    better += score < chosen ? 1 : 0;
    equal += score == chosen ? 1 : 0;
  }
  split.better += static_cast<std::size_t>(better);
  split.equal += static_cast<std::size_t>(equal);
}

/// The first pass finds the best row of each split, and its score on the other half.
template <class Block>
void choose(const Block& block, std::vector<Split>& splits) {
  for (auto& split : splits) {
    const auto scores = block.on(split.half, split.days);
    const double least = least_of(scores);
    if (!(least < split.in_sample)) continue;  // The lowest row wins a tie.
    std::size_t lane = 0;
    while (scores(lane) != least) ++lane;
    split.in_sample = least;
    split.out_of_sample = block.on(split.other, split.other_days)(lane);
  }
}

/// The second pass ranks these rows on the other half.
template <class Block>
void rank(const Block& block, std::vector<Split>& splits) {
  for (auto& split : splits) count_against(block.on(split.other, split.other_days), split.out_of_sample, split);
}

template <bool kWithStd>
void run(const Outcomes& outcomes, const DaySplits& halves, const Score& score, std::vector<Split>& splits) {
  BlockScores<kWithStd> block(outcomes, halves, score);
  const auto for_each_block = [&](const auto& work) {
    for (std::size_t row = 0; row < outcomes.rows(); row += kLanes) {
      block.load(row);
      work(block, splits);
    }
  };
  for_each_block([](const auto& b, auto& s) { choose(b, s); });
  for_each_block([](const auto& b, auto& s) { rank(b, s); });
}

/// Computes probability and mean logit. Twice the mid-rank from the worst is a whole number between 2 and 2N, and N +
/// 1 at the median.
void summarise(const std::vector<Split>& splits, Overfitting& result) {
  const auto rows = result.outcomes;
  for (const auto& split : splits) {
    const auto worse = rows - split.better - split.equal;
    const auto twice_rank = 2 * worse + split.equal + 1;
    if (twice_rank <= rows + 1) result.probability += twice_rank < rows + 1 ? 1 : 0.5;
    result.mean_logit += std::log(static_cast<double>(twice_rank) / static_cast<double>(2 * (rows + 1) - twice_rank));
  }
  result.probability /= static_cast<double>(splits.size());
  result.mean_logit /= static_cast<double>(splits.size());
}

/// Chooses as many groups as days, options and work allow.
std::size_t groups_for(std::size_t rows, std::size_t days, const OverfittingOptions& options, std::string& note) {
  const auto wanted = std::min({kMostGroups, options.most_groups, days}) / 2 * 2;
  const auto work = [rows](std::size_t groups) { return static_cast<double>(rows * count_halves(groups)); };
  auto groups = std::max(wanted, kFewestGroups);
  while (groups > kFewestGroups && work(groups) > options.most_work) groups -= 2;
  if (groups < wanted)
    note = fmt::format("{} groups of days instead of {}: {} outcomes would take {:.0e} comparisons", groups, wanted,
                       rows, work(wanted));
  return groups;
}

std::string reason_to_skip(std::size_t rows, std::size_t days) {
  if (days < kFewestGroups) return fmt::format("needs {} days or more; {} given", kFewestGroups, days);
  if (rows < 2) return "there is no choice: all points paid the same on every day";
  return {};
}

void check_finite(const Outcomes& outcomes) {
  if (!std::ranges::all_of(outcomes.values, [](double value) { return std::isfinite(value); }))
    throw Error(Exit::internal, "an outcome is not a finite number", "", "leave out days without data");
}

}  // namespace

Overfitting overfitting(const Outcomes& outcomes, const Score& score, const OverfittingOptions& options) {
  check_finite(outcomes);
  Overfitting result;
  result.outcomes = outcomes.rows();
  result.skipped = reason_to_skip(outcomes.rows(), outcomes.days());
  if (!result.skipped.empty()) return result;
  result.groups = groups_for(outcomes.rows(), outcomes.days(), options, result.note);
  const DaySplits halves(outcomes.days(), result.groups);
  auto splits = splits_of(halves);
  result.splits = splits.size();
  if (score.std_weight == 0) {
    run<false>(outcomes, halves, score, splits);
  } else {
    run<true>(outcomes, halves, score, splits);
  }
  summarise(splits, result);
  return result;
}

}  // namespace sorsweep::trust
