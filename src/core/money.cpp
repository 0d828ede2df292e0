#include "sorsweep/core/money.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace sorsweep {
namespace {

constexpr int kNanoDigits = 9;

/// A decimal number taken apart: digits × 10^exponent, possibly with leading and trailing zeros.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int exponent = 0;
};

std::string_view take_digits(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  const auto digits = text.substr(0, n);
  text.remove_prefix(n);
  return digits;
}

bool take_sign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
  const bool negative = text[0] == '-';
  text.remove_prefix(1);
  return negative;
}

std::optional<Decimal> split(std::string_view text) {
  Decimal d;
  d.negative = take_sign(text);
  d.whole = take_digits(text);
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    d.fraction = take_digits(text);
  }
  if (d.whole.empty() && d.fraction.empty()) return std::nullopt;
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    const bool negative = take_sign(text);
    const auto digits = take_digits(text);
    if (digits.empty() || digits.size() > 3) return std::nullopt;
    for (const char c : digits) d.exponent = d.exponent * 10 + (c - '0');
    if (negative) d.exponent = -d.exponent;
  }
  if (!text.empty()) return std::nullopt;
  return d;
}

/// Returns one digit of `d`. Digits are counted by their power of ten in nano-dollars: 0 is the last that a Nano holds.
int digit_at(const Decimal& d, int nano_power) {
  const int position = static_cast<int>(d.whole.size()) - 1 - (nano_power - kNanoDigits - d.exponent);
  if (position < 0) return 0;
  const auto i = static_cast<std::size_t>(position);
  if (i < d.whole.size()) return d.whole[i] - '0';
  if (i - d.whole.size() < d.fraction.size()) return d.fraction[i - d.whole.size()] - '0';
  return 0;
}

/// Whether rounding moves the number away from zero. Half up means towards +∞, so a magnitude that ends in exactly one
/// half grows only if the number is positive.
bool rounds_away(const Decimal& d, int bottom) {
  if (digit_at(d, -1) != 5 || !d.negative) return digit_at(d, -1) >= 5;
  for (int power = bottom; power < -1; ++power)
    if (digit_at(d, power) != 0) return true;
  return false;
}

std::optional<Nano> to_nano(const Decimal& d, bool round) {
  const int top = static_cast<int>(d.whole.size()) - 1 + kNanoDigits + d.exponent;
  const int bottom = -static_cast<int>(d.fraction.size()) + kNanoDigits + d.exponent;
  __int128 value = 0;
  for (int power = top; power >= 0; --power) {
    value = value * 10 + digit_at(d, power);
    if (value > kUndefinedPx) return std::nullopt;
  }
  if (round) {
    value += rounds_away(d, bottom);
  } else {
    for (int power = bottom; power < 0; ++power)
      if (digit_at(d, power) != 0) return std::nullopt;
  }
  if (value > kUndefinedPx) return std::nullopt;
  return static_cast<Nano>(d.negative ? -value : value);
}

}  // namespace

double to_dollars(Nano px) {
  // A division of two exact doubles is correctly rounded. Above 2^53 nano-dollars (nine million dollars) the dividend
  // would be rounded first, and the quotient again.
  constexpr Nano exact = Nano{1} << 53;
  if (px <= exact && px >= -exact) return static_cast<double>(px) / kNanoPerDollar;
  const auto text = format_decimal(px);
  double dollars = 0;
  std::from_chars(text.data(), text.data() + text.size(), dollars);
  return dollars;
}

std::optional<Nano> parse_decimal_exact(std::string_view text) {
  const auto d = split(text);
  return d ? to_nano(*d, false) : std::nullopt;
}

std::optional<Nano> parse_decimal_rounded(std::string_view text) {
  const auto d = split(text);
  return d ? to_nano(*d, true) : std::nullopt;
}

std::string format_decimal(Nano px) {
  const auto magnitude = px < 0 ? 0 - static_cast<std::uint64_t>(px) : static_cast<std::uint64_t>(px);
  auto text = fmt::format("{}{}.{:09}", px < 0 ? "-" : "", magnitude / kNanoPerDollar, magnitude % kNanoPerDollar);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string format_repr(double value) {
  auto text = fmt::format("{}", value);
  if (std::isfinite(value) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace sorsweep
