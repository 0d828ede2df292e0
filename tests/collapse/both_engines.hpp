/// \file
/// Runs slices through brute force and through the collapse, and keeps all that must be equal.
#pragma once

#include <algorithm>
#include <random>
#include <set>
#include <stdexcept>
#include <vector>

#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {

/// Owns the candidates of one slice.
struct Slice {
  std::vector<std::int64_t> base;
  std::array<std::vector<std::int64_t>, kMostAffineAxes> slope;

  AffineCosts view() const { return {base, {slope[0], slope[1], slope[2], slope[3]}}; }
};

inline std::int64_t value_of(std::size_t slice, std::uint32_t candidate) {
  return static_cast<std::int64_t>(candidate) * 7919 + 1 - static_cast<std::int64_t>(slice) * 31;
}

/// Holds everything that a test compares: the surface, and the winners of each slice.
struct Outcome {
  std::vector<std::int64_t> surface;
  std::vector<std::vector<std::uint32_t>> winners;
  bool operator==(const Outcome&) const = default;
};

inline Outcome brute(const AffineGrid& grid, const std::vector<Slice>& slices) {
  Outcome outcome{std::vector<std::int64_t>(grid.size(), 0), {}};
  for (std::size_t s = 0; s < slices.size(); ++s)
    outcome.winners.push_back(brute_force_add(
        grid, slices[s].view(), {0, grid.length(0)}, [&](auto c) { return value_of(s, c); }, outcome.surface));
  return outcome;
}

/// Collapses in slabs of at most `thickness`, with one object for all slabs.
inline Outcome collapse(const AffineGrid& grid, const std::vector<Slice>& slices, std::size_t thickness) {
  Outcome outcome;
  Pruner pruner(grid);
  std::vector<PrunedCandidates> pruned(slices.size());
  for (std::size_t s = 0; s < slices.size(); ++s) pruner.prune(slices[s].view(), pruned[s]);
  std::vector<std::set<std::uint32_t>> winners(slices.size());
  SlabSurface slab(grid);
  for (std::size_t first = 0; first < grid.length(0); first += thickness) {
    slab.reset({first, std::min(first + thickness, grid.length(0))});
    for (std::size_t s = 0; s < slices.size(); ++s) {
      std::multiset<std::uint32_t> asked;
      slab.add_slice(pruned[s], [&](auto c) {
        asked.insert(c);
        return value_of(s, c);
      });
      winners[s].insert(slab.winners().begin(), slab.winners().end());
      if (!std::ranges::equal(asked, slab.winners())) throw std::logic_error("a value was not asked for exactly once");
    }
    std::vector<std::int64_t> part(slab.points());
    slab.integrate(part);
    outcome.surface.insert(outcome.surface.end(), part.begin(), part.end());
  }
  for (const auto& set : winners) outcome.winners.emplace_back(set.begin(), set.end());
  return outcome;
}

using Random = std::mt19937_64;

inline std::int64_t between(Random& random, std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

}  // namespace sorsweep
