// Tests the reducer on surfaces of slices. All figures are worked out by hand.
#include <cmath>

#include "catch_compat.hpp"
#include "reduce/reducer_units.hpp"
#include "sorsweep/reduce/reducer.hpp"

using namespace sorsweep;
using test::empty_unit;
using test::four_points;

namespace {

/// Makes a day of 100 shares at a mid of 50 dollars, so that a basis point is half a dollar. Slippage is in cents.
UnitResult unit(unsigned day, std::vector<std::int64_t> cents, std::int64_t drift_cents = 0) {
  auto result = empty_unit(day);
  auto& slices = result.facts.slices;
  slices.slices.resize(2);
  for (auto& slice : slices.slices) slice.shares = 50;
  slices.arrival_bid_plus_ask = 100 * kNanoPerDollar;
  slices.drift = drift_cents * (kNanoPerDollar / 100);
  for (const auto value : cents) result.surface.slippage.push_back(value * (kNanoPerDollar / 100));
  return result;
}

SweepSummary reduce(const std::vector<UnitResult>& units, const Objective& objective) {
  Reducer reducer(four_points(), {100, true, objective, 10}, 2);
  for (const auto& each : units) reducer.add(each);
  return reducer.finish();
}

constexpr Objective kBps{Objective::Kind::slippage_bps, 0};

}  // namespace

TEST_CASE("mean basis points of the arrival value", "[sweep][reducer]") {
  // With drift, (1, 2, 3, 4) + .5 dollars are 3, 5, 7, 9 bps, and (5, −1, 0, 2) dollars are 10, −2, 0, 4 bps.
  const auto summary = reduce({unit(1, {100, 200, 300, 400}, 50), unit(2, {500, -100, 0, 200})}, kBps);
  CHECK(summary.best.point == 1);
  CHECK(summary.best.slippage_bps == Approx(1.5));
  CHECK(summary.best.objective == Approx(1.5));
  CHECK(summary.best.slippage == Approx(1.5));  // dollars, by chance
  CHECK(summary.best.total_cost == Approx(10'001.5));
  CHECK(summary.best.filled_shares == 200);
  CHECK(summary.best.missing_shares == 0);
  CHECK(summary.worst.point == 0);
  CHECK(summary.worst.slippage_bps == Approx(6.5));
  CHECK(summary.days[0].best.point == 0);
  CHECK(summary.days[0].best.slippage_bps == Approx(3));
  CHECK(summary.days[1].best.point == 1);
  std::vector<std::size_t> order;
  for (const auto& total : summary.ranking) order.push_back(total.point);
  CHECK(order == std::vector<std::size_t>{1, 2, 0, 3});  // 1.5, 3.5, and 6.5 twice: the lower index first
  CHECK(summary.is_sliced);
}

TEST_CASE("days of another value weigh alike in bps, and by dollars in total cost", "[sweep][reducer]") {
  // Day 2 is worth ten times as much: 5 dollars are 1 bps there and 10 bps on day 1.
  auto large = unit(2, {0, 500, 0, 0});
  large.facts.slices.arrival_bid_plus_ask *= 10;
  const auto small = unit(1, {300, 0, 300, 300});
  CHECK(reduce({small, large}, kBps).best.point == 1);                              // .5 bps against 3
  CHECK(reduce({small, large}, {Objective::Kind::total_cost, 0}).best.point == 0);  // 3 dollars against 5
  CHECK(reduce({small, large}, {Objective::Kind::total_cost, 0}).best.objective == Approx(3));
  CHECK(reduce({small, large}, kBps).best.objective == Approx(.5));
}

TEST_CASE("mean and standard deviation over days", "[sweep][reducer]") {
  // In bps, point 0: 2, 4, 9: mean 5, deviations 9 + 1 + 16 = 26, std √13. Point 1: 6, 6, 6. Point 2: 1, 1, 10.
  const std::vector<UnitResult> units = {unit(1, {100, 300, 50, 500}), unit(2, {200, 300, 50, 500}),
                                         unit(3, {450, 300, 500, 500})};
  const auto at = [&](double weight) { return reduce(units, {Objective::Kind::mean_plus_std, weight}); };
  CHECK(at(0).best.point == 2);
  CHECK(at(0).best.objective == Approx(4));
  CHECK(at(.25).ranking[0].objective == Approx(4 + .25 * std::sqrt(27.0)));
  CHECK(at(1).best.point == 1);
  CHECK(at(1).best.objective == Approx(6));
  CHECK(at(1).ranking[1].point == 0);
  CHECK(at(1).ranking[1].objective == Approx(5 + std::sqrt(13.0)));
  CHECK(at(1).ranking[1].slippage_bps == Approx(5));
  // A single day has no standard deviation.
  CHECK(reduce({units[0]}, {Objective::Kind::mean_plus_std, 1}).best.objective == Approx(1));
}

TEST_CASE("a day that traded nothing does not count, but its shares are missing", "[sweep][reducer]") {
  auto none = unit(2, {0, 0, 0, 0});
  none.facts.slices.slices.clear();
  none.facts.slices.arrival_bid_plus_ask = 0;
  none.facts.slices.missing_shares = 100;
  const auto summary = reduce({unit(1, {100, 200, 300, 400}), none, unit(3, {300, 200, 300, 400})}, kBps);
  CHECK(summary.best.point == 0);
  CHECK(summary.ties == 2);
  CHECK(summary.best.slippage_bps == Approx(4));
  CHECK(summary.best.missing_shares == 100);
  CHECK(summary.days[1].status == DayStatus::no_data);
  CHECK(summary.days[0].status == DayStatus::filled);
}

TEST_CASE("what a seller gets falls by the slippage", "[sweep][reducer]") {
  auto sold = unit(1, {100, 200, 300, 400}, 50);
  sold.facts.slices.is_sell = true;
  const auto summary = reduce({sold}, kBps);
  CHECK(summary.best.point == 0);
  CHECK(summary.best.total_cost == Approx(5'000 - 1.5));
  CHECK(summary.is_sell);
}

TEST_CASE("an axis is dead where nothing changes along it, on any day", "[sweep][reducer]") {
  // Points (over, under): (1,1) (1,2) (2,1) (2,2).
  const auto dead = [](std::vector<UnitResult> units) {
    std::vector<bool> are;
    const auto axes = reduce(units, kBps).axes;
    for (std::size_t a = 0; a < 3; ++a) are.push_back(axes[a].is_dead);
    return are;
  };
  CHECK(dead({unit(1, {5, 5, 5, 5})}) == std::vector<bool>{true, true, true});
  CHECK(dead({unit(1, {5, 6, 5, 6})}) == std::vector<bool>{true, false, true});
  CHECK(dead({unit(1, {5, 5, 6, 6})}) == std::vector<bool>{false, true, true});
  CHECK(dead({unit(1, {5, 5, 5, 6})}) == std::vector<bool>{false, false, true});
  CHECK(dead({unit(1, {5, 5, 5, 5}), unit(2, {5, 6, 5, 6})}) == std::vector<bool>{true, false, true});
  // Changes that cancel over the days are changes all the same.
  const auto summary = reduce({unit(1, {5, 6, 5, 6}), unit(2, {6, 5, 6, 5})}, kBps);
  CHECK_FALSE(summary.axes[1].is_dead);
  CHECK(summary.axes[1].effect == Approx(0).margin(1e-12));
  CHECK(summary.ties == 4);
}

TEST_CASE("an axis' effect is how far the means of its values lie apart", "[sweep][reducer]") {
  // bps: 2 4 / 10 6. λ_over: 3 against 8; λ_under: 6 against 5.
  const auto axes = reduce({unit(1, {100, 200, 500, 300})}, kBps).axes;
  CHECK(axes[0].effect == Approx(5));
  CHECK(axes[1].effect == Approx(1));
  CHECK(axes[2].effect == 0);
  CHECK(axes[2].is_dead);
}

TEST_CASE("yardsticks against the arrival mid, mean over days", "[sweep][reducer]") {
  auto one = unit(1, {0, 0, 0, 0}, 200), two = unit(2, {0, 0, 0, 0}, -100);
  one.facts.slices.slippage = {100 * kNanoPerDollar / 100, 300 * kNanoPerDollar / 100, 0, 0};
  two.facts.slices.slippage = {700 * kNanoPerDollar / 100, 200 * kNanoPerDollar / 100, 0, 0};
  const auto& yardsticks = reduce({one, two}, kBps).yardsticks;
  CHECK(yardsticks[kImmediate].slippage == Approx(8));  // at arrival: no drift
  CHECK(yardsticks[kImmediate].slippage_bps == Approx(8));
  CHECK(yardsticks[kAllMarket].slippage == Approx(5 + 1));
  CHECK(yardsticks[kAllMarket].slippage_bps == Approx((10.0 + 2) / 2));
}

TEST_CASE("slippage that leaves 64 bits over all days is refused", "[sweep][reducer]") {
  const std::vector<std::int64_t> cents = {300'000'000'000, 0, 0, -300'000'000'000};  // $3 billion; $4.6 fit
  CHECK(reduce({unit(1, cents)}, kBps).best.point == 3);
  CHECK_THROWS(reduce({unit(1, cents), unit(2, cents)}, kBps));
  CHECK_THROWS(reduce({unit(1, {0, 0, 0, 0}, cents[0]), unit(2, {0, 0, 0, 0}, cents[0])}, kBps));
}

TEST_CASE("a day's ties do not depend on slabs where doubles take neighbours for equal", "[sweep][reducer]") {
  auto day = unit(1, {0, 0, 0, 0});
  const std::int64_t large = std::int64_t{1} << 60;
  day.surface.slippage = {large + 2, large + 1, large, large + 10'000};
  for (const std::size_t slabs : {1U, 2U}) {
    Reducer reducer(four_points(), {100, true, kBps, 10}, slabs);
    reducer.add(day);
    const auto summary = reducer.finish();
    CHECK(summary.days[0].best.point == 0);
    CHECK(summary.days[0].ties == 3);
    CHECK(summary.best.point == 0);
    CHECK(summary.ties == 3);
  }
}

TEST_CASE("the result hash sees every slippage", "[sweep][reducer]") {
  const auto hash = [](std::vector<std::int64_t> cents) {
    return reduce({unit(1, std::move(cents))}, kBps).result_hash;
  };
  CHECK(hash({1, 2, 3, 4}) == hash({1, 2, 3, 4}));
  CHECK(hash({1, 2, 3, 4}) != hash({1, 2, 3, 5}));
}
