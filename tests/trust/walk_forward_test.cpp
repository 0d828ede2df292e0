// Tests walk-forward by hand and with a planted change of regime.
#include "trust/walk_forward.hpp"

#include <rapidcheck.h>

#include <numeric>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "trust/matrix.hpp"

using namespace sorsweep;
using namespace sorsweep::trust;

namespace {

//            day   0  1  2  3     sums after 1, 2, 3 days
// point 0          1  1  9  9     1   2  11
// point 1          2  2  2  2     2   4   6
// point 2          5  0  0  9     5   5   5
const Outcomes& by_hand() {
  static const auto outcomes = matrix({{1, 1, 9, 9}, {2, 2, 2, 2}, {5, 0, 0, 9}});
  return outcomes;
}

}  // namespace

TEST_CASE("walk-forward: the best of the days so far pays for the next", "[trust]") {
  const std::vector<DaySeries> flat{{"flat", {100, 3, 3, 3}}};
  const auto result = walk_forward(by_hand(), {}, flat);
  REQUIRE(result.steps.size() == 3);
  const std::vector<std::size_t> points{0, 0, 2};
  const std::vector<double> in_sample{1, 1, 5.0 / 3}, out_of_sample{1, 9, 9}, hindsight{0, 0, 2};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(result.steps[i].day == i + 1);
    CHECK(result.steps[i].point == points[i]);
    CHECK(result.steps[i].in_sample == in_sample[i]);
    CHECK(result.steps[i].out_of_sample == out_of_sample[i]);
    CHECK(result.steps[i].hindsight == hindsight[i]);
  }
  CHECK(result.equity == std::vector<double>{1, 10, 19});
  CHECK(result.mean_out_of_sample == Approx(19.0 / 3));
  CHECK(result.mean_hindsight == Approx(2.0 / 3));
  REQUIRE(result.against.size() == 1);
  CHECK(result.against[0].values == std::vector<double>{-2, 6, 6});
  CHECK(result.against[0].mean == Approx(10.0 / 3));
}

TEST_CASE("walk-forward: a weight on the standard deviation prefers the steady point", "[trust]") {
  // After three days: point 0 has mean 11/3, std sqrt(64/3) = 4.62; point 1 has 2 and 0; point 2 has 5/3 and
  // sqrt(25/3) = 2.89.
  const auto result = walk_forward(by_hand(), {1.0});
  CHECK(result.steps[2].point == 1);
  CHECK(result.steps[2].in_sample == 2);
  CHECK(result.steps[2].out_of_sample == 2);
}

TEST_CASE("walk-forward: a change of regime costs what it costs", "[trust]") {
  // Point 0 pays 0 on five days and 4 on five, point 1 always 1. After day 5 + k point 0 has paid 4k on 5 + k days. It
  // is still chosen for k = 0 and 1, as 4/6 < 1. With k = 2 it has paid 8/7.
  const auto outcomes = matrix({{0, 0, 0, 0, 0, 4, 4, 4, 4, 4}, std::vector<double>(10, 1)});
  const auto result = walk_forward(outcomes, {});
  std::vector<double> paid;
  for (const auto& step : result.steps) paid.push_back(step.out_of_sample);
  CHECK(paid == std::vector<double>{0, 0, 0, 0, 4, 4, 1, 1, 1});
  CHECK(result.mean_out_of_sample > 1);  // worse than no choice at all
  CHECK(result.mean_in_sample < 1);
}

TEST_CASE("walk-forward: ties go to the lowest point, and too few days are said", "[trust]") {
  CHECK(walk_forward(matrix({{2, 7}, {2, 0}}), {}).steps[0].point == 0);
  CHECK(walk_forward(matrix({{2}}), {}).skipped == "needs 2 days or more; 1 given");
  CHECK_THROWS_AS(walk_forward(by_hand(), {}, std::vector<DaySeries>{{"short", {1}}}), Error);
}

TEST_CASE("the best row of all days counts the points that are as good", "[trust]") {
  auto outcomes = matrix({{3, 3}, {1, 2}, {2, 1}, {0, 9}});
  outcomes.counts = {1, 4, 6, 9};
  const auto best = best_row(outcomes, {});
  CHECK(best.row == 1);
  CHECK(best.score == 1.5);
  CHECK(best.ties == 10);
  CHECK_THROWS_AS(best_row({}, {}), Error);
}

TEST_CASE("walk-forward: what a day costs everybody changes no choice and no difference", "[trust]") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 20);
    const auto days = *rc::gen::inRange<std::size_t>(2, 12);
    Outcomes plain;
    plain.points.resize(rows);
    std::iota(plain.points.begin(), plain.points.end(), 0);
    for (std::size_t i = 0; i < rows * days; ++i) plain.values.push_back(*rc::gen::inRange(-50, 50));
    std::vector<DaySeries> baseline{{"flat", std::vector<double>(days, 1)}};
    const auto before = walk_forward(plain, {}, baseline);
    for (std::size_t d = 0; d < days; ++d) {
      const double cost = *rc::gen::inRange(-50, 50);
      for (std::size_t r = 0; r < rows; ++r) plain.values[d * rows + r] += cost;
      baseline[0].values[d] += cost;
    }
    const auto after = walk_forward(plain, {}, baseline);
    for (std::size_t i = 0; i < before.steps.size(); ++i) {
      const auto &a = before.steps[i], &b = after.steps[i];
      RC_ASSERT(a.row == b.row);
      RC_ASSERT(a.out_of_sample - a.hindsight == b.out_of_sample - b.hindsight);
    }
    RC_ASSERT(before.against[0].values == after.against[0].values);
  }));
}
