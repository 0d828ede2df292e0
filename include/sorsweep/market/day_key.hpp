/// \file
/// The key of a symbol's day, which is what files, tapes and results are made for.
#pragma once

#include <string>

#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// A symbol and a date. Keys are ordered by symbol, then by date.
struct DayKey {
  std::string symbol;
  Date date;  ///< in the exchange's time zone
  auto operator<=>(const DayKey&) const = default;
};

/// Formats a key as "AAPL 2024-08-01".
inline std::string to_string(const DayKey& day) {
  return day.symbol + " " + format_date(day.date);
}

}  // namespace sorsweep
