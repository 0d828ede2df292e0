/// \file
/// The consolidated book: the last quote of every publisher, carried forward to any moment of a day (MODEL §1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What a publisher shows at a moment. A side that is absent has px kUndefinedPx and size 0.
struct VenueQuote {
  std::uint32_t publisher_id = 0;
  TimeNs time_ns = 0;  ///< since when
  Nano bid_px = kUndefinedPx, ask_px = kUndefinedPx;
  std::int64_t bid_sz = 0, ask_sz = 0;  ///< shares
};

/// All publishers at one moment.
struct Book {
  std::vector<VenueQuote> venues;  ///< those with at least one side, in publisher order
  Nano best_bid = kUndefinedPx;
  Nano best_ask = kUndefinedPx;
  std::uint32_t dropped = 0;  ///< quotes dropped by uncrossing

  bool two_sided() const { return is_defined_px(best_bid) && is_defined_px(best_ask); }
};

struct BookOptions {
  TimeNs max_quote_age_ns = 0;  ///< a quote older than this is absent; 0: a quote stands until it is changed
  bool uncross = true;          ///< drop the oldest offending quotes of a locked or crossed book
};

/// Which side the parent order is on. A sell order sees the day in a mirror: see QuoteHistory.
enum class Side { buy, sell };

/// A publisher's rows of a day, as columns, in store order, which is the order of `time_ns` too.
struct VenueHistory {
  std::uint32_t publisher_id = 0;

  /// Rows that set the book. Where a side is absent: kUndefinedPx and 0.
  std::vector<TimeNs> time_ns;
  std::vector<Nano> bid_px, ask_px;
  std::vector<std::uint32_t> bid_sz, ask_sz;
  /// A row: the first later row with another bid_px (the number of rows, if there is none).
  std::vector<std::uint32_t> run_end;
  /// A row: the sum of all falls of bid_sz at an unchanged bid_px, up to and with this row. Of use within a run only.
  std::vector<std::int64_t> fallen;

  /// Trades.
  std::vector<TimeNs> trade_time_ns;
  std::vector<Nano> trade_px;
  std::vector<std::uint32_t> trade_sz;
  std::vector<char> trade_side;  ///< of the aggressor: A sells, B buys, N unknown
  /// A trade: how many rows of the book came before it; the last of them is the book that it met.
  std::vector<std::uint32_t> trade_after_rows;
  /// A trade: shares that trades have taken from the bid that they met (hits_bid), up to and with this one.
  std::vector<std::int64_t> taken;

  std::size_t rows() const { return time_ns.size(); }
  std::size_t trades() const { return trade_time_ns.size(); }

  /// How many rows of the book, or trades, are stamped `at` or earlier.
  std::size_t rows_until(TimeNs at) const;
  std::size_t trades_until(TimeNs at) const;

  /// Whether the trade took from the bid that it met: same price, and no buyer's.
  bool hits_bid(std::size_t trade) const;
  VenueQuote quote(std::size_t row) const;
};

/// A day's rows that set the book, and its trades, split by publisher.
///
/// Time is ts_event_ns, made nondecreasing within a publisher: a row counts as happening no earlier than the rows of
/// that publisher before it in the store. Nothing that is asked of a moment depends on later rows, but for two
/// properties of the whole day, is_tbbo() and mirror_px().
///
/// Actions T, F and N leave the book alone, unless every row of the day is a T: that is a TBBO feed, where each row
/// carries the book just before its trade, and sets it. A row R (clear) sets the book to what it says, mostly nothing.
///
/// For a sell order the day is mirrored: a price p becomes mirror_px() - p, bids become asks and asks bids, buying
/// trades selling ones. Selling at the real bid then is buying at the mirrored ask, and whoever routes a buy order
/// routes a sell order too; prices are translated back in the same way, differences of prices change their sign.
class QuoteHistory {
 public:
  explicit QuoteHistory(const QuoteColumns& quotes, Side side = Side::buy);

  bool is_tbbo() const { return is_tbbo_; }

  /// For a sell order twice a power of ten above all prices of the day, so that mirrored prices stay above zero; 0 for
  /// a buy order.
  Nano mirror_px() const { return mirror_px_; }

  /// The last quote of every publisher that is stamped `at` or earlier. While the best bid is at or above the best
  /// ask, the oldest quote that takes part in it (bid ≥ best ask or ask ≤ best bid; ties: the lowest publisher_id) is
  /// dropped: the whole of it, since a quote with one stale side is a stale quote. O(publishers · log rows).
  Book book_at(TimeNs at, const BookOptions& options = {}) const;

  /// In the order of publisher_id.
  const std::vector<VenueHistory>& venues() const { return venues_; }
  /// \return nullptr for a publisher without rows
  const VenueHistory* find(std::uint32_t publisher_id) const;

 private:
  std::vector<VenueHistory> venues_;
  Nano mirror_px_ = 0;
  bool is_tbbo_ = false;
};

}  // namespace sorsweep
