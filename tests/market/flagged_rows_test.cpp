#include "market/flagged_rows.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

QuoteRow row(TimeNs at, Nano bid, Nano ask, std::uint8_t flags = kFlagLast) {
  QuoteRow quote;
  quote.ts_recv_ns = quote.ts_event_ns = at;
  quote.bid_px = bid;
  quote.ask_px = ask;
  quote.flags = flags;
  return quote;
}

}  // namespace

TEST_CASE("flagged rows go, each for its first reason, the others stay in order", "[market]") {
  QuoteColumns quotes;
  for (const auto& quote :
       {row(1, 10, 11), row(2, 12, 11), row(3, 10, kUndefinedPx), row(4, 10, 10), row(5, 10, 11, kFlagBadTsRecv),
        row(6, 12, 11, kFlagMaybeBadBook), row(7, kUndefinedPx, 11, kFlagBadTsRecv | kFlagMaybeBadBook), row(8, 9, 11)})
    quotes.push_back(quote);
  const auto removed = remove_flagged(quotes);
  CHECK(removed.bad_time == 2);
  CHECK(removed.bad_book == 1);
  CHECK(removed.one_sided == 1);
  CHECK(removed.crossed == 1);
  CHECK(quotes.ts_event_ns == std::vector<TimeNs>{1, 4, 8});  // a locked book is a book
  CHECK(quotes.bid_px == std::vector<Nano>{10, 10, 9});
  CHECK(quotes.flags.size() == 3);
}
