/// \file
/// What happened: the rows of one symbol and day, as columns. Never changed once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sorsweep/core/money.hpp"
#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// Bits of `flags`, as Databento has them.
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
  TimeNs ts_recv_ns = 0;   ///< equal to ts_event_ns where the feed has none
  TimeNs ts_event_ns = 0;  ///< the venue's time
  std::uint32_t publisher_id = 0;
  char action = 'M';  ///< Databento's: A add, C cancel, M modify, R clear, T trade, F fill, N none
  char side = 'N';    ///< A ask, B bid, N none
  std::uint8_t flags = 0;
  std::uint32_t size = 0;      ///< shares of the event (of the trade, where action is T)
  Nano price = kUndefinedPx;   ///< price of the event
  Nano bid_px = kUndefinedPx;  ///< the publisher's best bid, undefined where it has none
  Nano ask_px = kUndefinedPx;
  std::uint32_t bid_sz = 0;  ///< shares at the best bid
  std::uint32_t ask_sz = 0;
};

/// The rows of a day as columns of one length; from the store in the order of `ts_recv_ns`, file order within a tie.
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

  /// Sorts by `ts_recv_ns`, keeping the order of equal ones. Does nothing to columns in order.
  void sort_by_recv_time();
};

/// Calls `visit(member, name)` for a pointer to every column: the one list of them. Names are those of the store, with
/// units.
template <class Visit>
void for_each_column_member(Visit&& visit) {
  visit(&QuoteColumns::ts_recv_ns, "ts_recv_ns");
  visit(&QuoteColumns::ts_event_ns, "ts_event_ns");
  visit(&QuoteColumns::publisher_id, "publisher_id");
  visit(&QuoteColumns::action, "action");
  visit(&QuoteColumns::side, "side");
  visit(&QuoteColumns::flags, "flags");
  visit(&QuoteColumns::size, "size");
  visit(&QuoteColumns::price, "price_nano");
  visit(&QuoteColumns::bid_px, "bid_px_nano");
  visit(&QuoteColumns::ask_px, "ask_px_nano");
  visit(&QuoteColumns::bid_sz, "bid_sz");
  visit(&QuoteColumns::ask_sz, "ask_sz");
}

/// Calls `visit(column, name)` for every column of `columns`.
template <class Columns, class Visit>
void for_each_column(Columns& columns, Visit&& visit) {
  for_each_column_member([&](auto member, const char* name) { visit(columns.*member, name); });
}

}  // namespace sorsweep
