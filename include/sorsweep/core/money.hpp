/// \file
/// Money as integers: 1 USD is 1e9 nano-dollars. Prices never pass through a `double` on their way in.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sorsweep {

/// An amount of money, or a price per share, in nano-dollars (1e-9 USD).
using Nano = std::int64_t;

inline constexpr Nano kNanoPerDollar = 1'000'000'000;

/// Stands for "no price", as in Databento's data: INT64_MAX.
inline constexpr Nano kUndefinedPx = std::numeric_limits<Nano>::max();

/// Whether a price is in the book. Empty cells, 0 and INT64_MAX mean that it is absent (docs/model.md, "The book").
constexpr bool is_defined_px(Nano px) {
  return px > 0 && px != kUndefinedPx;
}

/// Returns the double nearest to the price in dollars, as a correctly rounding reader of its decimal text would.
double to_dollars(Nano px);

/// Converts decimal text in dollars ("222.83", "-0.5", "5e-05") to nano-dollars without a double.
/// \return nothing if the text is not a number, does not fit, has an exponent of more than three digits, or has a digit
///         other than 0 below 1e-9
std::optional<Nano> parse_decimal_exact(std::string_view text);

/// Converts as `parse_decimal_exact` does, but rounds digits below 1e-9 half up (towards +∞). Parameters in a config
/// are read this way.
std::optional<Nano> parse_decimal_rounded(std::string_view text);

/// Returns half of `twice`, in nano-dollars; half a nano-dollar is rounded up (towards +∞).
constexpr __int128 halve(__int128 twice) {
  return (twice + (twice & 1)) / 2;
}

/// Formats dollars as the shortest decimal text without an exponent: 222830000000 becomes "222.83".
std::string format_decimal(Nano px);

/// Formats a double as Python's `repr` does, with the shortest text that reads back to the same double: "32.0",
/// "5e-05".
std::string format_repr(double value);

}  // namespace sorsweep
