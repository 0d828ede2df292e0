#include "run/unit_plan.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <bit>
#include <cstdint>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

PlannedUnit unit(std::size_t day, std::uint64_t prepare, std::uint64_t evaluate) {
  PlannedUnit made;
  made.day = day;
  made.prepare = prepare;
  made.evaluate = evaluate;
  return made;
}

/// Makes days of some units each. A shard costs what its units cost, and once more for each of its days.
std::vector<PlannedUnit> random_units() {
  std::vector<PlannedUnit> units;
  const auto days = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t d = 0; d < days; ++d) {
    const auto prepare = *rc::gen::inRange<std::uint64_t>(0, 20);
    const auto parts = *rc::gen::inRange(1, 4);
    for (int p = 0; p < parts; ++p) units.push_back(unit(d, prepare, *rc::gen::inRange<std::uint64_t>(0, 20)));
  }
  return units;
}

std::uint64_t longest(const std::vector<PlannedUnit>& units, const std::vector<std::size_t>& shard) {
  std::vector<std::uint64_t> load(units.size());
  for (std::size_t u = 0; u < units.size(); ++u) {
    const bool is_first = u == 0 || shard[u] != shard[u - 1] || units[u].day != units[u - 1].day;
    load[shard[u]] += units[u].evaluate + (is_first ? units[u].prepare : 0);
  }
  return *std::ranges::max_element(load);
}

/// Returns the least cost over all ways to cut the row of units into at most so many pieces.
std::uint64_t least_longest(const std::vector<PlannedUnit>& units, std::size_t shards) {
  auto least = UINT64_MAX;
  for (std::uint32_t cuts = 0; cuts < 1U << (units.size() - 1); ++cuts) {
    if (static_cast<std::size_t>(std::popcount(cuts)) >= shards) continue;
    std::vector<std::size_t> shard(units.size());
    for (std::size_t u = 1; u < units.size(); ++u) shard[u] = shard[u - 1] + (cuts >> (u - 1) & 1);
    least = std::min(least, longest(units, shard));
  }
  return least;
}

std::vector<PlannedUnit> equal_units(std::size_t count) {
  std::vector<PlannedUnit> units;
  for (std::size_t u = 0; u < count; ++u) units.push_back(unit(u, 10, 5));
  return units;
}

}  // namespace

TEST_CASE("shards are contiguous, in range, and the longest is as short as can be", "[app][unit_plan]") {
  CHECK(rc::check([] {
    const auto units = random_units();
    const auto shards = *rc::gen::inRange<std::size_t>(1, 7);
    const auto assigned = assign_shards(units, shards);
    RC_ASSERT(assigned.size() == units.size());
    RC_ASSERT(std::ranges::is_sorted(assigned));
    RC_ASSERT(assigned.back() < shards);
    RC_ASSERT(longest(units, assigned) == least_longest(units, shards));
  }));
}

TEST_CASE("equal units are shared out evenly", "[app][unit_plan]") {
  const auto assigned = assign_shards(equal_units(24), 8);
  for (std::size_t u = 0; u < 24; ++u) CHECK(assigned[u] == u / 3);
}

TEST_CASE("many units and many shards are no work", "[app][unit_plan]") {
  const auto assigned = assign_shards(equal_units(200'000), 10'000);
  CHECK(assigned.back() == 9'999);
}

TEST_CASE("names of units", "[app][unit_plan]") {
  UnitName unit;
  unit.day = {"SYN", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)}};
  unit.rows = {0, 5};
  unit.inputs = "0123456789abcdef";
  CHECK(unit.file() == "SYN-2024-07-08-0123456789abcdef.h5");
  CHECK(to_string(unit) == "SYN 2024-07-08");
  unit.structural = "slice=5m,lot=100";
  unit.is_part = true;
  CHECK(unit.file() == "SYN-2024-07-08@slice=5m,lot=100+0-5-0123456789abcdef.h5");
  CHECK(to_string(unit) == "SYN 2024-07-08 slice=5m,lot=100 rows 0-5");
}

TEST_CASE("the guess of a day grows with its rows, and with the grid where surfaces are kept", "[run][unit_plan]") {
  const Grid grid({list_axis("lambda_over", {0, 1}), list_axis("lambda_under", {0}), list_axis("theta_queue", {0})});
  Config config;
  config.router = "notebook";
  CHECK(guess_cost(config, grid, Engine::collapse, 2'000).prepare ==
        2 * guess_cost(config, grid, Engine::collapse, 1'000).prepare);
  CHECK(guess_cost(config, grid, Engine::brute, 1).evaluate > guess_cost(config, grid, Engine::collapse, 1).evaluate);
  config.run.surfaces = KeepSurfaces::none;
  CHECK(guess_cost(config, grid, Engine::brute, 1).evaluate == 0);
}
