/// \file
/// Lines along the fastest axis, in int64: from winner to winner. Guesses in doubles, each verified.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/effective_axes.hpp"

namespace sorsweep {

/// Two's complement: terms may wrap, sums that fit are exact.
inline std::uint64_t wrapping(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}
inline std::int64_t times(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(wrapping(a) * wrapping(b));
}
inline std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(wrapping(a) + wrapping(b));
}
inline std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(wrapping(a) - wrapping(b));
}

/// `holds` is true from `first` on and then false for good. The first index in (first, last] where it is false, last + 1
/// if there is none; quick when the guess is right. `first` itself is not asked.
template <class Holds>
int first_failure(int first, int guess, int last, const Holds& holds) {
  int good = first;    // holds
  int bad = last + 1;  // does not, or is behind the end
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

/// Candidates on one line: cost at index i is cost[t] + x[i] · slope[t]. Positions ascend with the ids, so that the
/// lower position wins ties.
struct LineCandidates {
  std::span<const std::int64_t> cost, slope;

  std::int64_t at(std::size_t t, std::int64_t x) const { return plus(cost[t], times(slope[t], x)); }

  std::size_t winner(std::int64_t x) const {
    std::size_t best = 0;
    auto least = at(0, x);
    for (std::size_t t = 1; t < cost.size(); ++t) {
      const auto value = at(t, x);
      best = value < least ? t : best;
      least = value < least ? value : least;
    }
    return best;
  }

  bool wins(std::size_t w, std::int64_t x) const {
    const auto least = at(w, x);
    bool beaten = false;
    for (std::size_t t = 0; t < cost.size(); ++t) beaten |= at(t, x) < least + (t < w ? 1 : 0);
    return !beaten;
  }

  /// Where the first other candidate becomes cheaper than w, as an index; a guess. last + 1 for never.
  int guess_change(std::size_t w, const AxisLookup& axis, int first, int last) const {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t t = 0; t < cost.size(); ++t) {
      if (slope[t] >= slope[w]) continue;
      const auto value = static_cast<double>(minus(cost[t], cost[w])) / static_cast<double>(minus(slope[w], slope[t]));
      nearest = value < nearest ? value : nearest;
    }
    return axis.guess(nearest, first, last);
  }
};

/// Calls change(index, from, to) where the winner changes in (first, last], in order. \returns the winner at `first`
template <class Change>
std::size_t walk_line(const LineCandidates& line, std::span<const std::int64_t> x, const AxisLookup& axis, int first,
                      int last, const Change& change) {
  const auto value = [&](int i) { return x[static_cast<std::size_t>(i)]; };
  const auto start = line.winner(value(first));
  auto winner = start;
  for (int at = first; at < last;) {
    const int guess = line.guess_change(winner, axis, at, last);
    const int next = first_failure(at, guess, last, [&](int i) { return line.wins(winner, value(i)); });
    if (next > last) break;
    const auto follower = line.winner(value(next));
    change(next, winner, follower);
    winner = follower;
    at = next;
  }
  return start;
}

}  // namespace sorsweep
