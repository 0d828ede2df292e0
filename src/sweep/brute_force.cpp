#include <algorithm>

#include "sorsweep/sweep/affine.hpp"

namespace sorsweep {
namespace {

/// Points of a row that are worked on together: cost and winner of each stay in the first cache.
constexpr std::size_t kBlock = 512;

/// A piece of a row: points that differ in the last axis only.
struct Lanes {
  std::size_t count = 0;
  std::array<std::uint64_t, kBlock> least;  ///< two's complement, so that terms may wrap
  std::array<std::uint64_t, kBlock> winner;
};

void start(Lanes& lanes, std::uint64_t cost, std::uint64_t slope, const Nano* x) {
  for (std::size_t i = 0; i < lanes.count; ++i) {
    lanes.least[i] = cost + slope * static_cast<std::uint64_t>(x[i]);
    lanes.winner[i] = 0;
  }
}

/// Candidates come in ascending order: only a strictly smaller cost replaces the winner.
void challenge(Lanes& lanes, std::uint64_t candidate, std::uint64_t cost, std::uint64_t slope, const Nano* x) {
#pragma omp simd
  for (std::size_t i = 0; i < lanes.count; ++i) {
    const std::uint64_t challenger = cost + slope * static_cast<std::uint64_t>(x[i]);
    const bool wins = static_cast<std::int64_t>(challenger) < static_cast<std::int64_t>(lanes.least[i]);
    lanes.least[i] = wins ? challenger : lanes.least[i];
    lanes.winner[i] = wins ? candidate : lanes.winner[i];
  }
}

/// Cost of a candidate without the last axis' term.
std::uint64_t cost_of_row(const AffineGrid& grid, const AffineCosts& costs, std::size_t candidate,
                          const std::array<std::size_t, kMostAffineAxes>& index) {
  auto cost = static_cast<std::uint64_t>(costs.base[candidate]);
  for (std::size_t a = 0; a + 1 < grid.axes(); ++a)
    cost +=
        static_cast<std::uint64_t>(grid.values(a)[index[a]]) * static_cast<std::uint64_t>(costs.slope[a][candidate]);
  return cost;
}

/// Calls body(first value, count, index) for the pieces of all rows of the slab, in product order.
template <class Body>
void for_each_block(const AffineGrid& grid, SlabRange range, const Body& body) {
  const auto last = grid.axes() - 1;
  const auto row_first = last == 0 ? range.first : 0;
  const auto row_last = last == 0 ? range.last : grid.length(last);
  const auto rows = last == 0 ? 1 : (range.last - range.first) * (grid.plane() / grid.length(last));
  for (std::size_t row = 0; row < rows; ++row) {
    std::array<std::size_t, kMostAffineAxes> index{};
    auto rest = row;
    for (std::size_t a = last; a-- > 0;) {
      index[a] = a == 0 ? range.first + rest : rest % grid.length(a);
      rest /= grid.length(a);
    }
    for (std::size_t i = row_first; i < row_last; i += kBlock) body(i, std::min(kBlock, row_last - i), index);
  }
}

}  // namespace

void brute_force_winners(const AffineGrid& grid, const AffineCosts& costs, SlabRange range,
                         std::span<std::uint32_t> winners) {
  const auto last = grid.axes() - 1;
  Lanes lanes;
  std::size_t done = 0;
  for_each_block(grid, range, [&](std::size_t first, std::size_t count, const auto& index) {
    const Nano* x = grid.values(last).data() + first;
    lanes.count = count;
    for (std::size_t c = 0; c < costs.size(); ++c) {
      const auto cost = cost_of_row(grid, costs, c, index);
      const auto slope = static_cast<std::uint64_t>(costs.slope[last][c]);
      c == 0 ? start(lanes, cost, slope, x) : challenge(lanes, c, cost, slope, x);
    }
    for (std::size_t i = 0; i < count; ++i) winners[done++] = static_cast<std::uint32_t>(lanes.winner[i]);
  });
}

std::vector<std::uint32_t> brute_force_add(const AffineGrid& grid, const AffineCosts& costs, SlabRange range,
                                           const RealisedValue& value, std::span<std::int64_t> surface) {
  std::vector<std::uint32_t> winners(surface.size());
  brute_force_winners(grid, costs, range, winners);
  std::vector<bool> won(costs.size(), false);
  std::vector<std::int64_t> values(costs.size(), 0);
  for (std::size_t i = 0; i < surface.size(); ++i) {
    const auto winner = winners[i];
    if (!won[winner]) {
      won[winner] = true;
      values[winner] = value(winner);
    }
    surface[i] += values[winner];
  }
  std::vector<std::uint32_t> distinct;
  for (std::uint32_t c = 0; c < costs.size(); ++c)
    if (won[c]) distinct.push_back(c);
  return distinct;
}

}  // namespace sorsweep
