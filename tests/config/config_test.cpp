#include "config/config.hpp"

#include <fstream>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

constexpr const char* kText = R"(store: store
router: cont_kukanov
order: {shares: 2000, start: "09:30", end: "16:00", slice: 30m}
grid: {lambda_over: 0.01, lambda_under: 0.02, theta_queue: 0}
)";

std::vector<Config> read(const std::vector<std::string>& sets) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "c.yaml";
  std::ofstream(path) << kText;
  return read_configs(path, sets);
}

std::string refusal(const std::vector<std::string>& sets) {
  try {
    read(sets);
  } catch (const Error& error) {
    CHECK(error.code() == Exit::usage);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("the order of metrics is no one's choice", "[app][config]") {
  const auto metrics = read({"run.metrics=[fills, square]"}).front().run.metrics;
  CHECK(metrics.size() == 6);
  CHECK(read({"run.metrics=[square, fills]"}).front().run.metrics == metrics);
}

TEST_CASE("structural values are told apart by value", "[app][config]") {
  CHECK(read({"structural={slice: [5m, 600s], lot: [100, 200]}"}).size() == 4);
  CHECK_THAT(refusal({"structural={slice: [10m, 5m, 300s]}"}),
             Catch::StartsWith("--set structural={slice: [10m, 5m, 300s]}:1:19: structural.slice has «5m» and «300s»"));
  CHECK_THAT(refusal({"structural={slice: [5m, 10m], lot: [100, 0100]}"}), Catch::Contains("«100» and «0100»"));
  CHECK_THAT(refusal({"structural={venues_max: [1, 2, 1]}"}), Catch::Contains("structural.venues_max has «1» twice"));
}

TEST_CASE("orders of different size are not compared in dollars", "[app][config]") {
  const std::string shares = "structural={shares: [1000, 2000]}";
  CHECK(read({shares}).size() == 2);
  CHECK(read({"objective=total_cost", "structural={shares: [1000]}"}).size() == 1);
  CHECK_THAT(refusal({"objective=total_cost", shares}),
             Catch::Contains(":1:10: structural.shares has several values") &&
                 Catch::EndsWith("take objective: slippage_bps"));
}

TEST_CASE("structural is of routers that work in slices", "[app][config]") {
  CHECK_THAT(refusal({"router=notebook", "order={shares: 100}", "structural={shares: [100, 200]}"}),
             Catch::Contains("the router notebook has no use for structural"));
}

TEST_CASE("dollars beyond any market are refused where they stand", "[app][config]") {
  for (const auto* set : {"fees.default.take=1e9", "fees.publishers={2: {make_rebate: -1000000.000000001}}",
                          "grid.lambda_over=[0, 1000001]", "grid.theta_queue={linear: [-2e6, 0], points: 2}",
                          "model.half_spread=1e8", "grid.half_spread=[0, 2000000]"}) {
    INFO(set);
    CHECK_THAT(refusal({set}),
               Catch::StartsWith(std::string("--set ") + set + ":1:") && Catch::Contains("to 1000000)"));
  }
  CHECK(read({"fees.default.take=-1000000", "grid.lambda_under=1000000", "model.half_spread=1000000"}).size() == 1);
  CHECK_THAT(refusal({"model.tick=1000.1"}), Catch::Contains("model.tick is «1000.1» (a number from 0 to 1000)"));
}

TEST_CASE("no half-spread is below zero, given or swept", "[app][config]") {
  for (const auto* set : {"model.half_spread=-0.01", "grid.half_spread=[-0.01, 0.01]"}) {
    INFO(set);
    CHECK_THAT(refusal({set}), Catch::Contains("half_spread is «-0.01» (a number from 0 to 1000000)"));
  }
}

TEST_CASE("an axis has a bound, said with its place", "[app][config]") {
  CHECK_THAT(refusal({"grid.lambda_over={linear: [0, 1], points: 10000001}"}),
             Catch::Contains(":1:") && Catch::Contains("a whole number from 1 to 10000000"));
}
