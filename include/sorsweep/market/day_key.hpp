/// \file
/// A symbol's day: the unit that files, tapes and results are cut into.
#pragma once

#include <string>

#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// Which day. Ordered by symbol, then date.
struct DayKey {
  std::string symbol;
  Date date;  ///< in the exchange's time zone
  auto operator<=>(const DayKey&) const = default;
};

/// "AAPL 2024-08-01"
inline std::string to_string(const DayKey& day) {
  return day.symbol + " " + format_date(day.date);
}

}  // namespace sorsweep
