/// \file
/// The consolidated book: the last quote of every publisher, carried forward to any moment of a day (docs/model.md,
/// "The book").
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What a publisher shows at a moment. A side that is absent has the price kUndefinedPx and the size 0.
struct VenueQuote {
  std::uint32_t publisher_id = 0;
  TimeNs time_ns = 0;  ///< When the quote was set.
  Nano bid_px = kUndefinedPx, ask_px = kUndefinedPx;
  std::int64_t bid_sz = 0, ask_sz = 0;  ///< Shares.
};

/// The quotes of all publishers at one moment.
struct Book {
  std::vector<VenueQuote> venues;  ///< Those with at least one side, by publisher_id.
  Nano best_bid = kUndefinedPx;
  Nano best_ask = kUndefinedPx;
  std::uint32_t dropped = 0;  ///< Quotes dropped by uncrossing.

  bool two_sided() const { return is_defined_px(best_bid) && is_defined_px(best_ask); }
};

struct BookOptions {
  TimeNs max_quote_age_ns = 0;  ///< A quote older than this is absent. With 0, a quote stands until it is changed.
  bool uncross = true;          ///< Drops the oldest offending quotes of a locked or crossed book.
};

/// The side of the parent order. A sell order sees the day in a mirror (QuoteHistory).
enum class Side { buy, sell };

/// A publisher's rows of a day as columns, in the order of the store, which is also that of `time_ns`.
struct VenueHistory {
  std::uint32_t publisher_id = 0;

  // The rows that set the book: times in ns, prices in nano-dollars, sizes in shares. A side that is absent has the
  // price kUndefinedPx and the size 0.
  std::vector<TimeNs> time_ns;
  std::vector<Nano> bid_px, ask_px;
  std::vector<std::uint32_t> bid_sz, ask_sz;
  /// For each row, the first later row with another bid_px; the number of rows if there is none.
  std::vector<std::uint32_t> run_end;
  /// For each row, the shares by which bid_sz fell at an unchanged bid_px, summed up to this row. Only differences
  /// within a run of one bid_px mean something.
  std::vector<std::int64_t> fallen;

  // The trades.
  std::vector<TimeNs> trade_time_ns;
  std::vector<Nano> trade_px;
  std::vector<std::uint32_t> trade_sz;
  std::vector<char> trade_side;  ///< The aggressor's: A sells, B buys, N is unknown.
  /// For each trade, the number of rows that came before it. The last of them is the book that the trade met.
  std::vector<std::uint32_t> trade_after_rows;
  /// For each trade, the shares that trades up to this one have taken from the bid that they met (hits_bid).
  std::vector<std::int64_t> taken;

  std::size_t rows() const { return time_ns.size(); }
  std::size_t trades() const { return trade_time_ns.size(); }

  /// Count the rows, or the trades, that are stamped `at` or earlier.
  std::size_t rows_until(TimeNs at) const;
  std::size_t trades_until(TimeNs at) const;

  /// Whether a trade took shares from the bid that it met: its price is that bid, and its aggressor is not a buyer.
  bool hits_bid(std::size_t trade) const;

  /// Returns a row as a quote.
  VenueQuote quote(std::size_t row) const;
};

/// The rows of a day that set the book, and its trades, split by publisher.
///
/// Time is ts_event_ns, made nondecreasing within a publisher: a row counts as happening no earlier than the rows of
/// that publisher before it in the store. What is returned for a moment never depends on later rows. Only is_tbbo() and
/// mirror_px() are properties of the whole day.
///
/// Actions T, F and N leave the book alone, unless every row of the day is a T. That is a TBBO feed: each row carries
/// the book just before its trade, and sets it. A row R (clear) sets the book to what it says, which is usually
/// nothing.
///
/// For a sell order the day is mirrored: a price p becomes mirror_px() − p, bids and asks change places, and so do
/// buying and selling trades. Selling at the real bid is then buying at the mirrored ask, so a router of buy orders
/// routes sell orders too. Prices are translated back by the same formula; differences of prices change their sign.
class QuoteHistory {
 public:
  explicit QuoteHistory(const QuoteColumns& quotes, Side side = Side::buy);

  bool is_tbbo() const { return is_tbbo_; }

  /// Returns the price that a sell order's day is mirrored at, in nano-dollars: twice a power of ten above all prices
  /// of the day, so that mirrored prices stay above zero. It is 0 for a buy order.
  Nano mirror_px() const { return mirror_px_; }

  /// Returns the last quote of every publisher that is stamped `at` or earlier.
  ///
  /// With `options.uncross`, as long as the best bid is at or above the best ask, the oldest offending quote is dropped
  /// (bid ≥ best ask or ask ≤ best bid; of equally old ones, that of the lowest publisher_id). Both its sides go,
  /// because a quote with one stale side is a stale quote. The cost is O(publishers · log rows).
  Book book_at(TimeNs at, const BookOptions& options = {}) const;

  /// Returns the publishers of the day in the order of publisher_id.
  const std::vector<VenueHistory>& venues() const { return venues_; }

  /// Returns one publisher, or nullptr if it has no rows.
  const VenueHistory* find(std::uint32_t publisher_id) const;

 private:
  std::vector<VenueHistory> venues_;
  Nano mirror_px_ = 0;
  bool is_tbbo_ = false;
};

}  // namespace sorsweep
