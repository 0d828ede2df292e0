// tested by: tests/python/trust_test.py (splits)
#include "trust/half_scores.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace sorsweep::trust {
namespace {

/// Sums every subset of `count` groups from `begin` on, in the order of groups.
void fill_table(const std::vector<Lanes>& groups, std::size_t begin, std::size_t count, std::vector<Lanes>& table) {
  table.resize(std::size_t{1} << count);
  table[0] = {};
  for (std::size_t mask = 1; mask < table.size(); ++mask) {
    const auto last = static_cast<std::size_t>(std::bit_width(mask)) - 1;
    const auto& without = table[mask ^ (std::size_t{1} << last)].values;
    const auto& group = groups[begin + last].values;
    for (std::size_t i = 0; i < kLanes; ++i) table[mask].values[i] = without[i] + group[i];
  }
}

}  // namespace

void SubsetSums::fill(const std::vector<Lanes>& groups) {
  const auto count = groups.size() / 2;
  fill_table(groups, 0, count, first_);
  fill_table(groups, count, groups.size() - count, rest_);
}

template <bool kWithStd>
BlockScores<kWithStd>::BlockScores(const Outcomes& outcomes, const DaySplits& splits, const Score& score)
    : outcomes_(outcomes), splits_(splits), std_weight_(score.std_weight), group_sums_(splits.groups()) {
  if constexpr (!kWithStd) return;
  group_squares_.resize(splits.groups());
  const double sum = std::accumulate(outcomes.values.begin(), outcomes.values.end(), 0.0);
  shift_ = sum / static_cast<double>(outcomes.values.size());
}

template <bool kWithStd>
void BlockScores<kWithStd>::load(std::size_t first_row) {
  const auto count = std::min(kLanes, outcomes_.rows() - first_row);
  for (std::size_t g = 0; g < splits_.groups(); ++g) {
    auto& sums = group_sums_[g].values;
    sums.fill(std::numeric_limits<double>::infinity());
    std::fill_n(sums.begin(), count, 0.0);
    if constexpr (kWithStd) group_squares_[g].values = sums;
    for (auto [day, end] = splits_.days_of(g); day < end; ++day) {
      const double* values = outcomes_.day(day).data() + first_row;
      for (std::size_t i = 0; i < count; ++i) sums[i] += values[i] - shift_;
      if constexpr (kWithStd)
        for (std::size_t i = 0; i < count; ++i)
          group_squares_[g].values[i] += (values[i] - shift_) * (values[i] - shift_);
    }
  }
  sums_.fill(group_sums_);
  if constexpr (kWithStd) squares_.fill(group_squares_);
}

template class BlockScores<false>;
template class BlockScores<true>;

}  // namespace sorsweep::trust
