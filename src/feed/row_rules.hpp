/// \file
/// What a row may hold, whatever format it came in.
#pragma once

#include <cstdint>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

inline constexpr std::string_view kActions = "ACMRTFN";
inline constexpr std::string_view kSides = "ABN";
inline constexpr char kNoAction = 'M';  ///< Stands for the action if a feed has none: the row sets the book.
inline constexpr char kNoSide = 'N';    ///< Stands for the side if a feed has none.
inline constexpr std::uint64_t kUndefinedTime = UINT64_MAX;             ///< Databento's UNDEF_TIMESTAMP.
inline constexpr std::uint64_t kEndOfTime = 7'258'118'400'000'000'000;  ///< 2200-01-01, in ns since 1970.

/// The actions that set the book. T, F and N leave it as it was, except that a row of TBBO shows it as it was before
/// the trade.
inline constexpr std::string_view kBookActions = "ACMR";

/// A quote that is received this much later than its event is stale on arrival, in ns.
inline constexpr TimeNs kStaleNs = 1'000'000'000;

/// The reason why a time is refused.
inline constexpr const char* kTimeRule = "a time outside the years 1970 to 2199";

/// Whether a row shows the book in the middle of an event: more rows of the same event follow and change it.
inline bool is_within_event(const QuoteRow& row) {
  return (row.flags & kFlagLast) == 0 && kBookActions.find(row.action) != std::string_view::npos;
}

}  // namespace sorsweep
