// tested by: tests/python/report_test.py (runner)
// Finds the runner-up: regions in the order of their best points, and single points where a region is cut.
#include <algorithm>
#include <numeric>

#include "reduce/region_cells.hpp"

namespace sorsweep {
namespace {

enum class Place { inside, across, outside };

Place place_of(const GridBox& box, const GridBox& near) {
  bool is_inside = true;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    if (box.last[a] <= near.first[a] || box.first[a] >= near.last[a]) return Place::outside;
    is_inside = is_inside && box.first[a] >= near.first[a] && box.last[a] <= near.last[a];
  }
  return is_inside ? Place::inside : Place::across;
}

/// The best point of a box that is not near, found point by point.
std::optional<RunnerUp> best_outside(const Grid& grid, const GridBox& box, const GridBox& near,
                                     const FetchObjectives& fetch) {
  std::optional<RunnerUp> best;
  const auto objective = fetch(box);
  const auto part = grid.part(box);
  for (std::size_t i = 0; i < objective.size(); ++i) {
    auto at = part.index(i);
    for (std::size_t a = 0; a < Grid::kAxes; ++a) at[a] += box.first[a];
    if (near.has(at) || (best && best->objective <= objective[i])) continue;
    best = RunnerUp{grid.point(at), objective[i]};
  }
  return best;
}

}  // namespace

std::optional<RunnerUp> find_runner_up(const Cells& cells, const Regions& regions, const GridBox& near,
                                       const FetchObjectives& fetch) {
  std::vector<std::size_t> order(regions.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t cell) { return regions.least[cell]; });
  std::optional<RunnerUp> best;
  for (const auto cell : order) {
    if (best && regions.least[cell] > best->objective) break;
    const auto box = cells.box(cell);
    const bool comes_later =
        best && regions.least[cell] == best->objective && cells.grid().point(box.first) > best->point;
    if (comes_later) continue;
    const auto place = place_of(box, near);
    if (place == Place::inside) continue;
    const auto found = place == Place::outside ? std::optional(RunnerUp{regions.best_point[cell], regions.least[cell]})
                                               : best_outside(cells.grid(), box, near, fetch);
    if (!found) continue;
    if (!best || found->objective < best->objective ||
        (found->objective == best->objective && found->point < best->point))
      best = found;
  }
  return best;
}

}  // namespace sorsweep
