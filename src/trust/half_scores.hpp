/// \file
/// Scores of a block of rows on any half of the groups, by one addition each.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "trust/day_splits.hpp"
#include "trust/outcomes.hpp"
#include "trust/score.hpp"

namespace sorsweep::trust {

/// Rows side by side: a table of 256 of them stays in a second-level cache.
inline constexpr std::size_t kLanes = 64;
struct alignas(64) Lanes {
  std::array<double, kLanes> values;
};

/// What the scores on one half need. Without a weight on the standard deviation the score is the sum: on a given half means
/// are in the same order.
struct HalfSum {
  const double *first, *rest;

  double operator()(std::size_t lane) const { return first[lane] + rest[lane]; }
};

/// Sums over every subset of the groups are two tables, of the subsets of the first groups and of the rest: a half's sum
/// is an entry of one plus an entry of the other, and is made in the same way for every row.
class SubsetSums {
 public:
  /// \param groups of each group the sums over its days
  void fill(const std::vector<Lanes>& groups);

  HalfSum on(GroupMask half) const {
    return {first_[half & (first_.size() - 1)].values.data(), rest_[half / first_.size()].values.data()};
  }

 private:
  std::vector<Lanes> first_, rest_;
};

/// With the weight: the mean plus the weighted standard deviation, which is made from the sum of squares.
struct HalfMeanPlusStd {
  HalfSum sum, squares;
  double per_day;       ///< 1 / n
  double per_day_less;  ///< 1 / (n − 1); 0 for a single day
  double std_weight;

  double operator()(std::size_t lane) const {
    const double total = sum(lane);
    const double mean = total * per_day;
    const double variance = (squares(lane) - total * mean) * per_day_less;
    return mean + std_weight * std::sqrt(variance > 0 ? variance : 0);
  }
};

/// A block of up to kLanes rows. Lanes beyond the last row have infinite scores: no comparison takes them.
template <bool kWithStd>
class BlockScores {
 public:
  BlockScores(const Outcomes& outcomes, const DaySplits& splits, const Score& score);

  void load(std::size_t first_row);

  /// \param days of that half
  auto on(GroupMask half, std::size_t days) const {
    if constexpr (kWithStd) {
      const auto n = static_cast<double>(days);
      return HalfMeanPlusStd{sums_.on(half), squares_.on(half), 1 / n, days > 1 ? 1 / (n - 1) : 0, std_weight_};
    } else {
      return sums_.on(half);
    }
  }

 private:
  const Outcomes& outcomes_;
  const DaySplits& splits_;
  double std_weight_;
  double shift_ = 0;  ///< taken off every value: a spread is a difference of squares, and they should be small
  std::vector<Lanes> group_sums_, group_squares_;
  SubsetSums sums_, squares_;
};

extern template class BlockScores<false>;
extern template class BlockScores<true>;

}  // namespace sorsweep::trust
