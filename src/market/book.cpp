#include "sorsweep/market/book.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace sorsweep {
namespace {

bool sets_book(char action, bool is_tbbo) {
  return is_tbbo || (action != 'T' && action != 'F' && action != 'N');
}

bool is_tbbo_day(const QuoteColumns& quotes) {
  const auto& actions = quotes.action;
  return !actions.empty() && std::all_of(actions.begin(), actions.end(), [](char a) { return a == 'T'; });
}

Nano highest_price(const QuoteColumns& quotes) {
  Nano highest = 0;
  for (const auto* column : {&quotes.price, &quotes.bid_px, &quotes.ask_px})
    for (const auto px : *column)
      if (is_defined_px(px)) highest = std::max(highest, px);
  return highest;
}

/// Returns twice a power of ten dollars above all prices, or the nearest that fits.
Nano mirror_of(const QuoteColumns& quotes) {
  const auto highest = highest_price(quotes);
  auto round = kNanoPerDollar;
  while (round <= highest && round < kUndefinedPx / 10) round *= 10;
  return round <= kUndefinedPx / 2 && round > highest ? 2 * round : kUndefinedPx;
}

QuoteRow mirrored(QuoteRow row, Nano mirror_px) {
  const auto flip = [&](Nano px) { return is_defined_px(px) ? mirror_px - px : kUndefinedPx; };
  row.price = flip(row.price);
  row.bid_px = flip(std::exchange(row.ask_px, flip(row.bid_px)));
  std::swap(row.bid_sz, row.ask_sz);
  if (row.side == 'A' || row.side == 'B') row.side = row.side == 'A' ? 'B' : 'A';
  return row;
}

void append_quote(VenueHistory& venue, const QuoteRow& row, TimeNs time_ns) {
  const bool has_bid = is_defined_px(row.bid_px) && row.bid_sz > 0;
  const bool has_ask = is_defined_px(row.ask_px) && row.ask_sz > 0;
  const auto bid_px = has_bid ? row.bid_px : kUndefinedPx;
  const auto bid_sz = has_bid ? row.bid_sz : 0;
  std::int64_t fallen = 0;
  if (venue.rows() > 0) {
    fallen = venue.fallen.back();
    if (venue.bid_px.back() == bid_px && venue.bid_sz.back() > bid_sz) fallen += venue.bid_sz.back() - bid_sz;
  }
  venue.fallen.push_back(fallen);
  venue.time_ns.push_back(time_ns);
  venue.bid_px.push_back(bid_px);
  venue.bid_sz.push_back(bid_sz);
  venue.ask_px.push_back(has_ask ? row.ask_px : kUndefinedPx);
  venue.ask_sz.push_back(has_ask ? row.ask_sz : 0);
}

void append_trade(VenueHistory& venue, const QuoteRow& row, TimeNs time_ns) {
  venue.trade_time_ns.push_back(time_ns);
  venue.trade_px.push_back(row.price);
  venue.trade_sz.push_back(row.size);
  venue.trade_side.push_back(row.side);
  venue.trade_after_rows.push_back(static_cast<std::uint32_t>(venue.rows()));
  const std::int64_t before = venue.taken.empty() ? 0 : venue.taken.back();
  venue.taken.push_back(before + (venue.hits_bid(venue.trades() - 1) ? row.size : 0));
}

void find_runs(VenueHistory& venue) {
  venue.run_end.resize(venue.rows());
  auto end = static_cast<std::uint32_t>(venue.rows());
  for (auto row = end; row-- > 0;) {
    if (row + 1 < venue.rows() && venue.bid_px[row] != venue.bid_px[row + 1]) end = row + 1;
    venue.run_end[row] = end;
  }
}

std::size_t count_until(const std::vector<TimeNs>& times, TimeNs at) {
  return static_cast<std::size_t>(std::upper_bound(times.begin(), times.end(), at) - times.begin());
}

void find_best(Book& book) {
  book.best_bid = book.best_ask = kUndefinedPx;
  for (const auto& venue : book.venues) {
    if (is_defined_px(venue.bid_px) && (!is_defined_px(book.best_bid) || venue.bid_px > book.best_bid))
      book.best_bid = venue.bid_px;
    book.best_ask = std::min(book.best_ask, venue.ask_px);  // "no price" is the highest price
  }
}

/// Drops the oldest offending quote until the best bid is below the best ask.
void uncross(Book& book) {
  while (book.two_sided() && book.best_bid >= book.best_ask) {
    auto oldest = book.venues.end();
    for (auto venue = book.venues.begin(); venue != book.venues.end(); ++venue) {
      const bool offends = (is_defined_px(venue->bid_px) && venue->bid_px >= book.best_ask) ||
                           (is_defined_px(venue->ask_px) && venue->ask_px <= book.best_bid);
      if (offends && (oldest == book.venues.end() || venue->time_ns < oldest->time_ns)) oldest = venue;
    }
    book.venues.erase(oldest);
    ++book.dropped;
    find_best(book);
  }
}

}  // namespace

std::size_t VenueHistory::rows_until(TimeNs at) const {
  return count_until(time_ns, at);
}

std::size_t VenueHistory::trades_until(TimeNs at) const {
  return count_until(trade_time_ns, at);
}

bool VenueHistory::hits_bid(std::size_t trade) const {
  const auto before = trade_after_rows[trade];
  if (before == 0 || trade_side[trade] == 'B') return false;
  return is_defined_px(trade_px[trade]) && trade_px[trade] == bid_px[before - 1];
}

VenueQuote VenueHistory::quote(std::size_t row) const {
  return {publisher_id, time_ns[row], bid_px[row], ask_px[row], bid_sz[row], ask_sz[row]};
}

QuoteHistory::QuoteHistory(const QuoteColumns& quotes, Side side)
    : mirror_px_(side == Side::sell ? mirror_of(quotes) : 0), is_tbbo_(is_tbbo_day(quotes)) {
  std::map<std::uint32_t, std::pair<VenueHistory, TimeNs>> by_publisher;  // the time is that of its last row
  for (std::size_t i = 0; i < quotes.rows(); ++i) {
    const auto row = side == Side::sell ? mirrored(quotes.row(i), mirror_px_) : quotes.row(i);
    const auto [entry, is_new] = by_publisher.try_emplace(row.publisher_id);
    auto& [venue, last_ns] = entry->second;
    last_ns = is_new ? row.ts_event_ns : std::max(last_ns, row.ts_event_ns);
    if (sets_book(row.action, is_tbbo_)) append_quote(venue, row, last_ns);
    if (row.action == 'T') append_trade(venue, row, last_ns);
  }
  for (auto& [publisher_id, entry] : by_publisher) {
    auto& venue = venues_.emplace_back(std::move(entry.first));
    venue.publisher_id = publisher_id;
    find_runs(venue);
  }
}

Book QuoteHistory::book_at(TimeNs at, const BookOptions& options) const {
  Book book;
  book.venues.reserve(venues_.size());
  for (const auto& venue : venues_) {
    const auto rows = venue.rows_until(at);
    if (rows == 0) continue;
    const auto quote = venue.quote(rows - 1);
    const bool too_old = options.max_quote_age_ns > 0 && at - quote.time_ns > options.max_quote_age_ns;
    const bool has_side = is_defined_px(quote.bid_px) || is_defined_px(quote.ask_px);
    if (has_side && !too_old) book.venues.push_back(quote);
  }
  find_best(book);
  if (options.uncross) uncross(book);
  return book;
}

const VenueHistory* QuoteHistory::find(std::uint32_t publisher_id) const {
  const auto at = std::lower_bound(venues_.begin(), venues_.end(), publisher_id,
                                   [](const auto& venue, auto id) { return venue.publisher_id < id; });
  return at != venues_.end() && at->publisher_id == publisher_id ? &*at : nullptr;
}

}  // namespace sorsweep
