/// \file
/// Walks four lines along the fastest axis at a time, one in each lane, where costs are exact in doubles
/// (Precision::is_exact). The lines of a leaf have nearly the same winners, so they keep step.
#pragma once

#include <span>

#include "collapse/effective_axes.hpp"
#include "collapse/lanes4.hpp"
#include "collapse/line_walk.hpp"

namespace sorsweep {

/// Up to kMost candidates in ascending order of id, so that the first one wins ties.
class LineBundle {
 public:
  static constexpr std::size_t kMost = 8;
  using Costs = std::array<Lanes4, kMost>;  ///< Per candidate, on four lines, without the term of the fastest axis.

  LineBundle(std::span<const double> slope, std::span<const double> x, const AxisLookup& axis)
      : x_(x), axis_(axis), count_(slope.size()) {
    for (std::size_t t = 0; t < count_; ++t) slope_[t] = all4(slope[t]);
  }

  /// Calls begin(lane, winner) once for each of the first `lines` lanes, and change(lane, index, from, to) where the
  /// winner of a lane changes in (first, last].
  template <class Begin, class Change>
  void walk(const Costs& cost, std::size_t lines, int first, int last, const Begin& begin, const Change& change) const {
    auto now = winner(cost, all4(x(first)));
    const auto end = winner(cost, all4(x(last)));
    for (std::size_t lane = 0; lane < lines; ++lane) begin(lane, index(now.who[static_cast<int>(lane)]));
    const unsigned used = (1U << lines) - 1;
    std::array<int, kLanes> at;
    at.fill(first);
    for (;;) {
      const unsigned going = bits4(now.who != end.who) & used;
      if (going == 0) return;
      now = step(cost, now, going, last, at, change);
    }
  }

 private:
  /// For each lane, the position of the cheapest candidate, its cost and its slope.
  struct Winner {
    Lanes4 who, cost, slope;
  };

  double x(int at) const { return x_[static_cast<std::size_t>(at)]; }
  static std::size_t index(double who) { return static_cast<std::size_t>(who); }

  Winner winner(const Costs& cost, Lanes4 at) const {
    Winner best{all4(0), cost[0], slope_[0]};
    Lanes4 least = cost[0] + slope_[0] * at;
    Lanes4 who = all4(0);
    for (std::size_t t = 1; t < count_; ++t) {
      who += all4(1);
      const Lanes4 value = cost[t] + slope_[t] * at;
      const auto less = value < least;
      least = lesser4(value, least);
      best.who = less ? who : best.who;
      best.cost = less ? cost[t] : best.cost;
      best.slope = less ? slope_[t] : best.slope;
    }
    return best;
  }

  /// Returns about where the first other candidate becomes cheaper than the winner.
  Lanes4 nearest_change(const Costs& cost, const Winner& now) const {
    Lanes4 nearest = all4(std::numeric_limits<double>::infinity());
    for (std::size_t t = 0; t < count_; ++t) {
      const Lanes4 gain = now.slope - slope_[t];
      const Lanes4 crossing = (cost[t] - now.cost) / gain;
      nearest = gain > all4(0) ? lesser4(crossing, nearest) : nearest;
    }
    return nearest;
  }

  /// Moves the lanes in `going` to their next winner. They have one, because they end with another winner.
  template <class Change>
  Winner step(const Costs& cost, const Winner& now, unsigned going, int last, std::array<int, kLanes>& at,
              const Change& change) const {
    auto next = axis_.guess4(nearest_change(cost, now), at, last);
    auto then = winner(cost, Lanes4{x(next[0]), x(next[1]), x(next[2]), x(next[3])});
    const auto before = winner(cost, Lanes4{x(next[0] - 1), x(next[1] - 1), x(next[2] - 1), x(next[3] - 1)});
    const unsigned wrong = (bits4(then.who == now.who) | bits4(before.who != now.who)) & going;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto l = static_cast<int>(lane);
      if (going >> lane & 1) {
        if (wrong >> lane & 1) correct(cost, now, lane, at[lane], last, next[lane], then);
        change(lane, next[lane], index(now.who[l]), index(then.who[l]));
        at[lane] = next[lane];
      } else {
        then.who[l] = now.who[l];
      }
    }
    return then;
  }

  /// Corrects a lane whose guess was wrong.
  void correct(const Costs& cost, const Winner& now, std::size_t lane, int first, int last, int& next,
               Winner& then) const {
    const auto l = static_cast<int>(lane);
    const double who = now.who[l];
    next = first_failure(first, next, last, [&](int i) { return winner(cost, all4(x(i))).who[l] == who; });
    const auto found = winner(cost, all4(x(next)));
    then.who[l] = found.who[l];
    then.cost[l] = found.cost[l];
    then.slope[l] = found.slope[l];
  }

  std::span<const double> x_;
  const AxisLookup& axis_;
  std::size_t count_;
  std::array<Lanes4, kMost> slope_;  ///< Per candidate, along the line.
};

}  // namespace sorsweep
