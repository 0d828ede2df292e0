#include "router/notebook.hpp"

#include <rapidcheck.h>

#include <bit>

#include "catch_compat.hpp"
#include "sorsweep/router/yardsticks.hpp"

using namespace sorsweep;

namespace {

struct Row {
  TimeNs ts;
  std::uint32_t publisher;
  double px;
  std::uint32_t size;
};

EventTape tape_of(const std::vector<Row>& rows) {
  QuoteColumns quotes;
  for (const auto& r : rows) {
    QuoteRow row;
    row.ts_event_ns = row.ts_recv_ns = r.ts;
    row.publisher_id = r.publisher;
    row.ask_px = static_cast<Nano>(r.px * 1e9 + 0.5);
    row.ask_sz = r.size;
    quotes.push_back(row);
  }
  return make_event_tape(quotes);
}

const std::vector<std::uint32_t> kSizes = {0, 1, 37, 100, 200, 999, 4000};

/// Makes up to seven venues per snapshot, so that one-pass and general lanes both occur. Ties and zero sizes are
/// common.
EventTape random_tape() {
  std::vector<Row> rows;
  const int snapshots = *rc::gen::inRange(0, 40);
  for (int s = 0; s < snapshots; ++s) {
    const auto venues = *rc::gen::inRange(1U, 8U);
    for (std::uint32_t v = 1; v <= venues; ++v)
      rows.push_back({s * kNsPerSecond, v, 100 + *rc::gen::inRange(0, 5) * 0.01, *rc::gen::elementOf(kSizes)});
  }
  return tape_of(rows);
}

}  // namespace

TEST_CASE("lanes equal the reference, bit for bit", "[router][notebook]") {
  CHECK(rc::check([] {
    const auto tape = random_tape();
    const double shares = *rc::gen::element(1.0, 5.0, 999.0, 1000.0, 5000.0, 123457.0);
    const auto points = *rc::gen::inRange<std::size_t>(0, 100);  // odd lengths, whole groups and none
    const std::vector<double> parameter(points, 0.001);
    std::vector<double> cost(points, -1), filled(points, -1);
    notebook::run_lanes(tape, {parameter, parameter, parameter}, shares, cost, filled);
    const auto reference = notebook::run(tape, {0.001, 0.001, 0.001}, shares);
    for (std::size_t p = 0; p < points; ++p) {
      RC_ASSERT(std::bit_cast<std::uint64_t>(cost[p]) == std::bit_cast<std::uint64_t>(reference.total_cost));
      RC_ASSERT(std::bit_cast<std::uint64_t>(filled[p]) == std::bit_cast<std::uint64_t>(reference.filled_shares));
    }
  }));
}

TEST_CASE("the books balance: the log adds up to the outcome", "[router][notebook]") {
  CHECK(rc::check([] {
    const auto tape = random_tape();
    std::vector<notebook::Execution> log;
    const auto outcome = notebook::run(tape, {}, 5000, &log);
    double cost = 0, shares = 0;
    for (const auto& fill : log) {
      RC_ASSERT(fill.cost == fill.shares * fill.px);
      cost += fill.cost;
      shares += fill.shares;
    }
    RC_ASSERT(cost == outcome.total_cost);
    RC_ASSERT(shares == outcome.filled_shares);
    RC_ASSERT(shares <= 5000.000001);
  }));
}

TEST_CASE("one snapshot by hand: 40 % to the market at the best ask, the rest split", "[router][notebook]") {
  // R = 5000, K = 2: m = 2000, l = 1500. Market: 500 at 10, then 1500 of 2000 at 11.
  // Limit: venue 1: p = 2000/3500, 1500 p; venue 2: p = 500/2000, 375.
  const auto tape = tape_of({{0, 1, 11, 2000}, {0, 2, 10, 500}});
  std::vector<notebook::Execution> log;
  notebook::run(tape, {}, 5000, &log);
  REQUIRE(log.size() == 4);
  CHECK((log[0].publisher_id == 2 && log[0].shares == 500));
  CHECK((log[1].publisher_id == 1 && log[1].shares == 1500));
  CHECK((log[2].kind == notebook::FillKind::limit && log[2].shares == Approx(1500.0 * 2000 / 3500)));
  CHECK((log[3].publisher_id == 2 && log[3].shares == 375));
}

TEST_CASE("below 1,000 shares a tenth goes to the market", "[router][notebook]") {
  std::vector<notebook::Execution> log;
  notebook::run(tape_of({{0, 1, 10, 100000}}), {}, 999, &log);
  CHECK(log.at(0).shares == 999 * 0.1);
  log.clear();
  notebook::run(tape_of({{0, 1, 10, 100000}}), {}, 1000, &log);
  CHECK(log.at(0).shares == 400);
}

TEST_CASE("yardsticks: closed forms on a constant and on a stepping price", "[router][yardsticks]") {
  // There is one quote per second for ten minutes at 10, then ten quotes at 12. The last one comes 1200 s after the
  // first, which makes 20 intervals.
  std::vector<Row> rows;
  for (TimeNs s = 0; s <= 1200; ++s)
    rows.push_back({s * kNsPerSecond, 1, s < 600 ? 10.0 : 12.0, s < 600 ? 300U : 100U});
  const auto b = notebook::run_yardsticks(tape_of(rows), 5000);
  CHECK(b.naive.total_cost == 50000);
  CHECK(b.twap.avg_price == Approx(11).epsilon(1e-12));
  CHECK(b.vwap.avg_price == Approx((600 * 300 * 10.0 + 601 * 100 * 12.0) / (600 * 300 + 601 * 100)).epsilon(1e-12));
}

TEST_CASE("TWAP: an interval without rows pays nothing and the average divides by all shares", "[router][yardsticks]") {
  const auto b = notebook::run_yardsticks(tape_of({{0, 1, 10, 1}, {180 * kNsPerSecond, 1, 10, 1}}), 3000);
  CHECK(b.twap.total_cost == Approx(10000));  // one interval of three
  CHECK(b.twap.avg_price == Approx(10.0 / 3));
}

TEST_CASE("an empty tape costs nothing and fills nothing", "[router][yardsticks]") {
  const auto tape = tape_of({});
  CHECK(notebook::run(tape, {}, 5000).filled_shares == 0);
  CHECK(notebook::run_yardsticks(tape, 5000).twap.total_cost == 0);
}
