// The plateau pick against its definition: every point, every neighbour.
#include <rapidcheck.h>

#include <algorithm>

#include "catch_compat.hpp"
#include "sorsweep/sweep/reducer.hpp"

using namespace sorsweep;

namespace {

Axis random_axis(const char* name, int longest) {
  const auto count = *rc::gen::inRange(1, longest);
  std::vector<Nano> values{*rc::gen::inRange<Nano>(-50, 50)};
  for (int i = 1; i < count; ++i) values.push_back(values.back() + *rc::gen::inRange<Nano>(1, 40));
  return list_axis(name, values);
}

bool are_neighbours(const Grid& grid, std::size_t p, std::size_t q) {
  const auto a = grid.values(p), b = grid.values(q);
  for (std::size_t axis = 0; axis < Grid::kAxes; ++axis) {
    const auto& values = grid.axes()[axis].values;
    if (20 * std::abs(a[axis] - b[axis]) > values.back() - values.front()) return false;
  }
  return true;
}

PlateauPick by_definition(const Grid& grid, const std::vector<double>& objective) {
  PlateauPick pick;
  for (std::size_t p = 0; p < grid.size(); ++p) {
    double worst = objective[p];
    for (std::size_t q = 0; q < grid.size(); ++q)
      if (are_neighbours(grid, p, q)) worst = std::max(worst, objective[q]);
    if (p == 0 || worst < pick.worst_objective) pick = {p, worst};
  }
  return pick;
}

}  // namespace

TEST_CASE("the plateau pick is the point whose worst neighbour is best", "[sweep][plateau]") {
  CHECK(rc::check([] {
    const Grid grid({random_axis("lambda_over", 30), random_axis("lambda_under", 12), random_axis("theta_queue", 30)},
                    random_axis("half_spread", 4));
    UnitResult unit;
    unit.facts.snapshots = 1;
    for (std::size_t p = 0; p < grid.size(); ++p) {
      unit.surface.total_cost.push_back(*rc::gen::inRange(0, 60));
      unit.surface.filled_shares.push_back(100);
    }
    const auto expected = by_definition(grid, unit.surface.total_cost);
    for (const std::size_t slabs : {1, 2, 7}) {
      Reducer reducer(grid, {100, false, {}, 5}, slabs);
      reducer.add(unit);
      const auto summary = reducer.finish();
      RC_ASSERT(summary.plateau.has_value());
      RC_ASSERT(summary.plateau->point == expected.point);
      RC_ASSERT(summary.plateau->worst_objective == expected.worst_objective);
    }
  }));
}

TEST_CASE("no plateau is named where points miss shares", "[sweep][plateau]") {
  const Grid grid({list_axis("lambda_over", {1, 2}), list_axis("lambda_under", {1}), list_axis("theta_queue", {0})});
  UnitResult unit;
  unit.facts.snapshots = 1;
  unit.surface.total_cost = {1, 50};
  unit.surface.filled_shares = {2, 100};
  Reducer reducer(grid, {100, false, {}, 5});
  reducer.add(unit);
  CHECK_FALSE(reducer.finish().plateau.has_value());
}
