// tested by: tests/sweep/grid_test.cpp (AffineView)
#include "sweep/affine_view.hpp"

#include <algorithm>
#include <numeric>

namespace sorsweep {
namespace {

std::array<std::size_t, Grid::kAxes> order_of(const Grid& grid) {
  std::array<std::size_t, Grid::kAxes> order;
  std::iota(order.begin(), order.end(), 0);
  const auto first = std::ranges::find_if(order, [&](std::size_t a) { return grid.length(a) > 1; });
  if (first != order.end()) std::rotate(order.begin(), first, first + 1);
  return order;
}

AffineGrid arrange(const Grid& grid, const std::array<std::size_t, Grid::kAxes>& order) {
  std::vector<std::vector<Nano>> axes;
  for (const auto a : order) axes.push_back(grid.axes()[a].values);
  return AffineGrid(std::move(axes));
}

}  // namespace

AffineView::AffineView(const Grid& grid) : order_(order_of(grid)), grid_(arrange(grid, order_)) {}

AffineCosts AffineView::costs(std::span<const std::int64_t> base, std::span<const std::int64_t> under,
                              std::span<const std::int64_t> over, std::span<const std::int64_t> sent,
                              std::span<const std::int64_t> spread) const {
  const std::array<std::span<const std::int64_t>, Grid::kAxes> of_axis = {over, under, sent, spread};
  AffineCosts costs{base, {}};
  for (std::size_t place = 0; place < Grid::kAxes; ++place) costs.slope[place] = of_axis[order_[place]];
  return costs;
}

}  // namespace sorsweep
