#include "job/memory_plan.hpp"

#include <algorithm>
#include <fstream>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "job/saturated.hpp"
#include "sorsweep/router/candidates.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

Grid cube() {
  std::vector<Nano> values;
  for (Nano x = 1; x <= 100; ++x) values.push_back(x);
  return Grid({list_axis("lambda_over", values), list_axis("lambda_under", values), list_axis("theta_queue", values)});
}

/// An order of 40 lots in each slice, which the solver places at up to three venues.
Config config_of(const std::string& solver, const std::vector<std::string>& more = {}) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "c.yaml";
  std::ofstream(path) << R"(store: store
router: cont_kukanov
order: {shares: 40000, start: "10:00", end: "15:00", slice: 30m, lot: 100}
grid: {lambda_over: 0.01, lambda_under: 0.02, theta_queue: 0}
)";
  std::vector<std::string> sets = {"model={venues_max: 3, max_candidates: 1000000, solver: " + solver + "}"};
  sets.insert(sets.end(), more.begin(), more.end());
  return read_configs(path, sets).front();
}

constexpr std::uint64_t kMiB = 1 << 20;

/// What a thread's table of the placements of 40 lots takes at the least: an int64 each for five coefficients.
std::uint64_t table_bytes() {
  return cont_kukanov::CandidateTable::count(40, 3) * 5 * sizeof(std::int64_t);
}

RunShape shape_of(const Config& config, const Grid& grid, bool is_shard) {
  const ReduceOptions reduce{40'000, true, {Objective::Kind::slippage_bps, 0}, 1, 1};
  return {config, grid, reduce, Engine::collapse, {1000, 0, is_shard, false}, grid.size(), 1};
}

MemoryPlan plan(const char* solver, bool is_shard, int threads, std::uint64_t memory) {
  const auto config = config_of(solver);
  const auto grid = make_grid(config);
  return plan_memory(shape_of(config, grid, is_shard), Resources{threads, memory});
}

template <class Plan>
Exit refusal_of(const Plan& plan) {
  try {
    plan();
  } catch (const Error& error) {
    return error.code();
  }
  return Exit::ok;
}

}  // namespace

TEST_CASE("the tables of placements that threads work on are part of what a run takes", "[job][memory_plan]") {
  REQUIRE(table_bytes() > 16 * kMiB);
  for (const int threads : {1, 4}) {
    const auto tables = static_cast<std::uint64_t>(threads) * table_bytes();
    for (const bool is_shard : {false, true}) {
      // The pool needs no table: it fits where exact is refused.
      CHECK(refusal_of([&] { plan("pool", is_shard, threads, tables); }) == Exit::ok);
      CHECK(refusal_of([&] { plan("exact", is_shard, threads, tables); }) == Exit::resources);
      CHECK(plan("exact", is_shard, threads, 2 * tables).peak > tables);
    }
  }
}

TEST_CASE("brute force is planned with all placements of a day", "[job][memory_plan]") {
  const auto config = config_of("exact");
  const auto grid = make_grid(config);
  auto shape = shape_of(config, grid, false);
  CHECK(total(needs_of(shape, 1).placements) == 0);
  shape.engine = Engine::brute;
  // Ten slices, and each placement has an int64 for five coefficients and five fills.
  CHECK(total(needs_of(shape, 1).placements) >= 10 * 2 * table_bytes());
}

TEST_CASE("what is counted grows with what it is for", "[job][memory_plan]") {
  const auto needed = [](const std::vector<std::string>& sets, const auto& change) {
    const auto config = config_of("exact", sets);
    const auto grid = make_grid(config);
    auto shape = shape_of(config, grid, false);
    change(shape);
    const auto needs = needs_of(shape, 1);
    return std::max({total(needs.fixed + needs.day), total(needs.summary), total(needs.report)});
  };
  const auto nothing = [](RunShape&) {};
  const auto least = needed({}, nothing);
  // 10^5 samples of ten slices at three queues, in int64s, and the fills of 41 lots for their tables, in int32s. Only
  // 18,000 windows fit into five hours with a stride of a second.
  CHECK(needed({"model.samples=100000", "model.sample_stride=1s"}, nothing) >=
        least + 10 * 3 * 8 * 17'000 + 41 * 3 * 4 * 17'000);
  CHECK(needed({"model.samples=100000", "model.sample_stride=1s"}, nothing) <=
        least + 10 * 3 * 8 * 19'000 + 41 * 3 * 4 * 19'000);
  CHECK(needed({"grid.theta_queue={linear: [0, 0.1], points: 100000}"}, nothing) >= least + 100'000 * 280);
  CHECK(needed({}, [](RunShape& shape) { shape.structural_points = 1000; }) > least + 999 * 6000);
  CHECK(needed({}, [](RunShape& shape) { shape.reduce.days = 250; }) > least + 249 * 16'000);
  CHECK(needed({}, [](RunShape& shape) { shape.sizes.longest_day = 1'000'000; }) > least + 200'000'000);
  const std::vector<std::string> cube = {"grid.lambda_over={linear: [0, 0.1], points: 100}",
                                         "grid.lambda_under={linear: [0, 0.1], points: 100}"};
  auto squares = cube;
  squares.emplace_back("run.metrics=[square]");
  const auto day = [](const std::vector<std::string>& sets) {
    const auto config = config_of("exact", sets);
    const auto grid = make_grid(config);
    auto shape = shape_of(config, grid, false);
    shape.sizes.longest_day = 0;
    return total(needs_of(shape, 1).day);
  };
  CHECK(day(squares) >= day(cube) + 4 * 8 * 10'000);  // two columns, and in the file again
}

TEST_CASE("what comes after another is not added to it", "[job][memory_plan]") {
  const auto config = config_of("exact");
  const auto grid = cube();
  auto shape = shape_of(config, grid, false);
  const auto before = needs_of(shape, 2);
  const auto owns = [](const MemoryNeeds& needs, std::string_view owner) {
    return std::ranges::any_of(needs, [&](const MemoryNeed& need) { return need.owner == owner; });
  };
  CHECK(owns(before.summary, "the sums of the points"));
  // The summary is made when no day is in flight, and is done when results.h5 is made.
  CHECK(owns(before.summary, "the summary of the grid"));
  CHECK_FALSE(owns(before.fixed, "the summary of the grid"));
  CHECK_FALSE(owns(before.results, "the summary of the grid"));
  // A day has its rows, then its surface: more rows do not count until they are more than it.
  shape.sizes.longest_day = 20'000;
  CHECK(total(needs_of(shape, 2).day) == total(before.day));
  shape.sizes.longest_day = 1'000'000;
  CHECK(total(needs_of(shape, 2).day) > total(before.day));
}

TEST_CASE("results.h5 is planned with what it may have, and gets all that is left", "[job][memory_plan]") {
  const auto config = config_of("pool");
  const auto grid = cube();
  const auto shape = shape_of(config, grid, false);
  const auto needs = needs_of(shape, 2);
  CHECK(total(needs.file) >= 5 * 6 * grid.size());  // five doubles or integers a point, hardly deflated
  CHECK(total(needs.file) <= 5 * 8 * grid.size());
  const auto budget = total(needs.results + needs.file) + 5'000'000;
  const auto plan = plan_memory(shape, {2, budget});
  CHECK(plan.file == total(needs.file));
  CHECK(plan.most_file == plan.file + 5'000'000);
}

TEST_CASE("the most absurd grid is refused, and does not wrap to a small one", "[job][memory_plan]") {
  const auto axis = [](const char* name, std::size_t points) { return linear_axis(name, 0, kNanoPerDollar, points); };
  const Grid grid({axis("lambda_over", 2), axis("lambda_under", 1 << 15), axis("theta_queue", 1 << 16),
                   axis("half_spread", 1 << 16)});
  REQUIRE(grid.size() == std::size_t{1} << 48);
  constexpr int threads = 1 << 13;  // 2^47 points of a row × 32 bytes × 2^13 are 2^65
  constexpr std::uint64_t budget = std::uint64_t{1} << 52;
  for (const auto* surfaces : {"total", "none"}) {
    const auto config = config_of("pool", {std::string("run.surfaces=") + surfaces});
    CHECK_THROWS_WITH(check_points(config, grid, {threads, budget}),
                      Catch::Contains("281,474,976,710,656 points need"));
    CHECK_NOTHROW(check_points(config, cube(), {threads, budget}));
  }
}

TEST_CASE("sums and products stay at the largest number", "[job][memory_plan]") {
  CHECK(saturated_sum({1, 2, 3}) == 6);
  CHECK(saturated_sum({kSaturated - 1, 1}) == kSaturated);
  CHECK(saturated_sum({kSaturated, 1, 5}) == kSaturated);
  CHECK(saturated_product({3, 5, 7}) == 105);
  CHECK(saturated_product({std::uint64_t{1} << 32, std::uint64_t{1} << 31}) == std::uint64_t{1} << 63);
  CHECK(saturated_product({std::uint64_t{1} << 32, std::uint64_t{1} << 32}) == kSaturated);
  const MemoryNeeds two = {{"one", kSaturated - 5}, {"another", 6}};
  CHECK(total(two) == kSaturated);
}

TEST_CASE("axes that do not fit are refused before the grid is made", "[job][memory_plan]") {
  const auto config = config_of("pool", {"grid.theta_queue={linear: [0, 0.1], points: 1000000}"});
  CHECK_THROWS_WITH(check_axes(config, {1, 100'000'000}), Catch::Contains("the 1,000,002 values of the axes need"));
  CHECK_NOTHROW(check_axes(config, {1, 400'000'000}));
}

TEST_CASE("what days leave and take decides how many are in flight", "[job][memory_plan]") {
  MemoryPlan plan{{4, 1000}, 8};
  plan.fixed = 200;
  plan.each = 100;
  CHECK(days_that_fit(plan, 0, 0) == 8);
  CHECK(days_that_fit(plan, 400, 0) == 4);
  CHECK(days_that_fit(plan, 400, 100) == 2);
  plan.placements = 300;
  CHECK(days_that_fit(plan, 0, 100) == 2);
  CHECK(days_that_fit(plan, 2000, 100) == 1);  // the day that is next is refused if it cannot be
}

TEST_CASE("what days keep leaves less for slabs, and is refused where it leaves nothing", "[app][memory]") {
  const auto config = config_of("pool", {"run.surfaces=none"});
  const auto grid = cube();
  auto shape = shape_of(config, grid, false);
  shape.reduce = {1000, true, {Objective::Kind::slippage_bps, 0}, 100, 1};
  const auto walking = total(needs_of(shape, 1).summary);
  const Resources resources{1, walking + 20'000'000};
  const auto slabs = [&](std::uint64_t contenders) { return plan_slabs(shape, contenders, resources); };
  CHECK(slabs(0) == 4);
  CHECK(slabs(110'000) > 4);  // 2.4 MB are left
  CHECK(slabs(110'000) <= grid.rows());
  CHECK_THROWS_WITH(slabs(1'000'000), Catch::Contains("the days keep 1,000,000 placements"));
  CHECK(refusal_of([&] { slabs(1'000'000); }) == Exit::resources);
}
