/// \file
/// Small helpers for text: spelling, numbers, tables, and text that is safe for a terminal.
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

// These know ASCII only. Unlike <cctype> they depend on no locale and take any char.
constexpr bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
constexpr char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char upper_case(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Returns "did you mean «x»?" for the candidate nearest to `word`, or an empty text if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// Returns "a, b or c".
std::string join_words(std::span<const std::string> words, std::string_view last_separator = "or");

/// Returns "a, b and c", and for more than eight words "a, …, h and 7 more".
std::string join_some(const std::vector<std::string>& words);

/// Reads a size: a whole number, followed by nothing, B, KiB, MiB, GiB, TiB (powers of 1024), MB or GB (powers of
/// 1000).
/// \return bytes; nothing if the text is not a size or needs more than 64 bits
std::optional<std::uint64_t> parse_bytes(std::string_view text);

/// Formats a size: "1.5 GiB", "999 B".
std::string format_bytes(std::uint64_t bytes);

/// Formats a count with separators: 1234567 becomes "1,234,567".
std::string format_count(std::uint64_t count);

/// Formats a time in seconds: 7.25 becomes "7.2s", 75.2 "1m15s", 3700 "1h01m".
std::string format_seconds(double seconds);

/// Formats a table with one line per row and no trailing blanks. The first `left_columns` columns are aligned to the
/// left, the others to the right. Rows may have fewer cells than others.
std::string align_table(const std::vector<std::vector<std::string>>& rows, std::size_t left_columns);

/// Makes text from elsewhere safe for a terminal, which obeys control characters; names of files and symbols may hold
/// them.
/// \return the text with every control character except the line end spelt out, such as the four characters "\x1b"
std::string tame(std::string_view text);

/// Checks a name that an extension registers. Such names become keys of configs, of --point, of JSON, and columns of
/// files.
/// \param of_what what is named, for the message: "a metric"
/// \throws Error (usage) unless the name consists of one or more lower-case letters, digits and _
void check_name(std::string_view name, std::string_view of_what);

/// Returns the whole text as a decimal number; nothing if it is not one or does not fit.
template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace sorsweep
