// Tests registered routers on small days.
#include <mutex>
#include <set>
#include <stdexcept>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "slice_days.hpp"
#include "sweep/graph.hpp"

using namespace sorsweep;
using namespace sorsweep::test;

namespace {

Grid two_axes() {
  return Grid({list_axis("share", {0, kNanoPerDollar / 4, kNanoPerDollar}), list_axis("rank", {0, kNanoPerDollar})});
}

RouterInfo router_of(DecideSlice decide) {
  return {"test", true, true, {{"share", ParameterUnit::number}, {"rank", ParameterUnit::number}}, std::move(decide),
          1};
}

/// Sends a part of the order to the first or the second queue and the rest to the market.
Placement to_one_queue(const SliceView& slice, std::span<const double> point) {
  Placement placement{slice.problem.shares(), std::vector<std::int64_t>(slice.problem.queues.size(), 0)};
  const auto queue = std::min(static_cast<std::size_t>(point[1]), placement.limits.size() - 1);
  placement.limits[queue] = static_cast<std::int64_t>(point[0] * static_cast<double>(slice.problem.shares()));
  placement.market -= placement.limits[queue];
  return placement;
}

SliceSettings with(const RouterInfo& router, SliceSettings settings) {
  settings.registered = &router;
  return settings;
}

/// Makes a day on which a queue falls by ten shares every five seconds and is filled up again.
std::vector<QuoteRow> even_session() {
  auto rows = opening();
  for (int second = 5; second < kSessionSeconds; second += 5)
    rows.push_back(row(second, 1, {10'000, static_cast<std::uint32_t>(150 - second % 50)}, {10'002, 200}));
  return rows;
}

std::string failure_of(DecideSlice decide) {
  const auto router = router_of(std::move(decide));
  try {
    run(even_session(), with(router, settings()), two_axes());
  } catch (const Error& error) {
    CHECK(error.code() == Exit::internal);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a registered router's slippage is that of its placements, executed one by one", "[sweep][own_router]") {
  const auto router = router_of(to_one_queue);
  CHECK(rc::check([&] {
    const auto rows = random_session();
    const auto settings = with(router, random_settings());
    const auto points = two_axes();
    const auto unit = run(rows, settings, points);
    const auto made = make_slice_cases(day_data(rows), settings, points);
    for (std::size_t p = 0; p < points.size(); ++p) {
      const double share = points.dollars(0)[points.index(p)[0]];
      const double rank = points.dollars(1)[points.index(p)[1]];
      Nano sum = 0;
      for (const auto& slice : made.cases) {
        Placement placement{slice.problem.shares(), std::vector<std::int64_t>(slice.problem.queues.size(), 0)};
        if (slice.decided == Decided::solved)
          placement = to_one_queue({slice.problem, slice.venues, slice.book, 0, 0}, std::vector{share, rank});
        sum += slice.execute(placement.market, placement.limits).slippage;
        RC_ASSERT(decide(slice, settings, points, points.values(p)).placement == placement);
      }
      RC_ASSERT(unit.surface.slippage[p] == sum);
    }
  }));
}

TEST_CASE("a registered router sees the same at both engines, and its own parameters", "[sweep][own_router]") {
  std::set<std::vector<double>> seen;
  std::mutex mutex;
  const auto router = router_of([&](const SliceView& slice, std::span<const double> point) {
    const std::lock_guard lock(mutex);
    seen.emplace(point.begin(), point.end());
    CHECK(slice.problem.half_spread > 0);  // the book's own: no axis brings it
    CHECK(slice.end_ns - slice.begin_ns == 60 * kNsPerSecond);
    CHECK(slice.venues.size() == slice.problem.queues.size());
    CHECK(slice.book.two_sided());
    return to_one_queue(slice, point);
  });
  const auto rows = even_session();
  const auto brute = run(rows, with(router, settings()), two_axes(), Engine::brute);
  CHECK(run(rows, with(router, settings()), two_axes()).surface == brute.surface);
  CHECK(seen == std::set<std::vector<double>>{{0, 0}, {0, 1}, {0.25, 0}, {0.25, 1}, {1, 0}, {1, 1}});
}

TEST_CASE("what a registered router does wrong is said with its name", "[sweep][own_router]") {
  CHECK_THAT(failure_of([](const SliceView&, std::span<const double>) {
               return Placement{1, {}};
             }),
             Catch::Matchers::Contains("the router test returned 0 limit orders for"));
  CHECK_THAT(failure_of([](const SliceView& slice, std::span<const double> point) {
               auto placement = to_one_queue(slice, point);
               placement.market -= 2 * slice.problem.shares();
               return placement;
             }),
             Catch::Matchers::Contains("the router test returned an order of a negative size"));
  CHECK_THAT(
      failure_of([](const SliceView&, std::span<const double>) -> Placement { throw std::runtime_error("no idea"); }),
      Catch::Matchers::Contains("the router test failed: no idea"));
}
