#include "sorsweep/reduce/reducer.hpp"

#include "catch_compat.hpp"
#include "reduce/reducer_units.hpp"

using namespace sorsweep;
using test::empty_unit;
using test::four_points;

namespace {

UnitResult unit(unsigned day, std::vector<double> cost, std::vector<double> filled, std::size_t snapshots = 10) {
  auto result = empty_unit(day);
  result.facts.snapshots = snapshots;
  result.surface = {std::move(cost), std::move(filled), {}};
  return result;
}

}  // namespace

TEST_CASE("the cheapest point over all days is not always a day's cheapest", "[sweep][reducer]") {
  Reducer reducer(four_points(), {100, false, {}, 4});
  reducer.add(unit(1, {10, 12, 11, 13}, {100, 100, 100, 100}));
  reducer.add(unit(2, {20, 15, 11, 15}, {100, 100, 100, 100}));
  const auto summary = reducer.finish();
  CHECK(summary.best.point == 2);
  CHECK(summary.best.total_cost == 22);
  CHECK(summary.best.avg_price() == 22.0 / 200);
  CHECK(summary.ties == 1);
  CHECK(summary.days[0].best.point == 0);
  CHECK(summary.days[1].best.point == 2);
  const std::vector<std::size_t> order = {2, 1, 3, 0};
  for (std::size_t i = 0; i < 4; ++i) CHECK(summary.ranking[i].point == order[i]);
}

TEST_CASE("a point that did not fill is never cheap", "[sweep][reducer]") {
  Reducer reducer(four_points(), {100, false, {}, 4});
  reducer.add(unit(1, {1, 50, 60, 0}, {2, 100, 100, 0}));
  const auto summary = reducer.finish();
  CHECK(summary.best.point == 1);
  CHECK(summary.days[0].status == DayStatus::filled);
  CHECK(summary.ranking[3].point == 3);  // bought nothing, paid nothing: last
}

TEST_CASE("a day on which nobody fills is shown as such, and rounding is no shortfall", "[sweep][reducer]") {
  Reducer reducer(four_points(), {100, false, {}, 1});
  reducer.add(unit(1, {1, 1, 1, 1}, {50, 50, 50, 50}));
  reducer.add(unit(2, {5, 5, 5, 5}, {99.9999999999, 100, 100, 100}));
  reducer.add(unit(3, {0, 0, 0, 0}, {0, 0, 0, 0}, 0));
  const auto summary = reducer.finish();
  CHECK(summary.days[0].status == DayStatus::not_filled);
  CHECK(summary.days[1].status == DayStatus::filled);
  CHECK(summary.days[2].status == DayStatus::no_data);
  CHECK(summary.best.missing_shares == 150);
}

TEST_CASE("ties are counted and the lowest index is the best", "[sweep][reducer]") {
  Reducer reducer(four_points(), {100, false, {}, 2});
  reducer.add(unit(1, {7, 5, 5, 5}, {100, 100, 100, 100}));
  const auto summary = reducer.finish();
  CHECK(summary.best.point == 1);
  CHECK(summary.ties == 3);
  REQUIRE(summary.ranking.size() == 2);
  CHECK(summary.ranking[1].point == 2);
}

TEST_CASE("the result hash sees every number and the order of units", "[sweep][reducer]") {
  const auto hash = [](std::vector<UnitResult> units) {
    Reducer reducer(four_points(), {100, false, {}, 1});
    for (const auto& u : units) reducer.add(u);
    return reducer.finish().result_hash;
  };
  const auto a = unit(1, {1, 2, 3, 4}, {100, 100, 100, 100});
  const auto b = unit(2, {1, 2, 3, 4}, {100, 100, 100, 100});
  const auto c = unit(1, {1, 2, 3, 4}, {100, 100, 100, 99});
  CHECK(hash({a, b}) == hash({a, b}));
  CHECK(hash({a, b}) != hash({b, a}));
  CHECK(hash({a}) != hash({c}));
}
