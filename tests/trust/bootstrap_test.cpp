// Tests the stationary bootstrap. trust_test.py computes the same intervals with NumPy.
#include "trust/bootstrap.hpp"

#include <cmath>
#include <vector>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "trust/matrix.hpp"

using namespace sorsweep;
using namespace sorsweep::trust;

TEST_CASE("bootstrap: a constant has no width", "[trust]") {
  const auto interval = bootstrap_mean(std::vector<double>(8, -0.5));
  CHECK(interval.low == -0.5);
  CHECK(interval.high == -0.5);
  CHECK(interval.share_not_below_zero == 0);
  CHECK(interval.mean_block_days == 2);  // the cube root of 8
  CHECK(bootstrap_mean(std::vector<double>(8, 0.5)).share_not_below_zero == 1);
}

TEST_CASE("bootstrap: a block without end is the series, turned: its mean never changes", "[trust]") {
  const auto interval = bootstrap_mean(std::vector<double>{1, 2, 4, 8, 16}, {.mean_block_days = 1e18});
  CHECK(interval.low == Approx(31 / 5.0));
  CHECK(interval.high == Approx(31 / 5.0));
}

TEST_CASE("bootstrap: on independent days it is the textbook's interval", "[trust]") {
  // Means of n days drawn one by one: standard deviation s / sqrt(n), s with n in the denominator.
  const auto series = noise(1, 400, 3).values;
  const auto interval = bootstrap_mean(series, {.mean_block_days = 1});
  double square = 0;
  for (const double value : series) square += (value - interval.mean) * (value - interval.mean);
  const double error = std::sqrt(square / 400 / 400);
  CHECK(interval.low == Approx(interval.mean - 1.96 * error).margin(0.1 * error));
  CHECK(interval.high == Approx(interval.mean + 1.96 * error).margin(0.1 * error));
}

TEST_CASE("bootstrap: long blocks widen the interval of days that come in runs", "[trust]") {
  std::vector<double> runs;
  for (int i = 0; i < 200; ++i) runs.push_back(i / 10 % 2 == 0 ? 1 : -1);
  const auto narrow = bootstrap_mean(runs, {.mean_block_days = 1});
  const auto wide = bootstrap_mean(runs, {.mean_block_days = 5});
  CHECK(wide.high - wide.low > 1.5 * (narrow.high - narrow.low));
}

TEST_CASE("bootstrap: seeded, and refuses what it cannot do", "[trust]") {
  const std::vector<double> series{1, -2, 3, -4, 5, 6};
  CHECK(bootstrap_mean(series).low == bootstrap_mean(series).low);
  CHECK(bootstrap_mean(series, {.resamples = 100}).low != bootstrap_mean(series, {.resamples = 100, .seed = 2}).low);
  const auto few = bootstrap_mean(std::vector<double>{1, 2});
  CHECK(few.skipped == "needs 5 days or more; 2 given");
  CHECK(few.mean == 1.5);
  CHECK_THROWS_AS(bootstrap_mean(series, {.resamples = 0}), Error);
  CHECK_THROWS_AS(bootstrap_mean(series, {.mean_block_days = 0.5}), Error);
  CHECK_THROWS_AS(bootstrap_mean(series, {.confidence = 1}), Error);
}
