// Compares what the reducer says of the surface with definitions: regions, runner-up, box of ties, edges, shares of
// variance.
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "catch_compat.hpp"
#include "collapse/random_axis.hpp"
#include "reduce/cells.hpp"
#include "reduce/outcome_sample.hpp"
#include "sorsweep/reduce/reducer.hpp"

using namespace sorsweep;

namespace {

Grid random_grid() {
  return Grid({random_axis("lambda_over", 20), random_axis("lambda_under", 12), random_axis("theta_queue", 20),
               random_axis("half_spread", 4)});
}

UnitResult day_of(std::vector<double> costs) {
  UnitResult unit;
  unit.facts.snapshots = 1;
  unit.surface.filled_shares.assign(costs.size(), 100);
  unit.surface.total_cost = std::move(costs);
  return unit;
}

SweepSummary reduce(const Grid& grid, const std::vector<double>& costs, std::size_t slabs) {
  Reducer reducer(grid, {100, false, {}, 5}, slabs);
  reducer.add(day_of(costs));
  return reducer.finish();
}

std::vector<double> random_costs(const Grid& grid, int most) {
  std::vector<double> costs;
  for (std::size_t p = 0; p < grid.size(); ++p) costs.push_back(*rc::gen::inRange(0, most));
  return costs;
}

bool is_far(const Grid& grid, std::size_t p, std::size_t q, const SweepSummary& summary) {
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto& values = grid.axes()[a].values;
    const auto off = std::abs(grid.values(p)[a] - grid.values(q)[a]);
    if (!summary.axes[a].is_dead && 20 * off > values.back() - values.front()) return true;
  }
  return false;
}

/// Returns the variance of the means over the values of an axis, as a share of the variance over all points.
double variance_share(const Grid& grid, const std::vector<double>& costs, std::size_t axis) {
  const auto n = static_cast<double>(costs.size());
  const double mean = std::accumulate(costs.begin(), costs.end(), 0.0) / n;
  double total = 0;
  for (const double cost : costs) total += (cost - mean) * (cost - mean) / n;
  double between = 0;
  for (std::size_t i = 0; i < grid.length(axis); ++i) {
    double sum = 0;
    double count = 0;
    for (std::size_t p = 0; p < grid.size(); ++p) {
      if (grid.index(p)[axis] != i) continue;
      sum += costs[p];
      ++count;
    }
    between += (sum / count - mean) * (sum / count - mean) / static_cast<double>(grid.length(axis));
  }
  return total > 0 ? between / total : 0;
}

}  // namespace

TEST_CASE("regions hold the least, the mean and the most of their points", "[sweep][regions]") {
  CHECK(rc::check([] {
    const auto grid = random_grid();
    const auto costs = random_costs(grid, 1000);
    for (const std::size_t slabs : {1, 3, 8}) {
      const auto summary = reduce(grid, costs, slabs);
      RC_ASSERT(summary.regions.has_value());
      const auto& regions = *summary.regions;
      std::size_t region = 0;
      for (std::size_t i = 0; i < regions.bins(0); ++i)
        for (std::size_t j = 0; j < regions.bins(1); ++j)
          for (std::size_t k = 0; k < regions.bins(2); ++k)
            for (std::size_t l = 0; l < regions.bins(3); ++l, ++region) {
              const GridBox box{
                  {regions.begin[0][i], regions.begin[1][j], regions.begin[2][k], regions.begin[3][l]},
                  {regions.begin[0][i + 1], regions.begin[1][j + 1], regions.begin[2][k + 1], regions.begin[3][l + 1]}};
              double sum = 0;
              std::size_t best = grid.size();
              double most = 0;
              for (std::size_t p = 0; p < grid.size(); ++p) {
                if (!box.has(grid.index(p))) continue;
                sum += costs[p];
                most = std::max(most, costs[p]);
                if (best == grid.size() || costs[p] < costs[best]) best = p;
              }
              RC_ASSERT(regions.best_point[region] == best);
              RC_ASSERT(regions.least[region] == costs[best]);
              RC_ASSERT(regions.most[region] == most);
              RC_ASSERT(regions.mean[region] == sum / static_cast<double>(box.size()));  // whole numbers: exact
            }
      RC_ASSERT(region == regions.size());
    }
  }));
}

TEST_CASE("large grids have regions of several points", "[sweep][regions]") {
  const auto axis = [](const char* name, int count) {
    std::vector<Nano> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 0);
    return list_axis(name, values);
  };
  const Grid grid({axis("lambda_over", 90), axis("lambda_under", 70), axis("theta_queue", 50)});
  std::vector<double> costs;
  for (std::size_t p = 0; p < grid.size(); ++p) costs.push_back(static_cast<double>((p * 7919) % 1009));
  const auto one = reduce(grid, costs, 1);
  const auto seven = reduce(grid, costs, 7);
  const auto& regions = *one.regions;
  CHECK(regions.size() == 32 * 32 * 32);
  CHECK(regions.mean == seven.regions->mean);
  CHECK(regions.best_point == seven.regions->best_point);
  CHECK(*std::ranges::min_element(regions.least) == one.best.objective);
  double sum = 0;
  std::size_t region = 0;
  for (std::size_t i = 0; i < 32; ++i)
    for (std::size_t j = 0; j < 32; ++j)
      for (std::size_t k = 0; k < 32; ++k, ++region)
        sum += regions.mean[region] * static_cast<double>((regions.begin[0][i + 1] - regions.begin[0][i]) *
                                                          (regions.begin[1][j + 1] - regions.begin[1][j]) *
                                                          (regions.begin[2][k + 1] - regions.begin[2][k]));
  CHECK(sum == Approx(std::accumulate(costs.begin(), costs.end(), 0.0)));
}

TEST_CASE("runner-up, ties' box and edges by their definitions", "[sweep][runner_up]") {
  CHECK(rc::check([] {
    const auto grid = random_grid();
    const auto costs = random_costs(grid, *rc::gen::element(2, 30, 1000));
    const auto summary = reduce(grid, costs, *rc::gen::element<std::size_t>(1, 4));
    std::optional<std::size_t> runner_up;
    GridBox tied{grid.index(summary.best.point), {}};
    for (std::size_t p = 0; p < grid.size(); ++p) {
      if (costs[p] == summary.best.objective) {
        GridBox own{grid.index(p), grid.index(p)};
        for (auto& last : own.last) ++last;
        tied = around(tied, own);
      }
      if (!is_far(grid, p, summary.best.point, summary)) continue;
      if (!runner_up || costs[p] < costs[*runner_up]) runner_up = p;
    }
    RC_ASSERT(summary.runner_up.has_value() == runner_up.has_value());
    if (runner_up) RC_ASSERT(summary.runner_up->point == *runner_up);
    if (runner_up) RC_ASSERT(summary.runner_up->objective == costs[*runner_up]);
    RC_ASSERT(summary.tied.first == tied.first);
    RC_ASSERT(summary.tied.last == tied.last);
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      const bool is_live = !summary.axes[a].is_dead;
      RC_ASSERT((summary.axes[a].edge == Edge::first) == (is_live && tied.last[a] == 1));
      RC_ASSERT((summary.axes[a].edge == Edge::last) == (is_live && tied.first[a] + 1 == grid.length(a)));
    }
  }));
}

TEST_CASE("an axis' share of the variance is that of its means", "[sweep][audit]") {
  CHECK(rc::check([] {
    const auto grid = random_grid();
    const auto costs = random_costs(grid, 1000);
    const auto one = reduce(grid, costs, 1);
    const auto five = reduce(grid, costs, 5);
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      const double expected = one.axes[a].is_dead ? 0 : variance_share(grid, costs, a);
      RC_ASSERT(std::abs(one.axes[a].variance_share - expected) < 1e-9);
      RC_ASSERT(one.axes[a].variance_share == five.axes[a].variance_share);
    }
  }));
}

TEST_CASE("axes are confounded where placements pay on them in proportion", "[sweep][audit]") {
  const Grid grid(
      {list_axis("lambda_over", {0, 10}), list_axis("lambda_under", {0, 10}), list_axis("theta_queue", {0, 5})});
  // Each placement has 2 more shares over and 4 more shares sent than the one before, and fewer shares under.
  Contenders slice{{0, 1, 2}, {0, 10, 25}, {9, 4, 1}, {1, 3, 5}, {2, 6, 10}, {0, 0, 0}, {{}, {}, {}}};
  SweepSummary summary;
  for (auto& axis : summary.axes) axis.is_dead = false;
  audit_decisions(grid, {{slice, slice}}, summary);
  REQUIRE(summary.confounded.size() == 1);
  CHECK(summary.confounded[0].first == 0);
  CHECK(summary.confounded[0].second == 2);
  CHECK(summary.confounded[0].ratio == 2);
  // At the best point (0, 0, 0) the first placement wins; with lambda_under = 10 the second does: 10 + 40 < 0 + 90.
  CHECK(summary.axes[1].binding_share == 1);
  CHECK(summary.axes[0].binding_share == 0);
  slice.sent[2] = 11;
  summary.confounded.clear();
  audit_decisions(grid, {{slice}}, summary);
  CHECK(summary.confounded.empty());
}

TEST_CASE("an outcome sample has the ends of every axis, and the surface's own values", "[sweep][sample]") {
  const auto axis = [](const char* name, int count) {
    std::vector<Nano> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 0);
    return list_axis(name, values);
  };
  const Grid grid({axis("lambda_over", 80), axis("lambda_under", 60), axis("theta_queue", 40)});
  OutcomeSample sample(grid, 5);
  CHECK_FALSE(sample.is_whole());
  CHECK(sample.points().size() <= OutcomeSample::kMostPoints);
  CHECK(sample.points().size() > OutcomeSample::kMostPoints / 2);
  CHECK(sample.points().front() == 0);
  CHECK(sample.points().back() == grid.size() - 1);
  CHECK(std::ranges::is_sorted(sample.points()));
  Surface surface;
  surface.slippage.resize(grid.size());
  std::iota(surface.slippage.begin(), surface.slippage.end(), 0);
  sample.add(surface);
  for (std::size_t i = 0; i < sample.points().size(); i += 997) {
    CHECK(sample.days()[0][i] == static_cast<std::int64_t>(sample.points()[i]));
    CHECK(sample.grid().values(i) == grid.values(sample.points()[i]));
  }
  CHECK(
      OutcomeSample(Grid({axis("lambda_over", 40), axis("lambda_under", 40), axis("theta_queue", 40)}), 5).is_whole());
  CHECK(OutcomeSample(grid, 10'000).points().size() <= 1677);  // 128 MiB in all
}

TEST_CASE("cells are numbered in product order of their bins", "[sweep][reducer]") {
  const Grid grid(
      {list_axis("lambda_over", {1, 2, 3}), list_axis("lambda_under", {5}), list_axis("theta_queue", {0, 4})});
  const Cells cells(grid, {{{{0, 2}, {2, 3}}, {{0, 1}}, {{0, 1}, {1, 2}}, {{0, 1}}}});
  CHECK(cells.size() == 4);
  CHECK(cells.per_bin() == 2);
  CHECK(cells.of({2, 3}).first == 2);
  CHECK(cells.of({1, 3}).first == 0);
  CHECK(cells.of({1, 3}).last == 4);
  const auto box = cells.box(1);
  CHECK(box.first[0] == 0);
  CHECK(box.last[0] == 2);
  CHECK(box.first[2] == 1);
  CHECK(cells.line_length() == 2);
}
