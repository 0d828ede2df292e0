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

TEST_CASE("numbers of a config are decimal, also with zeros in front", "[app][config]") {
  const auto entries = [](const std::vector<std::string>& sets) { return semantic_entries(read(sets).front()); };
  CHECK(entries({"order.shares=010", "order.lot=08", "order.slice=010m", "model.samples=0100", "model.min_samples=010",
                 "model.venues_max=010", "model.latency_ns=010", "model.impact_ticks=010",
                 "grid.lambda_over={linear: [00.01, 010.5], points: 010}", "fees.publishers={010: {take: 00.003}}"}) ==
        entries({"order.shares=10", "order.lot=8", "order.slice=10m", "model.samples=100", "model.min_samples=10",
                 "model.venues_max=10", "model.latency_ns=10", "model.impact_ticks=10",
                 "grid.lambda_over={linear: [0.01, 10.5], points: 10}", "fees.publishers={10: {take: 0.003}}"}));
  const auto run = read({"run.threads=010", "run.memory=010KiB"}).front().run;
  CHECK((run.threads == 10 && run.memory == 10240));
  CHECK_THAT(refusal({"order.shares=0x10"}), Catch::Contains("order.shares is «0x10»"));
}

TEST_CASE("pinned days are read back as they were written", "[app][config]") {
  auto config = read({"pinned_days={\"A #B\": [2024-07-08, 2024-07-10], C: [2024-07-09]}"}).front();
  CHECK(config.pinned_days.at("A #B").size() == 2);
  const auto again = [&] {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "c.yaml") << to_yaml(config);
    return read_configs(folder.path() / "c.yaml", {}).front();
  };
  CHECK(again().pinned_days == config.pinned_days);
  CHECK(semantic_entries(again()) == semantic_entries(read({}).front()));  // they do not change the run's id
  CHECK_THAT(refusal({"pinned_days=all"}), Catch::Contains("pinned_days must be a map of lists"));
  CHECK_THAT(refusal({"pinned_days={C: []}"}), Catch::Contains("pinned_days.C must be a list"));
  CHECK_THAT(refusal({"pinned_days={C: [2024-07-09, 2024-07-08]}"}), Catch::Contains("is not after the one before"));

  auto& many = config.pinned_days["C"];  // more than a config may list
  for (int day = 0; day < 100'000; ++day) many.emplace_back(std::chrono::sys_days(std::chrono::days(day)));
  CHECK(again().pinned_days.empty());
}
