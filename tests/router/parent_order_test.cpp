#include "sorsweep/router/parent_order.hpp"

#include <rapidcheck.h>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

constexpr TimeNs kMinute = 60 * kNsPerSecond;

struct Planned {
  ParentOrder order;
  TimeWindow session;
  TimeNs last_quote_ns;
  Schedule schedule;
};

Planned random_plan() {
  Planned p;
  p.order = {Side::buy, *rc::gen::inRange<std::int64_t>(1, 100'000), *rc::gen::inRange<std::int64_t>(1, 300),
             *rc::gen::inRange<TimeNs>(1, 50)};
  const TimeNs begin = *rc::gen::inRange<TimeNs>(-100, 100);
  p.session = {begin, begin + *rc::gen::inRange<TimeNs>(1, 500)};
  p.last_quote_ns = *rc::gen::inRange<TimeNs>(begin - 2, p.session.end_ns);
  p.schedule = plan_slices(p.order, p.session, p.last_quote_ns);
  return p;
}

}  // namespace

TEST_CASE("slices follow each other while the session has room and quotes to come", "[router][parent_order]") {
  CHECK(rc::check([] {
    const auto p = random_plan();
    TimeNs now = p.session.begin_ns;
    for (const auto& slice : p.schedule.slices) {
      RC_ASSERT(slice.begin_ns == now);
      RC_ASSERT(slice.end_ns == now + p.order.slice_ns);
      RC_ASSERT(slice.end_ns <= p.session.end_ns);
      RC_ASSERT(slice.begin_ns < p.last_quote_ns);
      now = slice.end_ns;
    }
    const bool has_room = now + p.order.slice_ns <= p.session.end_ns;
    RC_ASSERT(!has_room || now >= p.last_quote_ns);
    RC_ASSERT(p.schedule.is_early_close() == has_room);
  }));
}

TEST_CASE("the slices' lots add up, as evenly as can be, and odd shares come last", "[router][parent_order]") {
  CHECK(rc::check([] {
    const auto p = random_plan();
    const auto& slices = p.schedule.slices;
    RC_PRE(!slices.empty());
    const auto lots = p.order.shares / p.order.lot;
    const auto m = static_cast<std::int64_t>(slices.size());
    std::int64_t so_far = 0;
    for (std::int64_t i = 0; i < m; ++i) {
      so_far += slices[static_cast<std::size_t>(i)].lots;
      // ⌊(i+1)n/m⌋ without a division: the largest whole number that is not beyond the even pace.
      RC_ASSERT(so_far * m <= (i + 1) * lots);
      RC_ASSERT((so_far + 1) * m > (i + 1) * lots);
      RC_ASSERT(slices[static_cast<std::size_t>(i)].odd == (i + 1 < m ? 0 : p.order.shares - lots * p.order.lot));
    }
    RC_ASSERT(so_far == lots);
  }));
}

TEST_CASE("lots by hand", "[router][parent_order]") {
  const ParentOrder order{Side::buy, 1'030, 100, 10};
  const auto schedule = plan_slices(order, {0, 45}, 44);
  REQUIRE(schedule.slices.size() == 4);  // the last five ns are no slice
  std::vector<std::int64_t> lots, odd;
  for (const auto& slice : schedule.slices) lots.push_back(slice.lots), odd.push_back(slice.odd);
  CHECK(lots == std::vector<std::int64_t>{2, 3, 2, 3});
  CHECK(odd == std::vector<std::int64_t>{0, 0, 0, 30});
  CHECK_FALSE(schedule.is_early_close());
}

TEST_CASE("a half-day's order is worked before its close: 2024-07-03", "[router][parent_order]") {
  const TimeZone new_york("America/New_York");
  const auto at = [&](const char* clock) { return new_york.at(*parse_date("2024-07-03"), *parse_time_of_day(clock)); };
  const TimeWindow session{at("09:30"), at("16:00")};
  const ParentOrder order{Side::buy, 10'500, 100, 10 * kMinute};
  const auto whole = plan_slices(order, session, at("15:59:59.999"));
  CHECK(whole.slices.size() == 39);
  CHECK_FALSE(whole.is_early_close());
  const auto half = plan_slices(order, session, at("12:59:59.8"));
  REQUIRE(half.slices.size() == 21);
  CHECK(half.is_early_close());
  CHECK(half.slices_in_session == 39);
  CHECK(half.slices.back().end_ns == at("13:00"));
  for (const auto& slice : half.slices) CHECK(slice.lots == 5);
  // A quote after the close opens another slice. A quote at the very beginning of a slice does not.
  CHECK(plan_slices(order, session, at("13:00:00.001")).slices.size() == 22);
  CHECK(plan_slices(order, session, at("13:00")).slices.size() == 21);
}

TEST_CASE("a session without quotes has no slices", "[router][parent_order]") {
  CHECK(plan_slices({Side::buy, 500, 100, 10}, {100, 200}, 99).slices.empty());
  CHECK(plan_slices({Side::buy, 500, 100, 10}, {100, 200}, 100).slices.empty());
  CHECK(plan_slices({Side::buy, 500, 100, 10}, {100, 200}, 101).slices.size() == 1);
  CHECK(plan_slices({Side::buy, 500, 100, 101}, {100, 200}, 199).slices.empty());  // longer than the session
}
