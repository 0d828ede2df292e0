/// \file
/// Reads cells as feeds write them, eight bytes at a time. A function that returns false has not judged the cell: the
/// plain reading (csv_cells.hpp) must decide. All functions may read up to eight bytes beyond the cell.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "feed/row_rules.hpp"
#include "sorsweep/core/money.hpp"
#include "sorsweep/core/time.hpp"

namespace sorsweep::fast {

static_assert(std::endian::native == std::endian::little, "the first character must be the lowest byte");

inline std::uint64_t load8(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return word;
}

/// Whether all eight bytes are digits.
constexpr bool are_digits(std::uint64_t word) {
  constexpr std::uint64_t high = 0xF0F0F0F0F0F0F0F0U, zeros = 0x3030303030303030U, six = 0x0606060606060606U;
  return ((word & high) == zeros) && (((word + six) & high) == zeros);
}

/// Returns the number that eight digits spell, with the first digit in the lowest byte. It joins pairs, then fours,
/// then all.
constexpr std::uint32_t number_of(std::uint64_t word) {
  word = (word & 0x0F0F0F0F0F0F0F0FU) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FFU) * 6553601 >> 16;
  return static_cast<std::uint32_t>((word & 0x0000FFFF0000FFFFU) * 42949672960001U >> 32);
}

/// Returns the first `size` (1 to 8) bytes of a word, filled up with the digit 0 in front.
constexpr std::uint64_t right_aligned(std::uint64_t word, std::size_t size) {
  const auto missing = 64 - 8 * size;
  return size == 8 ? word : word << missing | 0x3030303030303030U >> (8 * size);
}

/// Reads one to eight digits.
inline bool short_number(const char* text, std::size_t size, std::uint32_t& number) {
  const auto word = right_aligned(load8(text), size);
  number = number_of(word);
  return are_digits(word);
}

/// Reads up to eight digits. An empty cell is 0.
inline bool count(std::string_view text, std::uint32_t& number) {
  number = 0;
  if (text.empty()) return true;
  return text.size() <= 8 && short_number(text.data(), text.size(), number);
}

/// Reads one to 18 digits.
inline bool long_number(std::string_view text, std::int64_t& number) {
  number = 0;
  constexpr std::array<std::int64_t, 9> powers = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  if (text.empty() || text.size() > 18) return false;
  while (!text.empty()) {
    const auto size = std::min<std::size_t>(8, text.size());
    std::uint32_t part = 0;
    if (!short_number(text.data(), size, part)) return false;
    number = number * powers[size] + part;
    text.remove_prefix(size);
  }
  return true;
}

/// Reads a price that is an integer of 1e-9 dollars.
inline bool nano_price(std::string_view text, Nano& px) {
  if (text == "9223372036854775807") {
    px = kUndefinedPx;
    return true;
  }
  return long_number(text, px);
}

/// Reads a price of one to seven digits, a point, and one to nine digits.
inline bool decimal_price(std::string_view text, Nano& px) {
  constexpr std::array<Nano, 10> powers = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                           10'000,        1'000,       100,        10,        1};
  const auto word = load8(text.data());
  constexpr std::uint64_t points = 0x2E2E2E2E2E2E2E2EU, ones = 0x0101010101010101U;
  const auto found = ((word ^ points) - ones) & ~(word ^ points) & (ones << 7);
  const auto whole_size = static_cast<std::size_t>(std::countr_zero(found)) / 8;  // 8 if there is no point
  if (whole_size == 0 || whole_size + 1 >= text.size() || whole_size == 8) return false;
  const auto* fraction = text.data() + whole_size + 1;
  const auto fraction_size = text.size() - whole_size - 1;
  if (fraction_size > 9) return false;
  const auto whole = right_aligned(word, whole_size);
  const auto first_size = std::min<std::size_t>(8, fraction_size);
  std::uint32_t first = 0;
  if (!are_digits(whole) || !short_number(fraction, first_size, first)) return false;
  px = number_of(whole) * kNanoPerDollar + first * powers[first_size];
  if (fraction_size < 9) return true;
  const auto last = static_cast<unsigned char>(fraction[8] - '0');
  px += last;
  return last <= 9;
}

/// Reads times: ISO-8601 with nine digits and Z or +00:00, or integer nanoseconds of 19 digits. It remembers the last
/// date.
class Clock {
 public:
  bool read(std::string_view text, TimeNs& time_ns) {
    if (text.size() == 19) return read_integer(text, time_ns);
    const bool zulu = text.size() == 30 && text[29] == 'Z';
    if (!zulu && !(text.size() == 35 && text.substr(29) == "+00:00")) return false;
    if ((text[10] != 'T' && text[10] != ' ') || text[19] != '.') return false;
    if (std::memcmp(text.data(), day_.data(), day_.size()) != 0 && !move_to(text)) return false;
    return add_time_of_day(text.data() + 11, time_ns);
  }

 private:
  static bool read_integer(std::string_view text, TimeNs& time_ns) {
    std::int64_t high = 0;
    const auto low = static_cast<unsigned char>(text[18] - '0');
    if (!long_number(text.substr(0, 18), high) || low > 9) return false;
    const auto ns = static_cast<std::uint64_t>(high) * 10 + low;
    time_ns = static_cast<TimeNs>(ns);  // beyond an int64 it falls below zero, which no row may hold
    return true;
  }

  /// Reads "HH:MM:SS.nnnnnnnnn" as a time of the remembered date.
  bool add_time_of_day(const char* text, TimeNs& time_ns) const {
    const auto clock = load8(text);
    constexpr std::uint64_t colons = 0x00'00'3A'00'00'3A'00'00U, at_colons = 0x00'00'FF'00'00'FF'00'00U;
    const auto digits = (clock & ~at_colons) | (0x3030303030303030U & at_colons);
    const auto hms = number_of(digits);  // HH0MM0SS
    const auto hour = hms / 1'000'000, minute = hms / 1'000 % 1'000, second = hms % 1'000;
    const auto fraction = load8(text + 9);
    const auto last = static_cast<unsigned char>(text[17] - '0');
    time_ns =
        day_ns_ + ((hour * 60 + minute) * 60 + second) * kNsPerSecond + number_of(fraction) * std::int64_t{10} + last;
    return (clock & at_colons) == colons && are_digits(digits) && are_digits(fraction) && hour <= 23 && minute <= 59 &&
           second <= 59 && last <= 9 && day_ns_ >= 0;
  }

  /// Remembers the date at the beginning of a text.
  bool move_to(std::string_view text) {
    std::string start(text.substr(0, 10));
    start += "T00:00:00Z";
    const auto midnight = parse_iso_time(start);
    if (!midnight || *midnight < 0 || static_cast<std::uint64_t>(*midnight) >= kEndOfTime) return false;
    std::memcpy(day_.data(), text.data(), day_.size());
    day_ns_ = *midnight;
    return true;
  }

  std::array<char, 10> day_{};
  TimeNs day_ns_ = -1;  ///< Midnight; −1 means no date yet, which matches nothing, not even ten zero bytes.
};

}  // namespace sorsweep::fast
