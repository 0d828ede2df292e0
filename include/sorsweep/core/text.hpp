/// \file
/// Small helps with words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sorsweep {

/// "did you mean «x»?" for the candidate nearest to `word`, or empty when none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// "a, b or c"
std::string join_words(std::span<const std::string> words, std::string_view last_separator = "or");

/// "4GiB", "512MiB", "1000000": bytes. Nothing for anything else.
std::optional<std::uint64_t> parse_bytes(std::string_view text);
std::string format_bytes(std::uint64_t bytes);

/// 1234567 → "1,234,567"
std::string format_count(std::uint64_t count);

/// 75.2 s → "1m15s"
std::string format_seconds(double seconds);

/// Table cells in columns: the first `left_columns` are left-aligned, the others right-aligned.
std::string align_table(const std::vector<std::vector<std::string>>& rows, std::size_t left_columns);

/// Whether all of it is lower-case letters, digits and _: a name of a parameter, a router, a metric.
bool is_name(std::string_view text);

/// "a, b and c"; of more than eight words "a, …, h and 7 more".
std::string join_some(const std::vector<std::string>& words);

}  // namespace sorsweep
