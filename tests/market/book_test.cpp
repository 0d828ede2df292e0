#include "sorsweep/market/book.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

constexpr Nano kUsd = kNanoPerDollar;

struct Shown {
  Nano px = kUndefinedPx;
  std::uint32_t sz = 0;
};

QuoteRow row_of(TimeNs ts, std::uint32_t publisher, Shown bid, Shown ask, char action = 'M') {
  QuoteRow row;
  row.ts_event_ns = row.ts_recv_ns = ts;
  row.publisher_id = publisher;
  row.action = action;
  row.bid_px = bid.px;
  row.bid_sz = bid.sz;
  row.ask_px = ask.px;
  row.ask_sz = ask.sz;
  return row;
}

QuoteColumns day_of(const std::vector<QuoteRow>& rows) {
  QuoteColumns quotes;
  for (const auto& row : rows) quotes.push_back(row);
  return quotes;
}

std::vector<std::uint32_t> publishers(const Book& book) {
  std::vector<std::uint32_t> ids;
  for (const auto& venue : book.venues) ids.push_back(venue.publisher_id);
  return ids;
}

using Plain = std::tuple<std::uint32_t, TimeNs, Nano, Nano, std::int64_t, std::int64_t>;

std::vector<Plain> plain(const Book& book) {
  std::vector<Plain> all;
  for (const auto& v : book.venues) all.emplace_back(v.publisher_id, v.time_ns, v.bid_px, v.ask_px, v.bid_sz, v.ask_sz);
  return all;
}

QuoteColumns random_day(bool tbbo) {
  const std::vector<Nano> prices = {kUndefinedPx, 0, 9 * kUsd, 10 * kUsd, 11 * kUsd, 12 * kUsd};
  QuoteColumns quotes;
  const auto rows = *rc::gen::inRange(0, 50);
  for (int i = 0; i < rows; ++i) {
    const Shown bid{*rc::gen::elementOf(prices), *rc::gen::inRange(0U, 5U)};
    const Shown ask{*rc::gen::elementOf(prices), *rc::gen::inRange(0U, 5U)};
    const char action = tbbo ? 'T' : *rc::gen::element('A', 'C', 'M', 'M', 'R', 'T', 'F', 'N');
    quotes.push_back(row_of(i / 2 + *rc::gen::inRange(-2, 3), *rc::gen::inRange(1U, 5U), bid, ask, action));
  }
  return quotes;
}

/// Makes the book by replaying all rows from the start.
Book replayed_book(const QuoteColumns& quotes, TimeNs at, const BookOptions& options) {
  const bool tbbo = std::count(quotes.action.begin(), quotes.action.end(), 'T') == std::ptrdiff_t(quotes.rows());
  std::map<std::uint32_t, TimeNs> clock;
  std::map<std::uint32_t, VenueQuote> last;
  for (std::size_t i = 0; i < quotes.rows(); ++i) {
    const auto row = quotes.row(i);
    auto& now = clock.try_emplace(row.publisher_id, row.ts_event_ns).first->second;
    now = std::max(now, row.ts_event_ns);
    if (now > at || (!tbbo && std::string("TFN").find(row.action) != std::string::npos)) continue;
    VenueQuote quote{row.publisher_id, now};
    if (row.bid_px > 0 && row.bid_px < kUndefinedPx && row.bid_sz > 0)
      quote.bid_px = row.bid_px, quote.bid_sz = row.bid_sz;
    if (row.ask_px > 0 && row.ask_px < kUndefinedPx && row.ask_sz > 0)
      quote.ask_px = row.ask_px, quote.ask_sz = row.ask_sz;
    last[row.publisher_id] = quote;
  }
  Book book;
  for (const auto& [id, quote] : last)
    if ((quote.bid_sz > 0 || quote.ask_sz > 0) &&
        (options.max_quote_age_ns == 0 || quote.time_ns + options.max_quote_age_ns >= at))
      book.venues.push_back(quote);
  for (;; ++book.dropped) {
    std::vector<Nano> bids{0}, asks{kUndefinedPx};
    for (const auto& v : book.venues) {
      if (v.bid_sz > 0) bids.push_back(v.bid_px);
      asks.push_back(v.ask_px);
    }
    const auto bid = *std::max_element(bids.begin(), bids.end());
    const auto ask = *std::min_element(asks.begin(), asks.end());
    book.best_bid = bid == 0 ? kUndefinedPx : bid;
    book.best_ask = ask;
    if (!options.uncross || bid < ask) return book;
    std::vector<std::tuple<TimeNs, std::uint32_t>> offending;
    for (const auto& v : book.venues)
      if ((v.bid_sz > 0 && v.bid_px >= ask) || (v.ask_sz > 0 && v.ask_px <= bid))
        offending.emplace_back(v.time_ns, v.publisher_id);
    const auto gone = std::get<1>(*std::min_element(offending.begin(), offending.end()));
    book.venues.erase(
        std::find_if(book.venues.begin(), book.venues.end(), [&](const auto& v) { return v.publisher_id == gone; }));
  }
}

void must_be_equal(const Book& a, const Book& b) {
  RC_ASSERT(plain(a) == plain(b));
  RC_ASSERT(a.best_bid == b.best_bid);
  RC_ASSERT(a.best_ask == b.best_ask);
  RC_ASSERT(a.dropped == b.dropped);
}

BookOptions random_options() {
  return {*rc::gen::inRange(0, 6), *rc::gen::arbitrary<bool>()};
}

}  // namespace

TEST_CASE("the last quote of every publisher is carried forward", "[market][book]") {
  const QuoteHistory day(
      day_of({row_of(10, 7, {10 * kUsd, 100}, {12 * kUsd, 200}), row_of(20, 2, {9 * kUsd, 300}, {13 * kUsd, 400}),
              row_of(30, 7, {8 * kUsd, 500}, {12 * kUsd, 600})}));
  CHECK(day.book_at(9).venues.empty());
  CHECK_FALSE(day.book_at(9).two_sided());
  CHECK(publishers(day.book_at(10)) == std::vector<std::uint32_t>{7});
  const auto book = day.book_at(29);
  CHECK(publishers(book) == std::vector<std::uint32_t>{2, 7});
  CHECK(book.best_bid == 10 * kUsd);
  CHECK(book.best_ask == 12 * kUsd);
  CHECK(book.two_sided());
  CHECK(day.book_at(30).best_bid == 9 * kUsd);
  CHECK(day.book_at(30).venues[1].ask_sz == 600);
}

TEST_CASE("an undefined price, a price of 0 and a size of 0 are an absent side", "[market][book]") {
  const QuoteHistory day(day_of({row_of(1, 1, {kUndefinedPx, 5}, {12 * kUsd, 5}), row_of(1, 2, {10 * kUsd, 5}, {0, 5}),
                                 row_of(1, 3, {11 * kUsd, 0}, {11 * kUsd, 0})}));
  const auto book = day.book_at(1);
  CHECK(publishers(book) == std::vector<std::uint32_t>{1, 2});  // 3 shows nothing
  CHECK(book.venues[0].bid_sz == 0);
  CHECK(book.venues[1].ask_px == kUndefinedPx);
  CHECK(book.best_bid == 10 * kUsd);
  CHECK(book.best_ask == 12 * kUsd);
}

TEST_CASE("a quote older than the limit is absent", "[market][book]") {
  const QuoteHistory day(day_of({row_of(10, 1, {10 * kUsd, 5}, {12 * kUsd, 5})}));
  CHECK(day.book_at(15, {5, true}).venues.size() == 1);
  CHECK(day.book_at(16, {5, true}).venues.empty());
  CHECK(day.book_at(1'000'000).venues.size() == 1);
}

TEST_CASE("the oldest offending quote of a locked or crossed book goes, whole", "[market][book]") {
  const auto rows = std::vector{row_of(1, 5, {8 * kUsd, 1}, {13 * kUsd, 1}),    // the oldest, but innocent
                                row_of(2, 4, {12 * kUsd, 1}, {14 * kUsd, 1}),   // locks
                                row_of(2, 3, {9 * kUsd, 1}, {12 * kUsd, 1}),    // as old: the lower id goes first
                                row_of(3, 6, {10 * kUsd, 1}, {11 * kUsd, 1})};  // crosses 4
  const auto book = QuoteHistory(day_of(rows)).book_at(3);
  CHECK(book.dropped == 2);
  CHECK(publishers(book) == std::vector<std::uint32_t>{5, 6});
  CHECK(book.best_bid == 10 * kUsd);
  CHECK(book.best_ask == 11 * kUsd);
  const auto naive = QuoteHistory(day_of(rows)).book_at(3, {0, false});
  CHECK(naive.best_bid == 12 * kUsd);
  CHECK(naive.dropped == 0);
}

TEST_CASE("trades, fills and notes leave the book alone, clears do not", "[market][book]") {
  auto rows = std::vector{row_of(1, 1, {10 * kUsd, 5}, {12 * kUsd, 5})};
  for (const char action : {'T', 'F', 'N'}) rows.push_back(row_of(2, 1, {9 * kUsd, 5}, {11 * kUsd, 5}, action));
  CHECK(QuoteHistory(day_of(rows)).book_at(2).best_bid == 10 * kUsd);
  CHECK(QuoteHistory(day_of(rows)).find(1)->trades() == 1);
  rows.push_back(row_of(3, 1, {}, {}, 'R'));
  CHECK(QuoteHistory(day_of(rows)).book_at(3).venues.empty());
}

TEST_CASE("a day of trades only is TBBO: each row sets the book", "[market][book]") {
  auto rows =
      std::vector{row_of(1, 1, {10 * kUsd, 5}, {12 * kUsd, 5}, 'T'), row_of(2, 1, {9 * kUsd, 5}, {11 * kUsd, 5}, 'T')};
  const QuoteHistory day(day_of(rows));
  CHECK(day.is_tbbo());
  CHECK(day.book_at(2).best_bid == 9 * kUsd);
  CHECK(day.find(1)->trades() == 2);
  rows.push_back(row_of(3, 2, {}, {}, 'N'));
  CHECK_FALSE(QuoteHistory(day_of(rows)).is_tbbo());
  CHECK_FALSE(QuoteHistory(QuoteColumns{}).is_tbbo());
}

TEST_CASE("the book is what a replay from the start gives", "[market][book]") {
  CHECK(rc::check([] {
    const auto quotes = random_day(*rc::gen::inRange(0, 4) == 0);
    const QuoteHistory day(quotes);
    const auto options = random_options();
    for (TimeNs at = -3; at < 30; ++at) must_be_equal(day.book_at(at, options), replayed_book(quotes, at, options));
  }));
}

TEST_CASE("no look-ahead: later rows do not change a book", "[market][book]") {
  CHECK(rc::check([] {
    const bool tbbo = *rc::gen::inRange(0, 4) == 0;
    const auto quotes = random_day(tbbo);
    const auto other = random_day(tbbo);
    const TimeNs at = *rc::gen::inRange(-2, 20);
    // One row of either kind at the start decides what kind of feed it is.
    const auto first = row_of(-9, 9, {}, {}, tbbo ? 'T' : 'M');
    auto a = day_of({first}), b = day_of({first});
    for (std::size_t i = 0; i < quotes.rows(); ++i)
      if (quotes.ts_event_ns[i] <= at) a.push_back(quotes.row(i)), b.push_back(quotes.row(i));
    for (std::size_t i = 0; i < quotes.rows(); ++i)
      if (quotes.ts_event_ns[i] > at) a.push_back(quotes.row(i));
    for (std::size_t i = 0; i < other.rows(); ++i)
      if (other.ts_event_ns[i] > at) b.push_back(other.row(i));
    const auto options = random_options();
    must_be_equal(QuoteHistory(a).book_at(at, options), QuoteHistory(b).book_at(at, options));
  }));
}

TEST_CASE("the seller's day is the buyer's in a mirror", "[market][book]") {
  CHECK(rc::check([] {
    const auto quotes = random_day(false);
    const QuoteHistory buy(quotes), sell(quotes, Side::sell);
    const auto flip = [&](Nano px) { return px == kUndefinedPx ? px : sell.mirror_px() - px; };
    const auto options = random_options();
    for (TimeNs at = -3; at < 30; ++at) {
      auto book = sell.book_at(at, options);
      for (auto& v : book.venues) {
        v.bid_px = flip(std::exchange(v.ask_px, flip(v.bid_px)));
        std::swap(v.bid_sz, v.ask_sz);
      }
      book.best_bid = flip(std::exchange(book.best_ask, flip(book.best_bid)));
      must_be_equal(book, buy.book_at(at, options));
    }
  }));
  CHECK(QuoteHistory(day_of({row_of(1, 1, {99 * kUsd, 1}, {100 * kUsd, 1})}), Side::sell).mirror_px() == 2000 * kUsd);
  CHECK(QuoteHistory(QuoteColumns{}).mirror_px() == 0);
}
