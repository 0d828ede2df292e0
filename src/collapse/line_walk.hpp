/// \file
/// Walks lines along the fastest axis from winner to winner, in int64. Guesses are made in doubles, and each is
/// verified.
#pragma once

#include <algorithm>
#include <cstdint>

#include "collapse/effective_axes.hpp"
#include "collapse/wrapping.hpp"

namespace sorsweep {

/// Finds the first index in (first, last] at which `holds` is false; last + 1 if there is none. `holds` must be true
/// from `first` on and then false for good; it is not called for `first` itself. The search is quick if the guess is
/// right.
template <class Holds>
int first_failure(int first, int guess, int last, const Holds& holds) {
  int good = first;    // it holds here
  int bad = last + 1;  // it does not hold here, or this is behind the end
  guess = std::clamp(guess, first + 1, last + 1);
  for (int step = 1; guess <= last && guess < bad && holds(guess); step *= 2) {
    good = guess;
    guess = guess + step;
  }
  bad = std::min(guess, bad);
  for (int step = 1; bad - step > good; step *= 2) {
    if (holds(bad - step)) {
      good = bad - step;
      break;
    }
    bad -= step;
  }
  while (bad - good > 1) {
    const int middle = good + (bad - good) / 2;
    (holds(middle) ? good : bad) = middle;
  }
  return bad;
}

/// The candidates of a leaf in descending order of their slope along the fastest axis, as columns of length `count`. On
/// a line, winners follow each other in this order.
struct LineCandidates {
  std::size_t count = 0;
  const std::uint32_t* id = nullptr;    ///< The lower id wins ties.
  const std::int64_t* slope = nullptr;  ///< Along the line.
  const std::int64_t* cost = nullptr;   ///< Without the term of the fastest axis.
};

/// One line. The cost of a candidate at index i is cost + x[i] · slope.
class LineWalk {
 public:
  LineWalk(const LineCandidates& candidates, const std::int64_t* x, const AxisLookup& axis)
      : c_(candidates), x_(x), axis_(axis) {}

  std::size_t winner(int at) const {
    std::size_t best = 0;
    auto least = cost(0, at);
    for (std::size_t t = 1; t < c_.count; ++t) {
      const auto value = cost(t, at);
      const bool less = value < least || (value == least && c_.id[t] < c_.id[best]);
      best = less ? t : best;
      least = less ? value : least;
    }
    return best;
  }

  /// Where a winner is followed by another, and by which.
  struct Change {
    int at;
    std::size_t to;
  };
  /// Returns the end of the winner at `first`: an index in (first, last], or last + 1.
  Change next(std::size_t winner, int first, int last) const {
    Change change{last + 1, winner};
    for (auto t = winner + 1; t < c_.count; ++t) {
      if (c_.slope[t] == c_.slope[winner]) continue;
      if (change.at <= last && !beats(t, winner, change.at - 1)) {
        // It does not win earlier than the one found. Both may begin at the same point, where the cheaper one wins.
        if (beats(t, change.to, change.at)) change.to = t;
        continue;
      }
      const int behind = change.at - 1;  // the winner is beaten here at the latest, unless the line ends
      if (change.at > last && !beats(t, winner, last)) continue;
      change = {first_beaten(t, winner, first, behind), t};
    }
    return change;
  }

 private:
  std::int64_t cost(std::size_t t, int at) const { return plus(c_.cost[t], times(c_.slope[t], x_[at])); }

  /// Whether t beats w. The difference of two costs fits, even if its terms wrap.
  bool beats(std::size_t t, std::size_t w, int at) const {
    const auto difference = minus(cost(t, at), cost(w, at));
    return difference < (c_.id[t] < c_.id[w] ? 1 : 0);
  }

  /// Returns the first index in (first, last] at which t beats w, which it does at `last`.
  int first_beaten(std::size_t t, std::size_t w, int first, int last) const {
    const auto ahead = minus(c_.cost[t], c_.cost[w]);
    const auto gain = minus(c_.slope[w], c_.slope[t]);
    const std::int64_t tie = c_.id[t] < c_.id[w] ? 1 : 0;
    const int guess = axis_.guess(static_cast<double>(ahead) / static_cast<double>(gain), first + 1, last);
    return first_failure(first, std::min(guess, last), last,
                         [&](int i) { return minus(ahead, times(gain, x_[i])) >= tie; });
  }

  LineCandidates c_;
  const std::int64_t* x_;
  const AxisLookup& axis_;
};

}  // namespace sorsweep
