#include "sorsweep/router/execution.hpp"

#include <rapidcheck.h>

#include <map>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;
using namespace sorsweep::execution;

namespace {

constexpr Nano kCent = kNanoPerDollar / 100;

std::vector<Level> random_levels(Nano middle, std::size_t least) {
  std::vector<Level> levels(*rc::gen::inRange<std::size_t>(least, 5));
  for (auto& level : levels)
    level = {(middle + *rc::gen::inRange<Nano>(-3, 4)) * kCent, *rc::gen::inRange(0, 30),
             *rc::gen::inRange<Nano>(-2, 4) * 1'000'000};
  return levels;
}

struct Case {
  Slice slice;
  std::int64_t shares, market;
  std::vector<std::int64_t> limits;
};

Case random_case() {
  Case c;
  c.slice.asks = random_levels(10'003, 1);
  c.slice.end_asks = random_levels(10'004, 1);
  c.slice.end_bids = random_levels(9'998, 1);
  c.slice.bid_plus_ask = 2 * 10'000 * kCent + *rc::gen::inRange<Nano>(0, 2);
  c.slice.impact = *rc::gen::inRange<Nano>(0, 3) * kCent;
  c.shares = *rc::gen::inRange(0, 60);
  c.market = *rc::gen::inRange<std::int64_t>(0, c.shares + 1);
  const auto queues = *rc::gen::inRange<std::size_t>(0, 4);
  for (std::size_t k = 0; k < queues; ++k) {
    c.slice.queues.push_back({(10'000 - *rc::gen::inRange<Nano>(0, 2)) * kCent, *rc::gen::inRange(0, 40),
                              *rc::gen::inRange<Nano>(0, 4) * 1'000'000, *rc::gen::inRange(0, 90)});
    c.limits.push_back(*rc::gen::inRange<std::int64_t>(0, c.shares - c.market + 1));
  }
  return c;
}

/// Takes one share at a time from a book of single shares by price. It is as slow and as plain as can be.
class ShareByShare {
 public:
  explicit ShareByShare(const std::vector<Level>& levels) {
    for (const auto& level : levels) {
      shares_[level.px + level.fee] += level.size;
      worst_ = std::max(worst_, level.px + level.fee);
    }
  }
  Nano next(Nano impact) {
    for (auto& [price, left] : shares_)
      if (left > 0) return --left, price;
    return worst_ + impact;
  }

 private:
  std::map<Nano, std::int64_t> shares_;
  Nano worst_ = INT64_MIN;
};

std::vector<Level> negate(std::vector<Level> levels) {
  for (auto& level : levels) level.px = -level.px;
  return levels;
}

/// Returns twice the slippage.
__int128 by_hand(const Case& c, std::int64_t& bought) {
  __int128 cash = 0;
  bought = 0;
  ShareByShare asks(c.slice.asks), end_asks(c.slice.end_asks), end_bids(negate(c.slice.end_bids));
  for (std::int64_t i = 0; i < c.market; ++i, ++bought) cash += asks.next(c.slice.impact);
  for (std::size_t k = 0; k < c.limits.size(); ++k) {
    const auto& queue = c.slice.queues[k];
    for (std::int64_t i = 0; i < c.limits[k]; ++i)
      if (queue.ahead + i < queue.outflow) cash += queue.bid_px - queue.rebate, ++bought;
  }
  for (; bought < c.shares; ++bought) cash += end_asks.next(c.slice.impact);
  for (; bought > c.shares; --bought) cash += end_bids.next(c.slice.impact);
  return 2 * cash - static_cast<__int128>(c.shares) * c.slice.bid_plus_ask;
}

}  // namespace

TEST_CASE("a slice costs what its shares cost one by one, and its books balance", "[router][execution]") {
  CHECK(rc::check([] {
    const auto c = random_case();
    const auto fills = execute(c.slice, c.shares, c.market, c.limits);
    std::int64_t bought = 0;
    const auto twice = by_hand(c, bought);
    RC_ASSERT(bought == c.shares);
    RC_ASSERT(fills.market + fills.limit + fills.cleanup - fills.unwound == c.shares);
    RC_ASSERT(fills.cleanup == 0 || fills.unwound == 0);
    const auto rest = 2 * static_cast<__int128>(fills.slippage) - twice;
    RC_ASSERT(rest == (twice % 2 == 0 ? 0 : 1));  // half nanos go up
  }));
}

TEST_CASE("doubling prices, fees and impact doubles the slippage", "[router][execution]") {
  CHECK(rc::check([] {
    auto c = random_case();
    c.slice.bid_plus_ask &= ~Nano{1};  // no half nanos
    auto twice = c;
    for (auto* levels : {&twice.slice.asks, &twice.slice.end_asks, &twice.slice.end_bids})
      for (auto& level : *levels) level = {2 * level.px, level.size, 2 * level.fee};
    for (auto& queue : twice.slice.queues) queue = {2 * queue.bid_px, queue.ahead, 2 * queue.rebate, queue.outflow};
    twice.slice.bid_plus_ask *= 2;
    twice.slice.impact *= 2;
    RC_ASSERT(execute(twice.slice, c.shares, c.market, c.limits).slippage ==
              2 * execute(c.slice, c.shares, c.market, c.limits).slippage);
  }));
}

TEST_CASE("a slice by hand", "[router][execution]") {
  // Of 300 shares, 100 go to the market (60 at 10.01, 40 at 10.02) and 200 into a queue of 500 at 9.99, of which 620
  // flow out: 120 fill. The other 80 are bought at the end at 10.03: 50 are displayed, and 30 cost a cent more.
  Slice slice;
  slice.asks = {{1002 * kCent, 500, 3'000'000}, {1001 * kCent, 60, 3'000'000}};
  slice.bid_plus_ask = (999 + 1001) * kCent;
  slice.queues = {{999 * kCent, 500, 2'000'000, 620}};
  slice.end_asks = {{1003 * kCent, 50, 3'000'000}};
  slice.impact = kCent;
  const std::vector<std::int64_t> limits = {200};
  const auto fills = execute(slice, 300, 100, limits);
  CHECK(fills.limit == 120);
  CHECK(fills.cleanup == 80);
  // Cents against 10.00: 60·1 + 40·2 − 120·1 + 50·3 + 30·4; fees .003·180, rebates .002·120.
  CHECK(fills.slippage == (60 + 80 - 120 + 150 + 120) * kCent + 180 * 3'000'000 - 120 * 2'000'000);
}

TEST_CASE("no ask, no slice", "[router][execution]") {
  CHECK_THROWS_AS(execute(Slice{}, 100, 100, {}), Error);
}

TEST_CASE("books that do not balance are an error of the program", "[router][execution]") {
  const auto code_of = [](const Fills& fills, std::int64_t shares) {
    try {
      check_balance(fills, shares);
    } catch (const Error& error) {
      return error.code();
    }
    return Exit::ok;
  };
  CHECK(code_of({100, 120, 80, 0, 0}, 300) == Exit::ok);
  CHECK(code_of({100, 250, 0, 50, 0}, 300) == Exit::ok);
  CHECK(code_of({100, 120, 79, 0, 0}, 300) == Exit::internal);  // a share was lost
  CHECK(code_of({100, 250, 0, 49, 0}, 300) == Exit::internal);  // one too many was kept
  CHECK(code_of({100, 120, 80, 0, 0}, 299) == Exit::internal);
}
