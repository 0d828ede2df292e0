#include "sorsweep/market/event_tape.hpp"

#include <rapidcheck.h>

#include <map>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

QuoteRow quote(TimeNs ts, std::uint32_t publisher, Nano ask_px, std::uint32_t ask_sz) {
  QuoteRow row;
  row.ts_event_ns = row.ts_recv_ns = ts;
  row.publisher_id = publisher;
  row.ask_px = ask_px;
  row.ask_sz = ask_sz;
  return row;
}

const std::vector<Nano> kPrices = {kUndefinedPx, 0, kNanoPerDollar, 2 * kNanoPerDollar, 3 * kNanoPerDollar};

QuoteColumns random_quotes() {
  QuoteColumns quotes;
  const auto rows = *rc::gen::inRange(0, 60);
  for (int i = 0; i < rows; ++i) {
    const auto px = *rc::gen::elementOf(kPrices);
    quotes.push_back(quote(*rc::gen::inRange(0, 8), *rc::gen::inRange(1U, 6U), px, *rc::gen::inRange(0U, 900U)));
  }
  return quotes;
}

}  // namespace

TEST_CASE("rows without an ask go, the first of a venue's moment stays", "[market][tape]") {
  QuoteColumns quotes;
  quotes.push_back(quote(20, 3, 5 * kNanoPerDollar, 1));
  quotes.push_back(quote(10, 7, kUndefinedPx, 2));  // dropped: so the next one is the first
  quotes.push_back(quote(10, 7, 4 * kNanoPerDollar, 3));
  quotes.push_back(quote(10, 7, 3 * kNanoPerDollar, 4));  // a second one of that moment
  quotes.push_back(quote(10, 2, 4 * kNanoPerDollar, 5));
  quotes.push_back(quote(99, 2, 4 * kNanoPerDollar, 6));  // outside the window
  const auto tape = make_event_tape(quotes, TimeWindow{10, 99});
  CHECK(tape.ts_ns == std::vector<TimeNs>{10, 20});
  CHECK(tape.publisher_id == std::vector<std::uint32_t>{2, 7, 3});
  CHECK(tape.ask_sz == std::vector<double>{5, 3, 1});
  CHECK(tape.by_ask == std::vector<std::uint32_t>{0, 1, 2});  // a tie keeps publisher order
  CHECK(tape.counts.undefined_ask == 1);
  CHECK(tape.counts.duplicates == 1);
  CHECK(tape.counts.outside_window == 1);
}

TEST_CASE("the tape is what a map of first rows gives", "[market][tape]") {
  CHECK(rc::check([] {
    const auto quotes = random_quotes();
    std::map<std::pair<TimeNs, std::uint32_t>, std::pair<double, double>> first;
    for (std::size_t i = 0; i < quotes.rows(); ++i)
      if (is_defined_px(quotes.ask_px[i]))
        first.try_emplace({quotes.ts_event_ns[i], quotes.publisher_id[i]},
                          std::pair(to_dollars(quotes.ask_px[i]), double(quotes.ask_sz[i])));
    const auto tape = make_event_tape(quotes);
    RC_ASSERT(tape.quotes() == first.size());
    std::size_t q = 0;
    for (std::size_t s = 0; s < tape.snapshots(); ++s)
      for (; q < tape.first_quote[s + 1]; ++q) {
        const auto found = first.find({tape.ts_ns[s], tape.publisher_id[q]});
        RC_ASSERT(found != first.end());
        RC_ASSERT(found->second == std::pair(tape.ask_px[q], tape.ask_sz[q]));
      }
    const auto& counts = tape.counts;
    RC_ASSERT(counts.rows == counts.outside_window + counts.undefined_ask + counts.duplicates + tape.quotes());
  }));
}
