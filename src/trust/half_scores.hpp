/// \file
/// Scores of a block of rows on any half of the groups, with one addition each.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "trust/day_splits.hpp"
#include "trust/outcomes.hpp"
#include "trust/score.hpp"

namespace sorsweep::trust {

/// The rows of a block. A table of 256 entries of them stays in a second-level cache.
inline constexpr std::size_t kLanes = 64;
struct alignas(64) Lanes {
  std::array<double, kLanes> values;
};

/// The score on one half if the standard deviation has no weight. It is the sum: means over the same half have the
/// same order.
struct HalfSum {
  const double *first, *rest;

  double operator()(std::size_t lane) const { return first[lane] + rest[lane]; }
};

/// Sums over every subset of the groups, as two tables: one for the first groups and one for the rest. The sum of a
/// half is an entry of one plus an entry of the other, computed in the same way for every row.
class SubsetSums {
 public:
  /// Fills the tables. \param groups the sums over the days of each group
  void fill(const std::vector<Lanes>& groups);

  HalfSum on(GroupMask half) const {
    return {first_[half & (first_.size() - 1)].values.data(), rest_[half / first_.size()].values.data()};
  }

 private:
  std::vector<Lanes> first_, rest_;
};

/// The score on one half if the standard deviation has weight. It is computed from the sum of squares.
struct HalfMeanPlusStd {
  HalfSum sum, squares;
  double per_day;       ///< 1 / n.
  double per_day_less;  ///< 1 / (n − 1), or 0 for a single day.
  double std_weight;

  double operator()(std::size_t lane) const {
    const double total = sum(lane);
    const double mean = total * per_day;
    const double variance = (squares(lane) - total * mean) * per_day_less;
    return mean + std_weight * std::sqrt(variance > 0 ? variance : 0);
  }
};

/// A block of up to kLanes rows. Lanes after the last row have infinite scores, which no comparison selects.
template <bool kWithStd>
class BlockScores {
 public:
  BlockScores(const Outcomes& outcomes, const DaySplits& splits, const Score& score);

  void load(std::size_t first_row);

  /// The scores on a half. \param days the number of days in that half
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
  double shift_ = 0;  ///< Subtracted from every value, to keep the squares small whose difference is a spread.
  std::vector<Lanes> group_sums_, group_squares_;
  SubsetSums sums_, squares_;
};

extern template class BlockScores<false>;
extern template class BlockScores<true>;

}  // namespace sorsweep::trust
