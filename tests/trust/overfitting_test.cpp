// Tests the probability of backtest overfitting: by hand, on noise, and with a planted winner. trust_test.py has the
// definition.
#include "trust/overfitting.hpp"

#include <rapidcheck.h>

#include <limits>
#include <numeric>
#include <random>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "trust/day_splits.hpp"
#include "trust/matrix.hpp"

using namespace sorsweep;
using namespace sorsweep::trust;

TEST_CASE("PBO by hand: six splits of four days", "[trust]") {
  //                           days 0 1 | 2 3      0 2 | 1 3, and the three others like it
  // point 0: 0 0 3 3                 0 | 6          3 | 3
  // point 1: 1 1 1 1                 2 | 2          2 | 2
  // point 2: 2 2 0 0                 4 | 0          2 | 2
  // {0, 1}: point 0 chosen, worst on the others: rank 1, logit ln(1 / 3). {2, 3}: point 2, worst as well.
  // The other four: points 1 and 2 tie, 1 is chosen, and ties with 2 on the others: rank 2.5, logit ln(2.5 / 1.5).
  const auto result = overfitting(matrix({{0, 0, 3, 3}, {1, 1, 1, 1}, {2, 2, 0, 0}}), {});
  CHECK(result.splits == 6);
  CHECK(result.groups == 4);
  CHECK(result.outcomes == 3);
  CHECK(result.probability == Approx(2.0 / 6));
  CHECK(result.mean_logit == Approx((2 * std::log(1.0 / 3) + 4 * std::log(5.0 / 3)) / 6));
  CHECK(result.note.empty());
}

TEST_CASE("PBO: the median itself counts a half", "[trust]") {
  // {0, 1}: point 0 is chosen (0); on the others 2 against 0 and 4: rank 2 of 3. {2, 3}: point 1, in the same way.
  // The other four: 1, 1 and 4; point 0 is chosen and shares the better half: rank 2.5.
  const auto result = overfitting(matrix({{0, 0, 1, 1}, {1, 1, 0, 0}, {2, 2, 2, 2}}), {});
  CHECK(result.probability == Approx(1.0 / 6));
  CHECK(result.mean_logit == Approx(4 * std::log(5.0 / 3) / 6));
}

TEST_CASE("PBO: groups of nearly equal length, every half once", "[trust]") {
  const DaySplits splits(11, 4);  // 3 3 3 2
  CHECK(splits.days_of(0) == std::pair<std::size_t, std::size_t>{0, 3});
  CHECK(splits.days_of(3) == std::pair<std::size_t, std::size_t>{9, 11});
  CHECK(splits.halves() == std::vector<GroupMask>{3, 5, 6, 9, 10, 12});
  CHECK(splits.complement(9) == 6);
  CHECK(splits.day_count(9) == 5);
  for (const std::size_t groups : {4u, 6u, 8u, 10u, 12u, 14u, 16u})
    CHECK(DaySplits(40, groups).halves().size() == count_halves(groups));
  CHECK(count_halves(16) == 12'870);
}

TEST_CASE("PBO of pure noise is about a half", "[trust]") {
  for (const double std_weight : {0.0, 0.5}) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) sum += overfitting(noise(80, 12, seed), {std_weight}).probability;
    CHECK(sum / 50 > 0.4);
    CHECK(sum / 50 < 0.6);
  }
}

TEST_CASE("PBO of a planted winner is next to nothing", "[trust]") {
  auto outcomes = noise(200, 16, 5);
  for (std::size_t d = 0; d < 16; ++d) outcomes.values[d * 200 + 137] -= 2.5;
  for (const double std_weight : {0.0, 0.5}) {
    const auto result = overfitting(outcomes, {std_weight});
    CHECK(result.splits == 12'870);
    CHECK(result.probability < 0.05);
    CHECK(result.mean_logit > 2);
  }
}

TEST_CASE("PBO does not depend on the order of points, on copies, nor on what a day costs everybody", "[trust]") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::inRange<std::size_t>(2, 200);
    const auto days = *rc::gen::inRange<std::size_t>(4, 13);
    const auto plain = noise(rows, days, *rc::gen::arbitrary<std::uint64_t>());
    std::vector<std::size_t> order(rows);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), std::mt19937_64(rows));
    order.push_back(order.front());  // a copy
    Outcomes changed;
    for (std::size_t r = 0; r < order.size(); ++r) changed.points.push_back(r);
    for (std::size_t d = 0; d < days; ++d) {
      const double cost = *rc::gen::inRange(-9, 9);
      for (const auto r : order) changed.values.push_back(plain.values[d * rows + r] + cost);
    }
    const auto a = overfitting(plain, {});
    const auto b = overfitting(distinct(changed), {});
    RC_ASSERT(a.probability == b.probability);
    RC_ASSERT(std::abs(a.mean_logit - b.mean_logit) < 1e-12);
  }));
}

TEST_CASE("PBO: less work by fewer groups, and it is said", "[trust]") {
  const auto result = overfitting(noise(100, 16, 1), {}, {16, 100 * 252.0});
  CHECK(result.groups == 10);
  CHECK(result.splits == 252);
  CHECK(result.note == "10 groups of days instead of 16: 100 outcomes would take 1e+06 comparisons");
  CHECK(overfitting(noise(100, 16, 1), {}, {16, 1}).groups == 4);
  CHECK(overfitting(noise(100, 16, 1), {}, {7, 2e10}).groups == 6);
}

TEST_CASE("PBO is skipped with a reason", "[trust]") {
  CHECK(overfitting(noise(5, 3, 1), {}).skipped == "needs 4 days or more; 3 given");
  CHECK(overfitting(noise(1, 9, 1), {}).skipped == "there is no choice: all points paid the same on every day");
  auto outcomes = noise(5, 4, 1);
  outcomes.values[7] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(overfitting(outcomes, {}), Error);
}
