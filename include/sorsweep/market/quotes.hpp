/// \file
/// A symbol's day, and its rows as columns. They are never changed once they are made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sorsweep/core/money.hpp"
#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// A symbol and a date. Keys are ordered by symbol, then by date.
struct DayKey {
  std::string symbol;
  Date date;  ///< In the exchange's time zone.
  auto operator<=>(const DayKey&) const = default;
};

/// Formats a key as "AAPL 2024-08-01".
inline std::string to_string(const DayKey& day) {
  return day.symbol + " " + format_date(day.date);
}

/// Bits of `flags`, as Databento defines them.
enum QuoteFlag : std::uint8_t {
  kFlagMaybeBadBook = 4,
  kFlagBadTsRecv = 8,
  kFlagMbp = 16,
  kFlagSnapshot = 32,
  kFlagTob = 64,
  kFlagLast = 128,
};

/// One row of a top-of-book feed.
struct QuoteRow {
  TimeNs ts_recv_ns = 0;   ///< When it was received; equal to ts_event_ns if the feed does not say.
  TimeNs ts_event_ns = 0;  ///< When it happened, by the venue's clock.
  std::uint32_t publisher_id = 0;
  char action = 'M';           ///< Databento's: A add, C cancel, M modify, R clear, T trade, F fill, N none.
  char side = 'N';             ///< A ask, B bid, N none.
  std::uint8_t flags = 0;      ///< Bits of QuoteFlag.
  std::uint32_t size = 0;      ///< Shares of the event; if action is T, of the trade.
  Nano price = kUndefinedPx;   ///< Price of the event.
  Nano bid_px = kUndefinedPx;  ///< The publisher's best bid; kUndefinedPx if it has none.
  Nano ask_px = kUndefinedPx;  ///< The publisher's best ask; kUndefinedPx if it has none.
  std::uint32_t bid_sz = 0;    ///< Shares at the best bid.
  std::uint32_t ask_sz = 0;    ///< Shares at the best ask.
};

/// The rows of a day as columns of equal length. The store keeps them in the order of `ts_recv_ns`, ties in the order
/// of the input.
struct QuoteColumns {
  std::vector<TimeNs> ts_recv_ns, ts_event_ns;
  std::vector<std::uint32_t> publisher_id;
  std::vector<char> action, side;
  std::vector<std::uint8_t> flags;
  std::vector<std::uint32_t> size;
  std::vector<Nano> price, bid_px, ask_px;
  std::vector<std::uint32_t> bid_sz, ask_sz;

  std::size_t rows() const { return ts_event_ns.size(); }
  void push_back(const QuoteRow& row);
  QuoteRow row(std::size_t i) const;

  /// Sorts the rows by `ts_recv_ns` and keeps the order of ties.
  void sort_by_recv_time();
};

/// Calls `visit(column, field, name)` for every column, with pointers to the member of QuoteColumns and to the member
/// of QuoteRow. This is the only list of the columns: everything that goes through all of them uses it. Names are those
/// of the store, with units (docs/store.md).
template <class Visit>
constexpr void for_each_field(Visit&& visit) {
  visit(&QuoteColumns::ts_recv_ns, &QuoteRow::ts_recv_ns, "ts_recv_ns");
  visit(&QuoteColumns::ts_event_ns, &QuoteRow::ts_event_ns, "ts_event_ns");
  visit(&QuoteColumns::publisher_id, &QuoteRow::publisher_id, "publisher_id");
  visit(&QuoteColumns::action, &QuoteRow::action, "action");
  visit(&QuoteColumns::side, &QuoteRow::side, "side");
  visit(&QuoteColumns::flags, &QuoteRow::flags, "flags");
  visit(&QuoteColumns::size, &QuoteRow::size, "size");
  visit(&QuoteColumns::price, &QuoteRow::price, "price_nano");
  visit(&QuoteColumns::bid_px, &QuoteRow::bid_px, "bid_px_nano");
  visit(&QuoteColumns::ask_px, &QuoteRow::ask_px, "ask_px_nano");
  visit(&QuoteColumns::bid_sz, &QuoteRow::bid_sz, "bid_sz");
  visit(&QuoteColumns::ask_sz, &QuoteRow::ask_sz, "ask_sz");
}

/// The number of columns.
inline constexpr std::size_t kQuoteColumns = [] {
  std::size_t count = 0;
  for_each_field([&](auto, auto, const char*) { ++count; });
  return count;
}();

/// Calls `visit(column, name)` for every column, with a pointer to the member of QuoteColumns.
template <class Visit>
void for_each_column_member(Visit&& visit) {
  for_each_field([&](auto column, auto, const char* name) { visit(column, name); });
}

/// Calls `visit(column, name)` for every column of `columns`.
template <class Columns, class Visit>
void for_each_column(Columns& columns, Visit&& visit) {
  for_each_column_member([&](auto member, const char* name) { visit(columns.*member, name); });
}

}  // namespace sorsweep
