#include "sweep/slice_cases.hpp"

#include "catch_compat.hpp"
#include "slice_days.hpp"

using namespace sorsweep;
using namespace sorsweep::test;

namespace {

std::vector<std::int64_t> shares_of(const SliceCases& made) {
  std::vector<std::int64_t> shares;
  for (const auto& slice : made.facts.slices) shares.push_back(slice.shares);
  return shares;
}

/// Returns the rows up to `at`, then those of another day until the last row.
std::vector<QuoteRow> with_another_future(const std::vector<QuoteRow>& rows, TimeNs at) {
  std::vector<QuoteRow> other;
  for (const auto& each : rows)
    if (each.ts_event_ns <= at) other.push_back(each);
  const auto future = random_rows(at / kNsPerSecond + 1, kSessionSeconds - 1, *rc::gen::inRange(0, 150));
  other.insert(other.end(), future.begin(), future.end());
  other.push_back(rows.back());
  return other;
}

}  // namespace

TEST_CASE("slices that cannot be priced hand their shares on", "[sweep][slice_cases]") {
  // 31 lots and 7 shares over ten slices; nobody offers from 100 s to 200 s.
  auto rows = opening();
  for (std::uint32_t venue = 1; venue <= 3; ++venue) rows.push_back(row(100, venue, {10'000, 100}, {}));
  for (std::uint32_t venue = 1; venue <= 3; ++venue) rows.push_back(row(200, venue, {10'000, 100}, {10'004, 100}));
  rows.push_back(closing());
  auto made = cases_of(rows, settings(3'107));
  CHECK(shares_of(made) == std::vector<std::int64_t>{300, 300, 900, 300, 300, 300, 300, 407});
  CHECK(made.facts.unpriced == 2);
  CHECK(made.facts.missing_shares == 0);
  CHECK(made.facts.shares() == 3'107);
  CHECK_FALSE(made.facts.is_early_close);
  // The mid moves by a cent at 200 s: 2,507 shares pay for it; and all but one of twelve quotes of 100 s are late.
  CHECK(made.facts.drift == 2'507 * kCent);
  // Shares that are never priced again are missing.
  for (std::uint32_t venue = 1; venue <= 3; ++venue) rows.insert(rows.end() - 1, row(480, venue, {10'000, 100}, {}));
  rows.back() = row(kSessionSeconds - 1, 2, {10'000, 100}, {});
  made = cases_of(rows, settings(3'107));
  CHECK(made.facts.missing_shares == 707);
  CHECK(made.facts.shares() == 2'400);
}

TEST_CASE("after an early close nothing is planned, and no share is missing", "[sweep][slice_cases]") {
  auto rows = opening();
  rows.push_back(row(301, 1, {10'000, 150}, {10'002, 200}));
  const auto made = cases_of(rows, settings(3'107));
  CHECK(made.facts.is_early_close);
  CHECK(shares_of(made) == std::vector<std::int64_t>{500, 500, 500, 500, 500, 607});
  CHECK(made.facts.missing_shares == 0);
}

TEST_CASE("a day without a book trades nothing", "[sweep][slice_cases]") {
  const auto made = cases_of({row(0, 1, {10'000, 100}, {}), closing()}, settings());
  CHECK(made.cases.size() == 0);
  CHECK(made.facts.missing_shares == 3'070);
  const auto none = cases_of({row(kSessionSeconds + 5, 1, {10'000, 100}, {10'002, 100})}, settings());
  CHECK(none.facts.missing_shares == 3'070);
  CHECK(none.facts.shares() == 0);
}

TEST_CASE("the first slices are cold, until the session has a past", "[sweep][slice_cases]") {
  const auto made = cases_of(
      [] {
        auto rows = opening();
        rows.push_back(closing());
        return rows;
      }(),
      settings());
  std::vector<Decided> decided;
  std::vector<std::uint32_t> samples;
  for (const auto& slice : made.facts.slices) decided.push_back(slice.decided), samples.push_back(slice.samples);
  CHECK(samples == std::vector<std::uint32_t>{0, 1, 5, 9, 12, 12, 12, 12, 12, 12});
  CHECK(decided[1] == Decided::few_samples);
  CHECK(decided[2] == Decided::solved);
  CHECK(made.facts.cold() == 2);
}

TEST_CASE("slices with more placements than are allowed are left to pool, and counted", "[sweep][slice_cases]") {
  auto rows = opening();
  rows.push_back(closing());
  auto settings = test::settings();
  CHECK(cases_of(rows, settings).facts.pooled() == 0);
  settings.max_candidates = 1;
  const auto made = cases_of(rows, settings);
  CHECK(made.facts.pooled() == 8);
  CHECK(made.facts.cold() == 2);
  const auto points = grid();
  const auto evaluation = make_slice_backtest(points, settings)->prepare(day_data(rows, 1), Engine::collapse);
  CHECK(evaluation->stats().pooled == 8);
}

TEST_CASE("yardsticks by hand", "[sweep][slice_cases]") {
  // A book that never moves: 150 + 100 bid at 100.00, 200 asked at 100.02, 90 by venue 2 (fee .001), 400 at 100.03.
  auto rows = opening();
  rows.push_back(closing());
  const auto made = cases_of(rows, settings(3'000));
  REQUIRE(made.cases.size() == 10);
  const Nano take = 3'000'000, cheap = 1'000'000;
  // 300 of each slice: 90 and 200 a cent above the mid, 10 two cents.
  const Nano market = 300 * kCent + 10 * kCent + 90 * cheap + 210 * take;
  CHECK(made.facts.slippage[kAllMarket] == 10 * market);
  CHECK(made.facts.slippage[kAllLimit] == 10 * market);  // nothing fills: the same book at the end
  // 100 to each of two queues, 100 to the market: 90 at venue 2; the 200 left at the end meet the book anew.
  const Nano equal = 100 * kCent + 90 * cheap + 10 * take + 200 * kCent + 90 * cheap + 110 * take;
  CHECK(made.facts.slippage[kEqualSplit] == 10 * equal);
  // 3,000 at once: 690 displayed, 2,310 beyond at 100.04.
  const Nano displayed = 290 * kCent + 400 * 2 * kCent + 90 * cheap + 600 * take;
  CHECK(made.facts.slippage[kImmediate] == displayed + 2'310 * (3 * kCent + take));
  CHECK(made.facts.drift == 0);
}

TEST_CASE("no look-ahead: rows after t0 change no decision at t0", "[sweep][slice_cases]") {
  CHECK(rc::check([] {
    const auto settings = random_settings();
    const auto rows = random_session();
    const auto slice = *rc::gen::inRange<TimeNs>(0, 10);
    const auto t0 = slice * 60 * kNsPerSecond;
    const auto points = grid();
    const auto one = cases_of(rows, settings), two = cases_of(with_another_future(rows, t0), settings);
    for (std::size_t i = 0; i < one.cases.size() && one.cases[i].plan.begin_ns <= t0; ++i) {
      RC_ASSERT(i < two.cases.size());
      RC_ASSERT(one.cases[i].plan.begin_ns == two.cases[i].plan.begin_ns);
      RC_ASSERT(one.cases[i].shares() == two.cases[i].shares());
      RC_ASSERT(one.cases[i].venues == two.cases[i].venues);
      for (std::size_t p = 0; p < points.size(); ++p) {
        const auto a = decide(one.cases[i], settings, points, points.values(p));
        const auto b = decide(two.cases[i], settings, points, points.values(p));
        RC_ASSERT(a.placement.market == b.placement.market);
        RC_ASSERT(a.placement.limits == b.placement.limits);
        RC_ASSERT(a.expected_cost == b.expected_cost);
      }
    }
  }));
}

TEST_CASE("what a decision expects is the mean over its samples", "[sweep][slice_cases]") {
  CHECK(rc::check([] {
    const auto settings = random_settings();
    const auto made = cases_of(random_session(), settings);
    const auto points = grid();
    const auto values = points.values(*rc::gen::inRange<std::size_t>(0, points.size()));
    const auto at = penalties_at(values);
    for (const auto& slice : made.cases) {
      const auto [placement, expected, under, over, meets] = decide(slice, settings, points, values);
      if (slice.decided != Decided::solved) continue;
      double sum_under = 0, sum_over = 0, sum = 0;
      const auto& problem = slice.problem;
      for (std::size_t n = 0; n < problem.queues[0].outflow.size(); ++n) {
        double bought = static_cast<double>(placement.market), sent = bought;
        double v = to_dollars(problem.half_spread + problem.taker_fee) * bought;
        for (std::size_t k = 0; k < problem.queues.size(); ++k) {
          const auto& queue = problem.queues[k];
          const auto fill = std::clamp<std::int64_t>(queue.outflow[n] - queue.ahead, 0, placement.limits[k]);
          bought += static_cast<double>(fill);
          sent += static_cast<double>(placement.limits[k]);
          v -= to_dollars(problem.half_spread + queue.rebate) * static_cast<double>(fill);
        }
        const auto target = static_cast<double>(problem.shares());
        const auto lacks = std::max(0.0, target - bought), exceeds = std::max(0.0, bought - target);
        v += to_dollars(at.under) * lacks + to_dollars(at.over) * exceeds + to_dollars(at.theta) * (sent + lacks);
        sum += v, sum_under += lacks, sum_over += exceeds;
      }
      const auto samples = static_cast<double>(problem.samples());
      RC_ASSERT(std::abs(expected - sum / samples) < 1e-9);
      RC_ASSERT(std::abs(under - sum_under / samples) < 1e-9);
      RC_ASSERT(std::abs(over - sum_over / samples) < 1e-9);
    }
  }));
}
