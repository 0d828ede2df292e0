#include "sorsweep/sweep/grid.hpp"

#include <rapidcheck.h>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "sweep/affine_view.hpp"

using namespace sorsweep;

namespace {
Grid small_grid() {
  return Grid({list_axis("lambda_over", {1, 2}), list_axis("lambda_under", {10, 20, 30}),
               list_axis("theta_queue", {100, 200})});
}
}  // namespace

TEST_CASE("points come in product order, the last axis fastest", "[sweep][grid]") {
  const auto grid = small_grid();
  REQUIRE(grid.size() == 12);
  std::size_t point = 0;
  for (const Nano over : {1, 2})
    for (const Nano under : {10, 20, 30})
      for (const Nano theta : {100, 200}) {
        CHECK(grid.values(point) == std::array<Nano, 4>{over, under, theta, 0});
        CHECK(grid.point(grid.index(point)) == point);
        ++point;
      }
}

TEST_CASE("a block of columns is the points one by one", "[sweep][grid]") {
  const auto grid = small_grid();
  CHECK(rc::check([&] {
    const auto first = *rc::gen::inRange<std::size_t>(0, grid.size());
    const auto count = *rc::gen::inRange<std::size_t>(0, grid.size() - first + 1);
    ParameterBlock block;
    block.decode(grid, first, count);
    const auto columns = block.columns();
    RC_ASSERT(columns.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto p = grid.parameters(first + i);
      RC_ASSERT(columns.lambda_over[i] == p.lambda_over);
      RC_ASSERT(columns.lambda_under[i] == p.lambda_under);
      RC_ASSERT(columns.theta_queue[i] == p.theta_queue);
    }
  }));
}

TEST_CASE("linear axes meet both ends and round half up in integers", "[sweep][grid]") {
  CHECK(linear_axis("a", 0, 10, 5).values == std::vector<Nano>{0, 3, 5, 8, 10});  // 2.5 → 3, 7.5 → 8
  CHECK(linear_axis("a", -5, 0, 3).values == std::vector<Nano>{-5, -2, 0});       // −2.5 → −2
  CHECK(linear_axis("a", 7, 7, 1).values == std::vector<Nano>{7});
  const auto wide = linear_axis("a", 500'000, 50'000'000, 100).values;
  CHECK(wide[1] == 1'000'000);
  CHECK(wide.back() == 50'000'000);
}

TEST_CASE("log axes meet both ends and have even ratios", "[sweep][grid]") {
  CHECK(log_axis("a", 1'000'000, 16'000'000, 5).values ==
        std::vector<Nano>{1'000'000, 2'000'000, 4'000'000, 8'000'000, 16'000'000});
  CHECK_THROWS_AS(log_axis("a", 0, 5, 3), Error);
}

TEST_CASE("axes that do not ascend, or whose values become equal, are refused", "[sweep][grid]") {
  CHECK_THROWS_AS(list_axis("a", {}), Error);
  CHECK_THROWS_AS(list_axis("a", {2, 1}), Error);
  CHECK_THROWS_AS(list_axis("a", {1, 1}), Error);
  CHECK_THROWS_AS(linear_axis("a", 0, 3, 10), Error);  // ten points on four nano-dollars
  CHECK_THROWS_AS(linear_axis("a", 0, 3, 1), Error);
}

TEST_CASE("the collapse sees the first axis that varies in front", "[sweep][grid]") {
  const Grid grid(
      {list_axis("lambda_over", {5}), list_axis("lambda_under", {1, 2, 3}), list_axis("theta_queue", {0, 4})});
  const AffineView view(grid);
  CHECK(view.grid().length(0) == 3);
  CHECK(view.grid().length(1) == 1);
  CHECK(view.grid().length(2) == 2);
  CHECK(view.grid().size() == grid.size());
  const std::vector<std::int64_t> base = {10}, under = {1}, over = {2}, sent = {3}, spread = {4};
  const auto costs = view.costs(base, under, over, sent, spread);
  CHECK(costs.base.front() == 10);
  CHECK(costs.slope[0].front() == 1);
  CHECK(costs.slope[1].front() == 2);
  CHECK(costs.slope[2].front() == 3);
  CHECK(costs.slope[3].front() == 4);
}
