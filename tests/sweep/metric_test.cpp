#include "sorsweep/sweep/metric.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "slice_days.hpp"
#include "sorsweep/sweep/backtest.hpp"

using namespace sorsweep;

TEST_CASE("a square that leaves 95 bits is refused", "[sweep][metric]") {
  execution::Fills fills;
  fills.slippage = 199'032'864'766'430;  // 2^47.5, rounded down
  CHECK(metric_info(Metric::square_high).value(fills) > INT64_MAX / 1'000'000 * 999'999);
  fills.slippage = -fills.slippage - 1;
  CHECK_THROWS_WITH(metric_info(Metric::square_high).value(fills), Catch::Contains("95 bits"));
}

TEST_CASE("a metric that was registered is found behind ours; what is none is refused", "[sweep][metric]") {
  const auto sent = [](const execution::Fills& fills) { return fills.market + fills.limit; };
  const auto metric = register_metric({"test_metric", "test_metric_shares", "shares", sent, 1});
  CHECK(metrics().front().name == "market_shares");
  CHECK(metric_info(metric).name == "test_metric_shares");
  CHECK(metric_info(metric).value({3, 4, 0, 0, 0}) == 7);
  CHECK_THROWS_AS(register_metric({"test_metric", "another_name", "shares", sent, 1}), Error);  // a word of its own
  CHECK_THROWS_AS(register_metric({"fills", "another_name", "shares", sent, 1}), Error);
  CHECK_THROWS_AS(register_metric({"another_word", "limit_shares", "shares", sent, 1}), Error);
  CHECK_THROWS_AS(register_metric({"Another", "another_name", "shares", sent, 1}), Error);
  CHECK_THROWS_AS(register_metric({"another_word", "another_name", "shares", {}, 1}), Error);
}

TEST_CASE("a day whose sum could leave 64 bits is refused, whoever wins its slices", "[sweep][metric]") {
  const auto quarter = [](const execution::Fills&) { return INT64_MAX / 4; };
  const auto metric = register_metric({"test_quarter", "test_quarter", "", quarter, 1});
  auto rows = test::opening();
  for (int second = 10; second < test::kSessionSeconds - 1; second += 10)
    rows.push_back(test::row(second, 1, {10'000, 150}, {10'002, 200}));
  rows.push_back(test::closing());
  const auto grid = test::grid();
  std::vector<std::int64_t> out(grid.size());
  for (const auto engine : {Engine::collapse, Engine::brute}) {
    const auto backtest = make_slice_backtest(grid, test::settings());
    const auto evaluation = backtest->prepare(test::day_data(rows), engine);
    REQUIRE(evaluation->facts().slices.slices.size() > 2);
    CHECK_THROWS_WITH(evaluation->evaluate_metric(metric, {0, grid.rows()}, out),
                      Catch::Contains("the test_quarter of a day leaves 64 bits"));
  }
}

TEST_CASE("routers without slices have no metrics", "[sweep][metric]") {
  const Grid grid({list_axis("lambda_over", {1})});
  const auto evaluation = make_notebook_backtest(grid, 100)->prepare({}, Engine::collapse);
  std::vector<std::int64_t> out(1);
  CHECK_THROWS_AS(evaluation->evaluate_metric(Metric::market_shares, {0, 1}, out), Error);
}
