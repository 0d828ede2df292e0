// tested by: tests/collapse/collapse_test.cpp (brute_force_winners)
#include <algorithm>

#include "sorsweep/collapse/affine.hpp"

namespace sorsweep {
namespace {

/// Points of a row that are worked on together, so that their costs and winners stay in the first-level cache.
constexpr std::size_t kBlock = 512;

/// A piece of a row, whose points differ in the lanes' axis only.
struct Lanes {
  std::size_t count = 0;
  std::array<std::uint64_t, kBlock> least;  ///< Least costs in two's complement, so that terms may wrap.
  std::array<std::uint64_t, kBlock> winner;
};

void start(Lanes& lanes, std::uint64_t cost, std::uint64_t slope, const Nano* x) {
  for (std::size_t i = 0; i < lanes.count; ++i) {
    lanes.least[i] = cost + slope * static_cast<std::uint64_t>(x[i]);
    lanes.winner[i] = 0;
  }
}

/// Lets a candidate challenge the winners. Candidates come in ascending order, so only a strictly smaller cost wins.
void challenge(Lanes& lanes, std::uint64_t candidate, std::uint64_t cost, std::uint64_t slope, const Nano* x) {
#pragma omp simd
  for (std::size_t i = 0; i < lanes.count; ++i) {
    const std::uint64_t challenger = cost + slope * static_cast<std::uint64_t>(x[i]);
    const bool wins = static_cast<std::int64_t>(challenger) < static_cast<std::int64_t>(lanes.least[i]);
    lanes.least[i] = wins ? challenger : lanes.least[i];
    lanes.winner[i] = wins ? candidate : lanes.winner[i];
  }
}

/// Returns the last axis with more than one value, or axis 0. The last axis of a sweep often has only one value, which
/// would make rows short.
std::size_t lane_axis(const AffineGrid& grid) {
  auto axis = grid.axes() - 1;
  while (axis > 0 && grid.length(axis) == 1) --axis;
  return axis;
}

/// The value of a row on each axis; 0 on that of the lanes.
using RowValues = std::array<std::uint64_t, kMostAffineAxes>;

/// Returns the cost of a candidate without the term of the lanes' axis.
std::uint64_t cost_of_row(const AffineCosts& costs, std::size_t candidate, std::size_t axes, const RowValues& at) {
  auto cost = static_cast<std::uint64_t>(costs.base[candidate]);
  for (std::size_t a = 0; a < axes; ++a) cost += at[a] * static_cast<std::uint64_t>(costs.slope[a][candidate]);
  return cost;
}

/// Calls body(first value, count, row values) for the pieces of all rows of the slab, in product order.
template <class Body>
void for_each_block(const AffineGrid& grid, RowRange range, std::size_t lanes, const Body& body) {
  const auto row_first = lanes == 0 ? range.first : 0;
  const auto row_last = lanes == 0 ? range.last : grid.length(lanes);
  const auto rows = lanes == 0 ? 1 : (range.last - range.first) * (grid.plane() / grid.length(lanes));
  for (std::size_t row = 0; row < rows; ++row) {
    RowValues at{};
    auto rest = row;
    for (std::size_t a = grid.axes(); a-- > 0;) {
      if (a == lanes) continue;
      const auto index = a == 0 ? range.first + rest : rest % grid.length(a);
      at[a] = static_cast<std::uint64_t>(grid.values(a)[index]);
      rest /= grid.length(a);
    }
    for (std::size_t i = row_first; i < row_last; i += kBlock) body(i, std::min(kBlock, row_last - i), at);
  }
}

}  // namespace

void brute_force_winners(const AffineGrid& grid, const AffineCosts& costs, RowRange range,
                         std::span<std::uint32_t> winners) {
  const auto axis = lane_axis(grid);
  Lanes lanes;
  std::size_t done = 0;
  for_each_block(grid, range, axis, [&](std::size_t first, std::size_t count, const RowValues& at) {
    const Nano* x = grid.values(axis).data() + first;
    lanes.count = count;
    for (std::size_t c = 0; c < costs.size(); ++c) {
      const auto cost = cost_of_row(costs, c, grid.axes(), at);
      const auto slope = static_cast<std::uint64_t>(costs.slope[axis][c]);
      c == 0 ? start(lanes, cost, slope, x) : challenge(lanes, c, cost, slope, x);
    }
    for (std::size_t i = 0; i < count; ++i) winners[done++] = static_cast<std::uint32_t>(lanes.winner[i]);
  });
}

std::vector<std::uint32_t> brute_force_add(const AffineGrid& grid, const AffineCosts& costs, RowRange range,
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
