/// \file
/// Rows that say of themselves, or show, that something is wrong with them.
#pragma once

#include <cstddef>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// Rows that were taken out, by the first reason that held.
struct FlaggedRows {
  std::size_t bad_time = 0;   ///< flag BAD_TS_RECV
  std::size_t bad_book = 0;   ///< flag MAYBE_BAD_BOOK
  std::size_t one_sided = 0;  ///< no bid or no ask
  std::size_t crossed = 0;    ///< bid above ask

  std::size_t all() const { return bad_time + bad_book + one_sided + crossed; }
  FlaggedRows& operator+=(const FlaggedRows& other);
};

/// Takes flagged rows out; the others keep their order. All columns have to be there.
FlaggedRows remove_flagged(QuoteColumns& quotes);

}  // namespace sorsweep
