/// \file
/// Rows that are flagged as wrong, or that show that they are.
#pragma once

#include <cstddef>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// How many rows were taken out. A row is counted under the first reason that applies.
struct FlaggedRows {
  std::size_t bad_time = 0;   ///< Flagged BAD_TS_RECV.
  std::size_t bad_book = 0;   ///< Flagged MAYBE_BAD_BOOK.
  std::size_t one_sided = 0;  ///< Without a bid or without an ask.
  std::size_t crossed = 0;    ///< With the bid above the ask.

  std::size_t all() const { return bad_time + bad_book + one_sided + crossed; }
  FlaggedRows& operator+=(const FlaggedRows& other);
};

/// Takes the flagged rows out and keeps the order of the others. All columns of `quotes` must be filled.
/// \return what was taken out
FlaggedRows remove_flagged(QuoteColumns& quotes);

}  // namespace sorsweep
