// Compares the plateau pick with its definition: every point, every neighbour.
#include <rapidcheck.h>

#include <algorithm>

#include "catch_compat.hpp"
#include "collapse/random_axis.hpp"
#include "sorsweep/reduce/reducer.hpp"

using namespace sorsweep;

namespace {

bool are_near(Nano a, Nano b, const std::vector<Nano>& values) {
  return 20 * std::abs(a - b) <= values.back() - values.front();
}

/// Tells axis by axis whether a point is a neighbour, and stops at the first axis on which it is not.
double worst_of_neighbours(const Grid& grid, const std::vector<double>& objective, std::size_t point) {
  const auto at = grid.values(point);
  double worst = objective[point];
  std::array<std::vector<std::size_t>, Grid::kAxes> near;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto& values = grid.axes()[a].values;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (are_near(at[a], values[i], values)) near[a].push_back(i);
  }
  for (const auto i : near[0])
    for (const auto j : near[1])
      for (const auto k : near[2])
        for (const auto l : near[3]) worst = std::max(worst, objective[grid.point({i, j, k, l})]);
  return worst;
}

PlateauPick by_definition(const Grid& grid, const std::vector<double>& objective) {
  PlateauPick pick;
  for (std::size_t p = 0; p < grid.size(); ++p) {
    const double worst = worst_of_neighbours(grid, objective, p);
    if (p == 0 || worst < pick.worst_objective) pick = {p, worst};
  }
  return pick;
}

}  // namespace

TEST_CASE("the plateau pick is the point whose worst neighbour is best", "[sweep][plateau]") {
  CHECK(rc::check([] {
    const Grid grid({random_axis("lambda_over", 30), random_axis("lambda_under", 12), random_axis("theta_queue", 30),
                     random_axis("half_spread", 4)});
    UnitResult unit;
    unit.facts.snapshots = 1;
    for (std::size_t p = 0; p < grid.size(); ++p) {
      unit.surface.total_cost.push_back(*rc::gen::inRange(0, 60));
      unit.surface.filled_shares.push_back(100);
    }
    const auto expected = by_definition(grid, unit.surface.total_cost);
    for (const std::size_t slabs : {1u, 2u, 7u}) {
      Reducer reducer(grid, {100, false, {}, 5}, slabs);
      reducer.add(unit);
      const auto summary = reducer.finish();
      RC_ASSERT(summary.plateau.has_value());
      RC_ASSERT(summary.plateau->point == expected.point);
      RC_ASSERT(summary.plateau->worst_objective == expected.worst_objective);
    }
  }));
}

TEST_CASE("the plateau pick where bins hold several values", "[sweep][plateau]") {
  const auto spaced = [](const char* name, int count, Nano step) {
    std::vector<Nano> values;
    for (int i = 0; i < count; ++i) values.push_back(i * step + i * i % 7);
    return list_axis(name, values);
  };
  const Grid grid({spaced("lambda_over", 31, 100), spaced("lambda_under", 24, 50), spaced("theta_queue", 40, 10),
                   spaced("half_spread", 45, 20)});
  const double bowl = 13;  // the bottom's position on each axis
  UnitResult unit;
  unit.facts.snapshots = 1;
  unsigned noise = 1;
  for (std::size_t p = 0; p < grid.size(); ++p) {
    const auto at = grid.index(p);
    double cost = 0;
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      const double off = static_cast<double>(at[a]) - bowl;
      cost += off * off;
    }
    noise = noise * 1664525 + 1013904223;
    unit.surface.total_cost.push_back(cost + (noise >> 27));
    unit.surface.filled_shares.push_back(100);
  }
  const auto expected = by_definition(grid, unit.surface.total_cost);
  Reducer reducer(grid, {100, false, {}, 5}, 3);
  reducer.add(unit);
  const auto plateau = reducer.finish().plateau;
  REQUIRE(plateau.has_value());
  CHECK(plateau->point == expected.point);
  CHECK(plateau->worst_objective == expected.worst_objective);
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
