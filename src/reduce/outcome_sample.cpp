// tested by: tests/reduce/reducer_audit_test.cpp (OutcomeSample)
#include "reduce/outcome_sample.hpp"

#include <algorithm>

namespace sorsweep {
namespace {

using Positions = std::array<std::vector<std::size_t>, Grid::kAxes>;

/// Returns how many values of each axis a sample of at most `most` points has: the longest axis is thinned out first.
std::array<std::size_t, Grid::kAxes> count_over(const Grid& grid, std::size_t most) {
  std::array<std::size_t, Grid::kAxes> count{};
  for (std::size_t a = 0; a < Grid::kAxes; ++a) count[a] = std::min(grid.length(a), most);
  const auto points = [&] {
    std::size_t product = 1;
    for (const auto n : count) product *= std::min(n, most + 1);
    return product;
  };
  while (points() > most) {
    auto& longest = *std::ranges::max_element(count);
    // Start with large steps, since an axis may have millions of values.
    longest = std::max(longest - 1 - longest / 256, std::size_t{1});
  }
  return count;
}

Positions spread_over(const Grid& grid, std::size_t most) {
  const auto count = count_over(grid, most);
  Positions positions;
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    for (std::size_t i = 0; i < count[a]; ++i)
      positions[a].push_back(count[a] == 1 ? 0 : i * (grid.length(a) - 1) / (count[a] - 1));
  return positions;
}

Grid grid_of(const Grid& grid, const Positions& positions) {
  const auto pick = [&](std::size_t a) {
    Axis axis{grid.name(a), {}, grid.axes()[a].unit};
    for (const auto i : positions[a]) axis.values.push_back(grid.axes()[a].values[i]);
    return axis;
  };
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) axes.push_back(pick(a));
  return Grid(std::move(axes));
}

std::vector<std::size_t> points_of(const Grid& grid, const Positions& positions) {
  std::vector<std::size_t> points;
  for (const auto i : positions[0])
    for (const auto j : positions[1])
      for (const auto k : positions[2])
        for (const auto l : positions[3]) points.push_back(grid.point({i, j, k, l}));
  return points;
}

std::size_t most_points(std::size_t days) {
  return std::clamp(OutcomeSample::kMostValues / std::max<std::size_t>(1, days), std::size_t{1024},
                    OutcomeSample::kMostPoints);
}

}  // namespace

std::uint64_t OutcomeSample::bytes(const Grid& grid, std::size_t days) {
  std::uint64_t points = 1;
  for (const auto count : count_over(grid, most_points(days))) points *= count;
  return points * (days * sizeof(std::int64_t) + sizeof(std::size_t));
}

OutcomeSample::OutcomeSample(const Grid& grid, std::size_t days)
    : points_(points_of(grid, spread_over(grid, most_points(days)))),
      part_(grid_of(grid, spread_over(grid, most_points(days)))),
      is_whole_(points_.size() == grid.size()) {}

void OutcomeSample::add(const Surface& surface, std::size_t first_point) {
  if (first_point == 0) days_.emplace_back().reserve(points_.size());
  auto& day = days_.back();
  for (auto i = day.size(); i < points_.size() && points_[i] < first_point + surface.size(); ++i)
    day.push_back(surface.slippage[points_[i] - first_point]);
}

}  // namespace sorsweep
