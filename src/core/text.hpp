/// \file
/// Small helps with words.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace sorsweep {

/// "did you mean «x»?" for the candidate nearest to `word`, or empty when none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// "a, b or c"
std::string join_words(std::span<const std::string> words, std::string_view last_separator = "or");

/// "4GiB", "512MiB", "1000000": a whole number, and nothing, B, KiB, MiB, GiB, TiB (powers of 1024), MB or GB (of 1000).
/// \return bytes; nothing for anything else, and for more than 64 bits hold
std::optional<std::uint64_t> parse_bytes(std::string_view text);

/// "1.5 GiB", "999 B"
std::string format_bytes(std::uint64_t bytes);

/// 1234567 → "1,234,567"
std::string format_count(std::uint64_t count);

/// 7.25 → "7.2s", 75.2 → "1m15s", 3700 → "1h01m"
std::string format_seconds(double seconds);

/// Table cells in columns: the first `left_columns` are left-aligned, the others right-aligned. Rows may have fewer cells than
/// others. A line a row, none with blanks at its end.
std::string align_table(const std::vector<std::vector<std::string>>& rows, std::size_t left_columns);

/// Names of what programs bring of their own are keys of configs, of --point, of JSON and of files.
/// \param of_what "a metric", for the message
/// \throws Error (usage) for what is not one or more lower-case letters, digits and _
void check_name(std::string_view name, std::string_view of_what);

/// The whole text as a number, in decimal; nothing where it is none or does not fit.
template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// "a, b and c"; of more than eight words "a, …, h and 7 more".
std::string join_some(const std::vector<std::string>& words);

}  // namespace sorsweep
