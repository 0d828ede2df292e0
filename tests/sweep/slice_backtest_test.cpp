// Tests surfaces of router cont_kukanov against decisions one by one, and against changes that must not matter or whose
// effect is known.
#include <set>

#include "catch_compat.hpp"
#include "slice_days.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sweep/graph.hpp"

using namespace sorsweep;
using namespace sorsweep::test;
using cont_kukanov::Solver;

namespace {

/// Turns prices p into C − p, bids into asks, and buyers into sellers.
std::vector<QuoteRow> mirrored(std::vector<QuoteRow> rows, Nano c) {
  const auto flip = [&](Nano px) { return is_defined_px(px) ? c - px : px; };
  for (auto& each : rows) {
    each.bid_px = flip(std::exchange(each.ask_px, flip(each.bid_px)));
    std::swap(each.bid_sz, each.ask_sz);
    each.price = flip(each.price);
    each.side = each.side == 'A' ? 'B' : each.side == 'B' ? 'A' : 'N';
  }
  return rows;
}

std::vector<QuoteRow> dearer(std::vector<QuoteRow> rows) {
  for (auto& each : rows)
    for (auto* px : {&each.bid_px, &each.ask_px, &each.price})
      if (is_defined_px(*px)) *px *= 2;
  return rows;
}

Fees doubled(Fees fees) {
  return {2 * fees.take, 2 * fees.make_rebate};
}

SliceSettings dearer(SliceSettings settings) {
  settings.fees.standard = doubled(settings.fees.standard);
  for (auto& [publisher, fees] : settings.fees.publishers) fees = doubled(fees);
  settings.model.tick *= 2;
  if (settings.model.half_spread) *settings.model.half_spread *= 2;
  return settings;
}

Grid dearer(const Grid& points) {
  auto axes = points.axes();
  for (auto& axis : axes)
    for (auto& value : axis.values) value *= 2;
  return Grid({axes[0], axes[1], axes[2]});
}

void must_be_equal(const UnitResult& a, const UnitResult& b) {
  RC_ASSERT(a.surface == b.surface);
  RC_ASSERT(a.facts.slices.slippage == b.facts.slices.slippage);
  RC_ASSERT(a.facts.slices.drift == b.facts.slices.drift);
  RC_ASSERT(a.facts.slices.missing_shares == b.facts.slices.missing_shares);
}

std::vector<std::int64_t> point_by_point(const std::vector<QuoteRow>& rows, const SliceSettings& settings) {
  const auto made = cases_of(rows, settings);
  const auto points = grid();
  std::vector<std::int64_t> slippage(points.size(), 0);
  for (std::size_t p = 0; p < points.size(); ++p)
    for (const auto& slice : made.cases) {
      const auto placement = decide(slice, settings, points, points.values(p)).placement;
      slippage[p] += slice.execute(placement.market, placement.limits).slippage;
    }
  return slippage;
}

/// Makes a day that differs by `seed`. It does not use the random numbers of RapidCheck, as threads are compared on it.
std::vector<QuoteRow> fixed_session(unsigned seed) {
  auto rows = opening();
  for (int second = 1; second < kSessionSeconds - 1; second += 2) {
    seed = seed * 1'103'515'245U + 12'345U;
    const auto size = 40 + 10 * (seed >> 20U) % 200;
    rows.push_back(row(second, 1 + (seed >> 16U) % 3, {10'000, size}, {10'002 + (seed >> 13U) % 2, 40 + size / 2}));
  }
  rows.push_back(closing());
  return rows;
}

/// Makes a grid of more points than a task takes.
Grid large_grid() {
  return Grid({linear_axis("lambda_over", 0, 10 * kCent, 15), linear_axis("lambda_under", 0, 20 * kCent, 30),
               list_axis("theta_queue", {0, kCent / 10, kCent / 2})});
}

struct Swept {
  std::string hash;
  std::vector<std::vector<std::int64_t>> surfaces;
};

Swept sweep(const SliceSettings& settings, Engine engine, int threads) {
  const auto points = large_grid();
  const auto backtest = make_slice_backtest(points, settings);
  Swept swept;
  Reducer reducer(points, {static_cast<double>(settings.order.shares), true, {Objective::Kind::slippage_bps, 0}, 1}, 4,
                  std::vector<RowRange>{{0, 1}, {1, points.rows()}});
  // The grid is cut into units of unequal rows.
  const std::vector<RowRange> units{{0, 1}, {1, points.rows()}};
  const GraphOptions options{{{some_day(1), units}, {some_day(2), units}, {some_day(3), {{0, points.rows()}}}},
                             engine,
                             threads,
                             3,
                             true,
                             {},
                             true};
  GraphHooks hooks;
  hooks.find = [](const DayKey&, RowRange) { return std::nullopt; };
  hooks.load = [](const DayKey& day) {
    const auto number = static_cast<unsigned>(day.date.day());
    return day_data(fixed_session(number), number);
  };
  hooks.publish = [](const DayKey&, RowRange, const UnitResult&) {};
  hooks.commit = [&](FinishedDay&& day) {
    auto& surface = swept.surfaces.emplace_back();
    for (const auto& unit : day.units) {
      reducer.add(unit.result);
      surface.insert(surface.end(), unit.result.surface.slippage.begin(), unit.result.surface.slippage.end());
    }
  };
  hooks.points_done = [](std::size_t) {};
  const std::atomic<bool> stop{false};
  CHECK(run_graph(*backtest, points, options, hooks, stop) == 3);
  swept.hash = reducer.finish().result_hash;
  return swept;
}

}  // namespace

TEST_CASE("a surface is what each point decides and pays alone, whatever the solver", "[sweep][slice_backtest]") {
  CHECK(rc::check([] {
    auto settings = random_settings();
    settings.solver = *rc::gen::element(Solver::exact, Solver::pool, Solver::stochastic, Solver::closed_form);
    if (settings.solver == Solver::closed_form) settings.model.venues_max = 1;
    const auto rows = random_session();
    RC_TAG(std::string(cont_kukanov::kSolverNames[static_cast<std::size_t>(settings.solver)]));
    const auto engine = *rc::gen::element(Engine::collapse, Engine::brute);
    RC_ASSERT(run(rows, settings, grid(), engine).surface.slippage == point_by_point(rows, settings));
  }));
}

TEST_CASE("metrics are what each point's slices come to", "[sweep][slice_backtest]") {
  CHECK(rc::check([] {
    auto settings = random_settings();
    settings.solver = *rc::gen::element(Solver::exact, Solver::pool, Solver::stochastic);
    const auto rows = random_session();
    const auto points = grid();
    const auto engine = *rc::gen::element(Engine::collapse, Engine::brute);
    const auto backtest = make_slice_backtest(points, settings);
    const auto evaluation = backtest->prepare(day_data(rows, 1), engine);
    const auto metric = [&](Metric wanted) {
      std::vector<std::int64_t> values(points.size());
      evaluation->evaluate_metric(wanted, {0, points.rows()}, values);
      return values;
    };
    const auto market = metric(Metric::market_shares), limit = metric(Metric::limit_shares);
    const auto cleanup = metric(Metric::cleanup_shares), unwound = metric(Metric::unwound_shares);
    const auto high = metric(Metric::square_high), low = metric(Metric::square_low);
    const auto made = cases_of(rows, settings);
    for (std::size_t p = 0; p < points.size(); ++p) {
      execution::Fills sum;
      __int128 square = 0;
      for (const auto& slice : made.cases) {
        const auto placement = decide(slice, settings, points, points.values(p)).placement;
        const auto fills = slice.execute(placement.market, placement.limits);
        sum.market += fills.market, sum.limit += fills.limit;
        sum.cleanup += fills.cleanup, sum.unwound += fills.unwound;
        square += static_cast<__int128>(fills.slippage) * fills.slippage;
      }
      RC_ASSERT(market[p] == sum.market);
      RC_ASSERT(limit[p] == sum.limit);
      RC_ASSERT(cleanup[p] == sum.cleanup);
      RC_ASSERT(unwound[p] == sum.unwound);
      RC_ASSERT((static_cast<__int128>(high[p]) * (std::int64_t{1} << 32) + low[p] == square));
    }
  }));
}

TEST_CASE("threads and engine change nothing", "[sweep][slice_backtest]") {
  for (const auto solver : {Solver::exact, Solver::pool, Solver::stochastic}) {
    auto settings = test::settings();
    settings.solver = solver;
    const auto one = sweep(settings, Engine::brute, 1);
    CHECK(std::set(one.surfaces[0].begin(), one.surfaces[0].end()).size() > 1);  // the grid matters
    for (const int threads : {1, 2, 7})
      for (const auto engine : {Engine::brute, Engine::collapse}) {
        const auto other = sweep(settings, engine, threads);
        CHECK(other.surfaces == one.surfaces);
        CHECK(other.hash == one.hash);
      }
  }
}

TEST_CASE("a seller on the mirrored day slips as the buyer does", "[sweep][slice_backtest]") {
  CHECK(rc::check([] {
    const auto rows = random_session();
    auto settings = random_settings();
    const auto buy = run(rows, settings);
    settings.order.side = Side::sell;
    const auto sell = run(mirrored(rows, *rc::gen::element<Nano>(20'000, 20'001, 39'999) * kCent), settings);
    must_be_equal(buy, sell);
    RC_ASSERT(sell.facts.slices.is_sell);
  }));
}

TEST_CASE("twice the prices, fees, penalties and tick: twice the slippage", "[sweep][slice_backtest]") {
  CHECK(rc::check([] {
    const auto rows = random_session();
    const auto settings = random_settings();
    auto plain = run(rows, settings);
    for (auto& value : plain.surface.slippage) value *= 2;
    for (auto& value : plain.facts.slices.slippage) value *= 2;
    plain.facts.slices.drift *= 2;
    must_be_equal(run(dearer(rows), dearer(settings), dearer(grid())), plain);
  }));
}

TEST_CASE("a venue that shows nothing changes nothing", "[sweep][slice_backtest]") {
  CHECK(rc::check([] {
    auto rows = random_session();
    const auto settings = random_settings();
    const auto without = run(rows, settings);
    const auto added = *rc::gen::inRange(1, 30);
    for (int i = 0; i < added; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, rows.size());
      auto silent = row(0, *rc::gen::element(5U, 9U), {}, {});
      silent.ts_event_ns = silent.ts_recv_ns = rows[at].ts_event_ns;
      if (*rc::gen::arbitrary<bool>()) silent.bid_px = 10'000 * kCent;  // a price without shares is no bid
      rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), silent);
    }
    must_be_equal(run(rows, settings), without);
  }));
}

TEST_CASE("a latency in which nothing happens changes nothing", "[sweep][slice_backtest]") {
  CHECK(rc::check([] {
    const auto rows = random_session();  // all in whole seconds
    auto settings = random_settings();
    settings.model.max_quote_age_ns = 0;
    const auto without = run(rows, settings);
    settings.model.latency_ns = *rc::gen::element<TimeNs>(1, 1'000'000, kNsPerSecond - 1);
    must_be_equal(run(rows, settings), without);
  }));
}

TEST_CASE("all points pay the same drift: the yardsticks and the surface do not have it", "[sweep][slice_backtest]") {
  // The same day, but from 240 s on all prices are a dollar higher.
  const auto low = fixed_session(5);
  auto high = low;
  for (auto& each : high)
    if (each.ts_event_ns > 240 * kNsPerSecond) each.bid_px += kNanoPerDollar, each.ask_px += kNanoPerDollar;
  auto settings = test::settings(3'000);
  settings.model.min_samples = 13;  // all cold
  const auto a = run(low, settings), b = run(high, settings);
  CHECK(b.facts.slices.drift - a.facts.slices.drift == 1'500 * kNanoPerDollar);
  CHECK(b.facts.slices.slippage[kAllMarket] == a.facts.slices.slippage[kAllMarket]);
  CHECK(b.surface == a.surface);
  for (const auto value : a.surface.slippage) CHECK(value == a.facts.slices.slippage[kAllMarket]);
}
