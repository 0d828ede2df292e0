/// \file
/// Lines along the fastest axis where costs are exact in doubles (PrunedCandidates::margin is zero): the few candidates
/// of a leaf side by side in lanes.
#pragma once

#include <bit>
#include <span>

#include "sweep/effective_axes.hpp"
#include "sweep/lanes4.hpp"
#include "sweep/line_walk.hpp"

namespace sorsweep {

/// Up to kGroups · 4 candidates, in ascending order of id: the first lane wins ties.
template <std::size_t kGroups>
class LaneWalk {
 public:
  static constexpr std::size_t kMost = kGroups * kLanes;
  using Row = std::array<double, kMost>;  ///< a number for each candidate; all infinite behind the last for costs

  /// \param slope along the line; the others' are arbitrary
  LaneWalk(const Row& slope, std::size_t count, std::span<const double> x, const AxisLookup& axis)
      : x_(x), axis_(axis), slope_(group(slope)) {
    for (std::size_t w = 0; w < count; ++w) {
      for (std::size_t t = 0; t < kMost; ++t) {
        const double gain = slope[w] - slope[t];
        const bool can_follow = t < count && gain > 0;
        per_gain_[w][t] = can_follow ? 1 / gain : 0;
        never_[w][t] = can_follow ? 0 : std::numeric_limits<double>::infinity();
      }
    }
  }

  /// Calls change(index, from, to) where the winner changes in (first, last], in order. \returns the winner at `first`
  /// \param cost without the line's own term
  template <class Change>
  std::size_t run(const Row& cost, int first, int last, const Change& change) const {
    const auto lanes = group(cost);
    const auto start = winner(lanes, first);
    const auto end = winner(lanes, last);
    for (auto from = start; from != end;) {
      int at = guess(lanes, cost[from], from, first + 1, last);
      auto to = winner(lanes, at);
      if (to == from || (at - 1 > first && winner(lanes, at - 1) != from)) {
        at = first_failure(first, at, last, [&](int i) { return winner(lanes, i) == from; });
        to = winner(lanes, at);
      }
      change(at, from, to);
      from = to;
      first = at;
    }
    return start;
  }

 private:
  using Groups = std::array<Lanes4, kGroups>;

  static Groups group(const Row& row) {
    Groups groups;
    for (std::size_t g = 0; g < kGroups; ++g) groups[g] = load4(row.data() + g * kLanes);
    return groups;
  }

  std::size_t winner(const Groups& cost, int at) const {
    const Lanes4 x = all4(x_[static_cast<std::size_t>(at)]);
    Groups value;
    for (std::size_t g = 0; g < kGroups; ++g) value[g] = cost[g] + slope_[g] * x;
    Lanes4 least = value[0];
    for (std::size_t g = 1; g < kGroups; ++g) least = lesser4(value[g], least);
    least = least4(least);
    unsigned is_least = 0;
    for (std::size_t g = 0; g < kGroups; ++g) is_least |= bits4(value[g] == least) << (g * kLanes);
    return static_cast<std::size_t>(std::countr_zero(is_least));
  }

  /// About where the first other candidate becomes cheaper than w; it happens at `last` or before.
  int guess(const Groups& cost, double cost_w, std::size_t w, int first, int last) const {
    Lanes4 nearest = all4(std::numeric_limits<double>::infinity());
    for (std::size_t g = 0; g < kGroups; ++g) {
      const Lanes4 ahead = cost[g] - all4(cost_w);
      const auto* gain = per_gain_[w].data() + g * kLanes;
      const auto* never = never_[w].data() + g * kLanes;
      // A lane without a candidate: infinity times zero is no number, and not less than anything.
      nearest = lesser4(ahead * load4(gain) + load4(never), nearest);
    }
    const int at = axis_.guess(least4(nearest)[0], first, last);
    return at < last ? at : last;
  }

  std::span<const double> x_;
  const AxisLookup& axis_;
  Groups slope_;
  std::array<Row, kMost> per_gain_;  ///< [w][t]: 1 / (slope of w − slope of t) where t can follow w, else 0
  std::array<Row, kMost> never_;     ///< 0 there, else infinity
};

}  // namespace sorsweep
