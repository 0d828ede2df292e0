/// \file
/// Money as integers. 1 USD = 1e9 nano-dollars; prices never pass through `double` on their way in.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sorsweep {

/// Nano-dollars.
using Nano = std::int64_t;

inline constexpr Nano kNanoPerDollar = 1'000'000'000;

/// Databento's spelling of "no price": INT64_MAX.
inline constexpr Nano kUndefinedPx = std::numeric_limits<Nano>::max();

/// A price stands in the book when it is there and above zero (MODEL §1: empty, 0 and INT64_MAX are absent).
constexpr bool is_defined_px(Nano px) {
  return px > 0 && px != kUndefinedPx;
}

/// The double nearest to `px` dollars; what a correctly rounding reader of the decimal text would give.
double to_dollars(Nano px);

/// Decimal text ("222.83", "-0.5", "5e-05") to nano-dollars, without a double.
/// \return nothing if the text is no number, does not fit, has an exponent of more than three digits, or needs a digit
///         below 1e-9; zeros there are none
std::optional<Nano> parse_decimal_exact(std::string_view text);

/// The same, but digits below 1e-9 are rounded half up (towards +∞): for parameters in a config.
std::optional<Nano> parse_decimal_rounded(std::string_view text);

/// Half of `twice`; half a nano-dollar is rounded up (towards +∞).
constexpr __int128 halve(__int128 twice) {
  return (twice + (twice & 1)) / 2;
}

/// The shortest decimal text without an exponent: 222830000000 → "222.83".
std::string format_decimal(Nano px);

/// A double as Python's `repr` writes it: shortest text that reads back to the same double, "32.0", "5e-05".
std::string format_repr(double value);

}  // namespace sorsweep
