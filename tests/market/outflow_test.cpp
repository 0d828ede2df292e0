#include "sorsweep/market/outflow.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

constexpr Nano kUsd = kNanoPerDollar;
constexpr Nano kAsk = 20 * kUsd;

/// Makes a row with a bid of whole dollars, where 0 means no bid.
QuoteRow bid(TimeNs ts, std::uint32_t publisher, Nano dollars, std::uint32_t sz, char action = 'M') {
  QuoteRow row;
  row.ts_event_ns = row.ts_recv_ns = ts;
  row.publisher_id = publisher;
  row.action = action;
  row.bid_px = dollars == 0 ? kUndefinedPx : dollars * kUsd;
  row.bid_sz = sz;
  row.ask_px = kAsk;
  row.ask_sz = 100;
  return row;
}

QuoteRow trade(TimeNs ts, std::uint32_t publisher, Nano dollars, std::uint32_t sz, char side = 'A') {
  auto row = bid(ts, publisher, 0, 0, 'T');
  row.price = dollars * kUsd;
  row.size = sz;
  row.side = side;
  return row;
}

QuoteColumns day_of(const std::vector<QuoteRow>& rows) {
  QuoteColumns quotes;
  for (const auto& row : rows) quotes.push_back(row);
  return quotes;
}

OutflowOptions with(QueueModel model, Depletion depletion = Depletion::fill, TimeNs age_ns = 5) {
  return {model, depletion, age_ns};
}

/// Returns the outflow of publisher 1 in (10, 50].
std::int64_t flow(const std::vector<QuoteRow>& rows, const OutflowOptions& options = with(QueueModel::all)) {
  return outflow(QuoteHistory(day_of(rows)), 1, 10, 50, options);
}

bool in_order(const QuoteRow& row, std::uint32_t publisher, TimeNs& now) {
  if (row.publisher_id != publisher) return false;
  now = std::max(now, row.ts_event_ns);
  return true;
}

bool is_quote(const QuoteRow& row, bool tbbo) {
  return tbbo || (row.action != 'T' && row.action != 'F' && row.action != 'N');
}

Nano bid_of(const QuoteRow& row) {
  return is_defined_px(row.bid_px) && row.bid_sz > 0 ? row.bid_px : 0;
}

/// Computes the model by replaying everything from the start for each ns. It is slow and has nothing of the library.
struct Replay {
  QuoteColumns day;
  bool tbbo;

  /// Returns the national bid by quotes no older than `age`, or 0 if there is none.
  Nano national_bid(TimeNs at, TimeNs age) const {
    Nano best = 0;
    for (std::uint32_t id = 1; id <= 4; ++id) {
      TimeNs now = -100, stamped = -100;
      Nano px = 0;
      for (std::size_t i = 0; i < day.rows(); ++i)
        if (in_order(day.row(i), id, now) && now <= at && is_quote(day.row(i), tbbo))
          px = bid_of(day.row(i)), stamped = now;
      if (age == 0 || at - stamped <= age) best = std::max(best, px);
    }
    return best;
  }

  std::int64_t outflow(std::uint32_t id, TimeNs begin, TimeNs end, const OutflowOptions& options) const {
    Nano p0 = 0, px = 0;
    std::int64_t q = 0, size = 0, flow = 0, unmatched = 0;
    TimeNs now = -100;
    for (std::size_t i = 0; i < day.rows(); ++i) {
      const auto row = day.row(i);
      if (!in_order(row, id, now)) continue;
      if (now > end) break;
      const bool started = now > begin;
      if (is_quote(row, tbbo)) {
        const auto new_px = bid_of(row);
        const std::int64_t new_size = new_px == 0 ? 0 : row.bid_sz;
        if (!started) p0 = new_px, q = new_size;
        if (started && p0 == 0) return 0;
        if (started && new_px < p0) return end_of(flow, p0, now, options);
        if (px != new_px) unmatched = 0;
        if (started && px == p0 && new_px == p0 && new_size < size) {
          const auto d = size - new_size;
          const auto matched = std::min(d, unmatched);
          unmatched -= matched;
          const auto ahead = std::min(std::max<std::int64_t>(q - flow, 0), size - matched);
          if (options.queue_model == QueueModel::all) flow += d;
          if (options.queue_model == QueueModel::pro_rata && d > matched)
            flow += (d - matched) * ahead / (size - matched);
        }
        px = new_px;
        size = new_size;
      }
      const bool takes = row.action == 'T' && row.side != 'B' && row.price == p0;
      if (started && p0 != 0 && px == p0 && takes) {
        if (options.queue_model != QueueModel::all) flow += row.size;
        unmatched += row.size;
      }
    }
    return flow;
  }

  std::int64_t end_of(std::int64_t flow, Nano p0, TimeNs at, const OutflowOptions& options) const {
    const bool fills = options.depletion == Depletion::fill;
    return fills && national_bid(at, options.depletion_age_ns) < p0 ? kEverything : flow;
  }
};

QuoteRow random_row(int i, bool tbbo) {
  const auto dollars = *rc::gen::weightedElement<Nano>({{1, 0}, {3, 9}, {10, 10}, {3, 11}});
  const auto id = *rc::gen::element(1U, 1U, 1U, 2U, 3U, 4U);
  auto row = bid(i / 2 + *rc::gen::inRange(-1, 2), id, dollars, *rc::gen::inRange(0U, 30U));
  row.action = tbbo ? 'T' : *rc::gen::weightedElement<char>({{8, 'M'}, {5, 'T'}, {1, 'R'}, {1, 'F'}, {1, 'N'}});
  row.price = *rc::gen::element<Nano>(9, 10, 10, 10, 11) * kUsd;
  row.side = *rc::gen::element('A', 'B', 'N');
  row.size = *rc::gen::inRange(0U, 20U);
  return row;
}

QuoteColumns random_day(bool tbbo) {
  QuoteColumns quotes;
  quotes.push_back(bid(-9, 1, 10, 20, tbbo ? 'T' : 'M'));  // settles what kind of feed it is
  const auto rows = *rc::gen::inRange(0, 60);
  for (int i = 0; i < rows; ++i) quotes.push_back(random_row(i, tbbo));
  return quotes;
}

OutflowOptions random_options(bool tbbo) {
  const auto model = *rc::gen::element(QueueModel::all, QueueModel::trades, QueueModel::pro_rata);
  const auto depletion = *rc::gen::element(Depletion::fill, Depletion::none);
  return with(tbbo ? QueueModel::trades : model, depletion, *rc::gen::inRange(0, 8));
}

/// Turns bids into asks in a mirror at another price than the library's.
QuoteColumns mirror(const QuoteColumns& quotes) {
  QuoteColumns flipped = quotes;
  const auto flip = [](Nano& px) { px = is_defined_px(px) ? 77 * kUsd - px : px; };
  std::swap(flipped.bid_px, flipped.ask_px);
  std::swap(flipped.bid_sz, flipped.ask_sz);
  for (auto* column : {&flipped.bid_px, &flipped.ask_px, &flipped.price})
    std::for_each(column->begin(), column->end(), flip);
  for (auto& side : flipped.side) side = side == 'A' ? 'B' : side == 'B' ? 'A' : side;
  return flipped;
}

}  // namespace

TEST_CASE("while the bid is p0, falls in size flow out and rises do not", "[market][outflow]") {
  CHECK(flow({bid(10, 1, 10, 100), bid(20, 1, 10, 70), bid(30, 1, 10, 90), bid(50, 1, 10, 85)}) == 35);
  CHECK(flow({bid(9, 1, 10, 200), bid(10, 1, 10, 100), bid(51, 1, 10, 1)}) == 0);  // before and after the window
  CHECK(flow({bid(10, 1, 0, 0), bid(20, 1, 10, 70), bid(30, 1, 10, 10)}) == 0);    // no queue at the beginning
  CHECK(flow({bid(11, 1, 10, 70), bid(30, 1, 10, 10)}) == 0);
  CHECK(flow({bid(10, 2, 10, 70), bid(30, 2, 10, 10)}) == 0);  // a publisher without rows
}

TEST_CASE("above p0 nothing moves; a queue that returns smaller is smaller", "[market][outflow]") {
  CHECK(flow({bid(10, 1, 10, 100), bid(20, 1, 11, 500), bid(25, 1, 11, 1), bid(30, 1, 10, 60), bid(40, 1, 10, 55)}) ==
        5);
  const std::vector above = {bid(10, 1, 10, 100), bid(20, 1, 11, 500), trade(30, 1, 10, 40)};
  CHECK(flow(above, with(QueueModel::trades)) == 0);
}

TEST_CASE("below p0, everything flows out when nobody bids p0", "[market][outflow]") {
  const std::vector alone = {bid(10, 1, 10, 100), bid(20, 1, 10, 70), bid(30, 1, 9, 500)};
  CHECK(flow(alone) == kEverything);
  CHECK(flow(alone, with(QueueModel::all, Depletion::none)) == 30);
  CHECK(flow({bid(10, 1, 10, 100), bid(20, 1, 0, 0)}) == kEverything);  // absent is below
  CHECK(flow({bid(10, 1, 10, 100), bid(50, 1, 9, 5)}) == kEverything);  // at the end of the window
  CHECK(flow({bid(10, 1, 10, 100), bid(51, 1, 9, 5)}) == 0);
}

TEST_CASE("a venue that merely lost its best bid was not traded through", "[market][outflow]") {
  const auto lost = [](std::vector<QuoteRow> rows) {
    rows.insert(rows.begin(), {bid(10, 1, 10, 100), bid(20, 1, 10, 70), bid(30, 1, 9, 5)});
    return flow(rows, with(QueueModel::all, Depletion::fill, 100));
  };
  CHECK(lost({bid(5, 2, 10, 1)}) == 30);
  CHECK(lost({bid(5, 2, 11, 1)}) == 30);
  CHECK(lost({bid(5, 2, 9, 1), bid(5, 3, 10, 1)}) == 30);  // one is enough
  CHECK(lost({bid(5, 2, 9, 1)}) == kEverything);
  CHECK(lost({bid(5, 2, 10, 1), bid(29, 2, 0, 0)}) == kEverything);  // the last quote counts, here an absent bid
}

TEST_CASE("the national bid is looked at when the price is lost, and never again", "[market][outflow]") {
  const auto lost = [](std::vector<QuoteRow> rows) {
    rows.insert(rows.begin(), {bid(10, 1, 10, 100), bid(20, 1, 10, 70), bid(30, 1, 9, 5)});
    return flow(rows, with(QueueModel::all, Depletion::fill, 100));
  };
  CHECK(lost({bid(31, 2, 10, 1)}) == kEverything);          // a ns late
  CHECK(lost({bid(31, 1, 10, 80)}) == kEverything);         // so is its own return
  CHECK(lost({bid(5, 2, 10, 1), bid(31, 2, 9, 1)}) == 30);  // the national bid falls later on
  CHECK(lost({bid(5, 2, 10, 1), bid(35, 1, 10, 80), bid(36, 1, 10, 1), bid(40, 2, 9, 1), bid(41, 1, 9, 1)}) == 30);
  // All rows with the time of the loss are known.
  CHECK(lost({bid(30, 2, 10, 1)}) == 30);
  CHECK(lost({bid(5, 2, 10, 1), bid(30, 2, 9, 1)}) == kEverything);
  CHECK(lost({bid(5, 2, 10, 1), bid(30, 2, 9, 1), bid(30, 3, 10, 1)}) == 30);  // another one takes over
  CHECK(lost({bid(30, 1, 10, 80), bid(36, 1, 10, 1)}) == 30);  // back in the same ns: it holds p0, but is not followed
}

TEST_CASE("quotes too old do not hold the national bid", "[market][outflow]") {
  const std::vector rows = {bid(10, 1, 10, 100), bid(20, 1, 10, 93), bid(25, 2, 10, 1), bid(30, 1, 9, 5)};
  const auto aged = [&](TimeNs age_ns) { return flow(rows, with(QueueModel::all, Depletion::fill, age_ns)); };
  CHECK(aged(4) == kEverything);
  CHECK(aged(5) == 7);
  CHECK(aged(0) == 7);  // any age will do
}

TEST_CASE("trades at p0 flow out, but a buyer's do not", "[market][outflow]") {
  const std::vector rows = {bid(10, 1, 10, 100), trade(10, 1, 10, 7),      trade(20, 1, 10, 30),
                            bid(20, 1, 10, 70),  trade(25, 1, 10, 5, 'N'), trade(25, 1, 10, 6, 'B'),
                            trade(26, 1, 11, 8), bid(30, 1, 10, 20),       trade(50, 1, 10, 1),
                            trade(51, 1, 10, 9)};
  CHECK(flow(rows, with(QueueModel::trades)) == 36);
  CHECK(flow(rows) == 80);
}

TEST_CASE("pro rata: trades, and the share of cancels that is ahead", "[market][outflow]") {
  const auto pro_rata = with(QueueModel::pro_rata);
  // At first all of the queue is ahead, and so are all cancels. The size behind us comes later.
  CHECK(flow({bid(10, 1, 10, 100), bid(20, 1, 10, 70)}, pro_rata) == 30);
  // 100 ahead of 300: 50 · 100 / 300 = 16, then 84 ahead of 250: 50 · 84 / 250 = 16.
  CHECK(flow({bid(10, 1, 10, 100), bid(20, 1, 10, 300), bid(30, 1, 10, 250), bid(40, 1, 10, 200)}, pro_rata) == 32);
  // A trade of 40 explains 40 of the fall of 60; the other 20: 20 · 60 / (200 - 40) = 7.
  CHECK(flow({bid(10, 1, 10, 100), bid(15, 1, 10, 200), trade(20, 1, 10, 40), bid(20, 1, 10, 140)}, pro_rata) == 47);
  // One trade explains part of two falls.
  CHECK(flow({bid(10, 1, 10, 100), trade(20, 1, 10, 40), bid(20, 1, 10, 80), bid(20, 1, 10, 60)}, pro_rata) == 40);
  // One trade explains one fall. The next fall is a cancel, and all of it is ahead.
  CHECK(flow({bid(10, 1, 10, 100), trade(20, 1, 10, 40), bid(20, 1, 10, 60), bid(30, 1, 10, 50)}, pro_rata) == 50);
  // The queue returns smaller than what was thought ahead. Never more than the fall leaves.
  CHECK(flow({bid(10, 1, 10, 100), bid(20, 1, 11, 9), bid(30, 1, 10, 10), bid(40, 1, 10, 4)}, pro_rata) == 6);
}

TEST_CASE("on a TBBO day only trades can be counted", "[market][outflow]") {
  auto first = trade(10, 1, 10, 5), second = trade(20, 1, 10, 30), third = trade(30, 1, 10, 8);
  for (auto* row : {&first, &second, &third}) row->bid_px = 10 * kUsd, row->bid_sz = 100;
  const QuoteHistory day(day_of({first, second, third}));
  CHECK(outflow(day, 1, 10, 50, with(QueueModel::trades)) == 38);
  CHECK_THROWS_AS(outflow(day, 1, 10, 50, with(QueueModel::all)), Error);
  CHECK_THROWS_AS(outflow(day, 1, 10, 50, with(QueueModel::pro_rata)), Error);
}

TEST_CASE("outflow is what a replay from the start gives", "[market][outflow]") {
  CHECK(rc::check([] {
    const bool tbbo = *rc::gen::inRange(0, 5) == 0;
    const Replay replay{random_day(tbbo), tbbo};
    const QuoteHistory day(replay.day);
    for (int n = 0; n < 40; ++n) {
      const auto options = random_options(tbbo);
      const auto id = *rc::gen::element(1U, 1U, 1U, 2U, 3U, 4U, 5U);
      const TimeNs begin = *rc::gen::inRange(-10, 30), end = begin + *rc::gen::inRange(0, 30);
      RC_ASSERT(outflow(day, id, begin, end, options) == replay.outflow(id, begin, end, options));
    }
  }));
}

TEST_CASE("no look-ahead: rows after the window do not change its outflow", "[market][outflow]") {
  CHECK(rc::check([] {
    const bool tbbo = *rc::gen::inRange(0, 5) == 0;
    const auto one = random_day(tbbo), two = random_day(tbbo);
    const TimeNs end = *rc::gen::inRange(0, 30);
    QuoteColumns a, b;
    for (const bool past : {true, false})
      for (std::size_t i = 0; i < one.rows(); ++i)
        if ((one.ts_event_ns[i] <= end) == past) a.push_back(one.row(i));
    for (std::size_t i = 0; i < one.rows(); ++i)
      if (one.ts_event_ns[i] <= end) b.push_back(one.row(i));
    for (std::size_t i = 0; i < two.rows(); ++i)
      if (two.ts_event_ns[i] > end) b.push_back(two.row(i));
    const QuoteHistory first(a), second(b);
    const auto options = random_options(tbbo);
    for (std::uint32_t id = 1; id < 5; ++id)
      for (TimeNs begin = -9; begin < end; begin += 3)
        RC_ASSERT(outflow(first, id, begin, end, options) == outflow(second, id, begin, end, options));
  }));
}

TEST_CASE("a seller's queue flows as the buyer's of the mirrored day", "[market][outflow]") {
  CHECK(rc::check([] {
    const bool tbbo = *rc::gen::inRange(0, 5) == 0;
    const auto quotes = random_day(tbbo);
    const QuoteHistory buy(quotes), sell(mirror(quotes), Side::sell);
    const auto options = random_options(tbbo);
    for (std::uint32_t id = 1; id < 5; ++id)
      for (TimeNs begin = -9; begin < 30; begin += 3)
        RC_ASSERT(outflow(buy, id, begin, begin + 17, options) == outflow(sell, id, begin, begin + 17, options));
  }));
}
