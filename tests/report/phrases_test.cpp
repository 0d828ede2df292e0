#include "report/phrases.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("a point is written as replay takes it", "[report]") {
  const Grid grid({list_axis("lambda_over", {5'000'000, 10'000'000}), list_axis("theta_queue", {0, 300'000})});
  CHECK(point_text(grid, 3) == "lambda_over=0.01,theta_queue=0.0003");
}

TEST_CASE("amounts of money have their sign before the dollar", "[report]") {
  CHECK(money(-951.494) == "-$951.49");
  CHECK(money(1234567) == "$1,234,567.00");
}

TEST_CASE("ties: one best point, some, or all of them", "[report]") {
  CHECK(ties_text(1000, 1) == "the single best of 1,000 points");
  CHECK(ties_text(1000, 3) == "3 of 1,000 points are equally good");
  CHECK(ties_text(1000, 1000) == "all 1,000 points cost the same: the parameters make no difference here");
  CHECK(ties_text(1, 1) == "the single best of 1 points");
}
