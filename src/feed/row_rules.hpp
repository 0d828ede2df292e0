/// \file
/// What a row may hold, whatever format it came in. RowBlock::accept lets no other row through, and the store and
/// everything that reads it rely on that.
#pragma once

#include <cstdint>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

inline constexpr char kNoAction = 'M';  ///< Stands for the action if a feed has none: the row sets the book.
inline constexpr char kNoSide = 'N';    ///< Stands for the side if a feed has none.
inline constexpr std::uint64_t kUndefinedTime = UINT64_MAX;             ///< Databento's UNDEF_TIMESTAMP.
inline constexpr std::uint64_t kEndOfTime = 7'258'118'400'000'000'000;  ///< 2200-01-01, in ns since 1970.

/// The highest price, in nano-dollars. The dearest share costs less than a million dollars. A price a hundred times as
/// high is in another unit.
inline constexpr Nano kMostPx = 100'000'000 * kNanoPerDollar;

/// A quote that is received this much later than its event is stale on arrival, in ns.
inline constexpr TimeNs kStaleNs = 1'000'000'000;

/// A set of capital letters.
class Letters {
 public:
  explicit constexpr Letters(std::string_view letters) {
    for (const char letter : letters) bits_ |= 1U << (letter - 'A');
  }
  constexpr bool has(char letter) const {
    const auto place = static_cast<unsigned>(static_cast<unsigned char>(letter)) - 'A';
    return place < 26 && (bits_ >> place & 1) != 0;
  }

 private:
  std::uint32_t bits_ = 0;
};

/// A rule that a row breaks: the column, by its name in CSV, and what is wrong. Both are null if it breaks none.
struct RowFault {
  const char* column = nullptr;
  const char* why = nullptr;

  explicit operator bool() const { return column != nullptr; }
};

/// Returns what is wrong with a price; null if nothing is. An undefined price is none, and keeps the rules.
inline const char* fault_of_price(Nano px) {
  if (static_cast<std::uint64_t>(px) <= static_cast<std::uint64_t>(kMostPx) || px == kUndefinedPx) return nullptr;
  return px < 0 ? "a price below zero" : "a price above $100,000,000, perhaps in another unit";
}

/// Returns the first rule that a row breaks.
inline RowFault check(const QuoteRow& row) {
  constexpr Letters actions("ACMRTFN"), sides("ABN");
  constexpr auto when = "a time outside the years 1970 to 2199";
  if (static_cast<std::uint64_t>(row.ts_event_ns) >= kEndOfTime) return {"ts_event", when};
  if (static_cast<std::uint64_t>(row.ts_recv_ns) >= kEndOfTime) return {"ts_recv", when};
  if (!actions.has(row.action)) return {"action", "not one of ACMRTFN"};
  if (!sides.has(row.side)) return {"side", "not one of ABN"};
  if (const auto* why = fault_of_price(row.price)) return {"price", why};
  if (const auto* why = fault_of_price(row.bid_px)) return {"bid_px_00", why};
  if (const auto* why = fault_of_price(row.ask_px)) return {"ask_px_00", why};
  return {};
}

/// Whether a row shows the book in the middle of an event: more rows of the same event follow and change it. The
/// actions T, F and N leave the book as it was, except that a row of TBBO shows it as it was before the trade.
inline bool is_within_event(const QuoteRow& row) {
  constexpr Letters sets_the_book("ACMR");
  return (row.flags & kFlagLast) == 0 && sets_the_book.has(row.action);
}

}  // namespace sorsweep
