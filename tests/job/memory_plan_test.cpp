#include "job/memory_plan.hpp"

#include <fstream>

#include "catch_compat.hpp"
#include "core/error.hpp"
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
Config config_of(const std::string& solver) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "c.yaml";
  std::ofstream(path) << R"(store: store
router: cont_kukanov
order: {shares: 40000, start: "10:00", end: "15:00", slice: 30m, lot: 100}
grid: {lambda_over: 0.01, lambda_under: 0.02, theta_queue: 0}
)";
  const std::vector<std::string> sets = {"model={venues_max: 3, max_candidates: 1000000, solver: " + solver + "}"};
  return read_configs(path, sets).front();
}

constexpr std::uint64_t kMiB = 1 << 20;

/// What a thread's table of the placements of 40 lots takes at the least: an int64 each for five coefficients.
std::uint64_t table_bytes() {
  return cont_kukanov::CandidateTable::count(40, 3) * 5 * sizeof(std::int64_t);
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

TEST_CASE("the tables of placements that threads work on are part of what a day takes", "[job][memory_plan]") {
  REQUIRE(table_bytes() > 16 * kMiB);
  const auto grid = make_grid(config_of("pool"));
  const ReduceOptions reduce{40'000, true, {Objective::Kind::slippage_bps, 0}, 1};
  for (const int threads : {1, 4}) {
    const auto tables = static_cast<std::uint64_t>(threads) * table_bytes();
    const auto plan = [&](const char* solver, std::uint64_t memory) {
      return plan_memory(config_of(solver), grid, reduce, 1000, Resources{threads, memory});
    };
    const auto shard_plan = [&](const char* solver, std::uint64_t memory) {
      return plan_shard_memory(config_of(solver), grid.size(), 1000, Resources{threads, memory});
    };
    // The pool needs no table: it fits where exact is refused.
    CHECK(refusal_of([&] { plan("pool", tables); }) == Exit::ok);
    CHECK(refusal_of([&] { shard_plan("pool", tables); }) == Exit::ok);
    CHECK(refusal_of([&] { plan("exact", tables); }) == Exit::resources);
    CHECK(refusal_of([&] { shard_plan("exact", tables); }) == Exit::resources);
    // Room for one day's tables and less than two is room for one day.
    CHECK(plan("pool", 2 * tables).days_in_flight == 2 * static_cast<std::size_t>(threads));
    CHECK(plan("exact", 2 * tables).days_in_flight == 1);
    CHECK(shard_plan("exact", 2 * tables).days_in_flight == 1);
  }
}

TEST_CASE("what days keep leaves less for slabs, and is refused where it leaves nothing", "[app][memory]") {
  const auto grid = cube();
  const ReduceOptions reduce{1000, true, {Objective::Kind::slippage_bps, 0}, 100};
  const Resources resources{1, summary_bytes(grid) + 20'000'000};  // without the summary nothing is walked
  const auto slabs = [&](std::uint64_t contenders) { return plan_slabs(grid, reduce, contenders, resources); };
  CHECK(slabs(0) == 4);
  CHECK(slabs(110'000) > 4);  // 2.4 MB are left
  CHECK(slabs(110'000) <= grid.rows());
  CHECK_THROWS_WITH(slabs(1'000'000), Catch::Contains("the days keep 1,000,000 placements"));
  try {
    slabs(1'000'000);
  } catch (const Error& error) {
    CHECK(error.code() == Exit::resources);
  }
}
