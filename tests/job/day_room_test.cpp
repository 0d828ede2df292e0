#include "job/day_room.hpp"

#include <limits>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

/// Sets a limit for the time of a test.
struct Limit {
  explicit Limit(std::uint64_t bytes) { limit_memory(bytes); }
  ~Limit() { limit_memory(std::numeric_limits<std::uint64_t>::max()); }
};

MemoryPlan plan_of(std::uint64_t budget) {
  MemoryPlan plan{{2, budget}, 4};
  plan.fixed = 20'000;
  plan.each = 20'000;
  return plan;
}

/// A slice with this many placements.
std::vector<Contenders> winners(std::size_t count) {
  Contenders slice;
  slice.fills.resize(count);
  return {slice};
}

}  // namespace

TEST_CASE("the days' placements and what days leave lower the number of days in flight", "[job][day_room]") {
  const auto plan = plan_of(100'000);
  DayRoom room(plan);
  CHECK(room.days_that_fit() == 4);
  room.note_day(60, 60);  // 160 bytes each, and 160 of the copy
  CHECK(room.days_that_fit() == 2);
  room.note_day(0, 0);
  CHECK(room.days_that_fit() == 2);
  room.keep_day(250);  // 160 bytes each
  CHECK(room.days_that_fit() == 1);
}

TEST_CASE("only placements that are copied count twice", "[job][day_room]") {
  const auto plan = plan_of(100'000);
  DayRoom all(plan);
  all.note_day(125, 125);  // 20,000 + 40,000 bytes a day: 80,000 hold one
  CHECK(all.days_that_fit() == 1);
  DayRoom none(plan);
  none.note_day(125, 0);  // 20,000 + 20,000
  CHECK(none.days_that_fit() == 2);
}

TEST_CASE("the copies of the largest day are kept free", "[job][day_room]") {
  const auto plan = plan_of(100'000);
  const Limit limit(plan.resources.memory);
  DayRoom room(plan);       // 60,000 are left
  room.note_day(900, 200);  // 160 bytes each for the copies
  room.note_day(200, 100);
  auto others = contender_share();
  CHECK_THROWS_AS(others.grow(28'001), Error);
  others.grow(28'000);
  CHECK_THROWS_AS(room.note_day(0, 201), Error);
}

TEST_CASE("winners are taken from the budget, and outlive the room", "[job][day_room]") {
  const auto plan = plan_of(100'000);
  const Limit limit(plan.resources.memory);
  auto kept = [&] {
    DayRoom room(plan);
    room.keep_winners(winners(700));  // 84 bytes each: 58,800 of the 60,000 that are left
    CHECK_THROWS_WITH(room.keep_winners(winners(20)), Catch::Contains("the placements that win need"));
    return room.take_winners();
  }();
  CHECK(kept.bytes() == 58'800);
  DayRoom next(plan);  // there is room for it, but not for as many winners again
  CHECK_THROWS_AS(next.keep_winners(winners(700)), Error);
}

TEST_CASE("what earlier structural points left lowers the number of days in flight", "[job][day_room]") {
  const auto plan = plan_of(100'000);
  CHECK(DayRoom(plan, 0).days_that_fit() == 4);
  CHECK(DayRoom(plan, 45'000).days_that_fit() == 1);
}

TEST_CASE("the first structural point keeps as much free for the winners of the next", "[job][day_room]") {
  const auto plan = plan_of(100'000);
  const Limit limit(plan.resources.memory);
  const auto half = winners(350);  // 84 bytes each: 29,400 of the 60,000 that are left
  {
    DayRoom last(plan, 0, true);
    last.keep_winners(half);
    CHECK_NOTHROW(last.keep_winners(half));
  }
  auto left = [&] {
    DayRoom first(plan, 0, false);
    first.keep_winners(half);
    CHECK(first.days_that_fit() == 1);  // 21,200 bytes are left
    CHECK_THROWS_WITH(first.keep_winners(half), Catch::Contains("the placements that win need"));
    return first.take_winners();
  }();
  CHECK(left.bytes() == 29'400);
  DayRoom next(plan, left.bytes(), false);  // has the room that was kept free, and a third one needs no more
  CHECK_NOTHROW(next.keep_winners(half));
}
