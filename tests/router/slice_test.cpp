#include "sorsweep/router/slice.hpp"

#include "catch_compat.hpp"
#include "slice_days.hpp"

using namespace sorsweep;
using namespace sorsweep::test;
using cont_kukanov::Penalties;

namespace {

constexpr Penalties kMost{10 * kCent, 10 * kCent, kCent};

struct Made {
  QuoteHistory history;
  SliceModel model = settings().model;
  FeeTable fees = settings().fees;
  TimeWindow session{0, kSessionSeconds* kNsPerSecond};

  explicit Made(const std::vector<QuoteRow>& rows) : history(day_of(rows)) {}

  /// Makes the slice of a minute from `second` on, with 5 lots and 7 odd shares.
  std::optional<SliceCase> operator()(TimeNs second, std::int64_t lots = 5) const {
    const auto begin = second * kNsPerSecond;
    return SliceMaker(history, session, model, fees, kMost).make({begin, begin + 60 * kNsPerSecond, lots, 7}, 100);
  }
};

/// Makes one venue whose bid queue loses 10 shares per second and is refilled every 70 s.
std::vector<QuoteRow> leaking() {
  std::vector<QuoteRow> rows;
  for (int second = -60; second <= kSessionSeconds; ++second)
    rows.push_back(
        row(second, 1, {10'000, static_cast<std::uint32_t>(1'000 - 10 * ((second + 70) % 70))}, {10'002, 500}));
  return rows;
}

/// Returns how many shares a limit order of 400 gets when it is late.
std::int64_t filled(Made& made, TimeNs latency_ms) {
  made.model.latency_ns = latency_ms * 1'000'000;
  return made(60)->execute(100, std::vector<std::int64_t>{400}).limit;
}

}  // namespace

TEST_CASE("the largest queues at the national bid are joined, in publisher order", "[router][slice]") {
  Made made({row(0, 9, {10'000, 100}, {10'003, 1}), row(0, 7, {10'000, 300}, {10'003, 1}),
             row(0, 5, {9'999, 900}, {10'003, 1}), row(0, 4, {10'000, 100}, {10'003, 1}),
             row(0, 2, {10'000, 100}, {10'003, 1}), row(0, 3, {10'000, 200}, {10'004, 1})});
  made.model.venues_max = 4;
  CHECK(made(60)->venues == std::vector<std::uint32_t>{2, 3, 4, 7});  // of three queues of 100 the lowest two
  CHECK(made(60)->problem.queues[1].ahead == 200);
  made.model.venues_max = 1;
  CHECK(made(60)->venues == std::vector<std::uint32_t>{7});
  made.model.venues_max = 9;
  CHECK(made(60)->venues == std::vector<std::uint32_t>{2, 3, 4, 7, 9});
}

TEST_CASE("spread, fee and rebates come from the book and the fee table", "[router][slice]") {
  Made made({row(0, 1, {10'000, 100}, {10'003, 50}), row(0, 2, {9'990, 100}, {10'003, 60}),
             row(0, 3, {10'000, 100}, {10'004, 50})});
  made.fees.publishers = {{1, {3'500'000, 1'000'000}}, {2, {3'200'000, 0}}, {3, {-900'000, -400'000}}};
  const auto problem = made(60)->problem;
  CHECK(problem.half_spread == 3 * kCent / 2);
  CHECK(problem.taker_fee == 3'200'000);  // publisher 3 is cheaper, but not at the best ask
  CHECK(problem.queues[0].rebate == 1'000'000);
  CHECK(problem.queues[1].rebate == -400'000);
  CHECK(problem.lots == 5);
  CHECK(problem.lot == 100);
  made.model.half_spread = 123;
  CHECK(made(60)->problem.half_spread == 123);
  CHECK(made(60)->realised.bid_plus_ask == 20'003 * kCent);
}

TEST_CASE("samples are the windows of the session's past", "[router][slice]") {
  const Made made(leaking());  // quotes before the session are there, but no window begins with them
  const auto count = [&](TimeNs second) { return made(second)->problem.samples(); };
  CHECK(count(0) == 0);
  CHECK(count(59) == 0);
  CHECK(count(60) == 1);
  CHECK(count(74) == 1);
  CHECK(count(75) == 2);
  CHECK(count(60 + 11 * 15) == 12);
  CHECK(count(500) == 12);  // model.samples
  // The windows are (15, 75] with a refill, and (0, 60] without one.
  const auto problem = made(75)->problem;
  CHECK(problem.queues[0].outflow == std::vector<std::int64_t>{590, 600});
  CHECK(problem.queues[0].ahead == 950);
}

TEST_CASE("too few samples, no lots or a cost beyond 64 bits: the slice is not solved", "[router][slice]") {
  const Made made(leaking());
  CHECK(made(60 + 3 * 15)->decided == Decided::solved);
  CHECK(made(60 + 3 * 15 - 1)->decided == Decided::few_samples);
  CHECK(made(300, 0)->decided == Decided::no_order);
  CHECK(made(300, 5'000)->decided == Decided::solved);
  auto rows = leaking();
  rows.back() = row(kSessionSeconds, 1, {10'000, 100}, {19'999'999, 100});  // 199,999.99
  Made stub(rows);
  CHECK(stub(kSessionSeconds, 5'000)->decided == Decided::overflow);
  CHECK(stub(kSessionSeconds, 1)->decided == Decided::solved);
  stub.model.half_spread = kCent;
  CHECK(stub(kSessionSeconds, 5'000)->decided == Decided::solved);
}

TEST_CASE("a book without a bid or an ask makes no slice", "[router][slice]") {
  const Made made({row(0, 1, {10'000, 100}, {}), row(70, 1, {}, {10'002, 5}), row(80, 2, {9'999, 5}, {})});
  CHECK_FALSE(made(60));
  CHECK_FALSE(made(70));
  CHECK(made(80));
  CHECK_FALSE(Made({row(9, 1, {10'000, 100}, {10'002, 5})})(8));
}

TEST_CASE("a slice is executed on the queues' own outflow and the book of its end", "[router][slice]") {
  // Of 407 shares, 107 go to the market (50 at 100.02, 57 at 100.03) and 3 lots into a queue of 200, of which 330
  // leave: 130 fill. The other 170 are bought at the end at 100.05 and 100.05 + .01.
  const Made made({row(0, 1, {10'000, 200}, {10'002, 50}), row(0, 2, {9'999, 200}, {10'003, 500}),
                   row(70, 1, {10'000, 530}, {10'002, 50}), row(80, 1, {10'000, 200}, {10'002, 50}),
                   row(119, 2, {9'998, 7}, {}), row(120, 1, {10'000, 200}, {10'005, 100}), row(121, 1, {}, {})});
  const auto slice = made(60, 4);
  const std::vector<std::int64_t> limits = {300};
  const auto fills = slice->execute(100, limits);
  CHECK(fills.market == 107);
  CHECK(fills.limit == 130);
  CHECK(fills.cleanup == 170);
  CHECK(fills.unwound == 0);
  // The costs are in cents against 100.01. The fee is .003, but .001 at venue 2, which shows no ask at the end.
  CHECK(fills.slippage ==
        (50 * 1 + 57 * 2 - 130 + 100 * 4 + 70 * 5) * kCent + (50 + 170) * 3'000'000 + 57 * 1'000'000 - 130 * 2'000'000);
  CHECK(slice->execute({1, {3}}).slippage == fills.slippage);
}

TEST_CASE("no look-ahead: what is known at t0 does not depend on a row after it", "[router][slice]") {
  CHECK(rc::check([] {
    const auto model = random_settings().model;
    const TimeNs t0 = *rc::gen::inRange<TimeNs>(60, 400);
    auto past = opening();
    const auto more = random_rows(1, t0 + 1, 120);
    past.insert(past.end(), more.begin(), more.end());
    auto rows = past;
    const auto future = random_rows(t0 + 1, kSessionSeconds, *rc::gen::inRange(0, 80));
    rows.insert(rows.end(), future.begin(), future.end());
    Made one(past), two(rows);
    one.model = two.model = model;
    const auto a = one(t0), b = two(t0);
    RC_ASSERT(a.has_value() == b.has_value());
    if (!a) return;
    RC_ASSERT(a->venues == b->venues);
    RC_ASSERT(a->decided == b->decided);
    RC_ASSERT(a->book.dropped == b->book.dropped);
    RC_ASSERT(a->problem.half_spread == b->problem.half_spread);
    RC_ASSERT(a->problem.taker_fee == b->problem.taker_fee);
    for (std::size_t k = 0; k < a->venues.size(); ++k) {
      RC_ASSERT(a->problem.queues[k].ahead == b->problem.queues[k].ahead);
      RC_ASSERT(a->problem.queues[k].outflow == b->problem.queues[k].outflow);
    }
  }));
}

TEST_CASE("a market order sweeps the book that it meets when it arrives", "[router][slice]") {
  Made made({row(0, 1, {10'000, 200}, {10'002, 500}), row(60.2, 1, {10'000, 200}, {10'004, 500}),
             row(60.4, 1, {10'000, 200}, {10'007, 500})});
  const auto cents = [&](TimeNs latency_ms) {
    made.model.latency_ns = latency_ms * 1'000'000;
    const auto fills = made(60)->execute(500, std::vector<std::int64_t>{0});
    return (fills.slippage - 507 * 3'000'000) / kCent;
  };
  CHECK(cents(0) == 507 * 1 + 7);  // against the mid at t0, 100.01; 7 shares beyond the book
  CHECK(cents(199) == 507 * 1 + 7);
  CHECK(cents(200) == 507 * 3 + 7);
  CHECK(cents(399) == 507 * 3 + 7);
  CHECK(cents(400) == 507 * 6 + 7);
}

TEST_CASE("a limit order whose price is gone when it arrives is not filled", "[router][slice]") {
  Made made({row(0, 1, {10'000, 200}, {10'002, 500}), row(60.2, 1, {10'001, 100}, {10'002, 500}),
             row(60.4, 1, {10'000, 300}, {10'002, 500}), row(80, 1, {9'990, 100}, {10'002, 500})});
  CHECK(filled(made, 0) == 400);  // traded through at 80 s
  CHECK(filled(made, 100) == 400);
  CHECK(filled(made, 200) == 0);
  CHECK(filled(made, 300) == 0);
  CHECK(filled(made, 400) == 400);
}

TEST_CASE("an order that arrives late stands behind what came before it", "[router][slice]") {
  Made made({row(0, 1, {10'000, 200}, {10'002, 500}), row(60.2, 1, {10'000, 500}, {10'002, 500}),
             row(80, 1, {10'000, 100}, {10'002, 500}), row(110, 1, {10'000, 50}, {10'002, 500})});
  CHECK(filled(made, 0) == 250);  // 450 leave, 200 of them ahead
  CHECK(filled(made, 200) == 0);  // 450 leave, 500 of them ahead
}
