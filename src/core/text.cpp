#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include "core/error.hpp"

namespace sorsweep {
namespace {

/// Counts the edits (insert, delete, replace, swap of neighbours) between two words, ignoring case.
std::size_t distance(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) { return lower_case(x) == lower_case(y); };
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + !same(a[i - 1], b[j - 1])});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

/// Counts the columns that a cell takes on a terminal. For the Latin and Greek letters that we print it is enough to
/// leave out the continuation bytes of UTF-8.
std::size_t width_of(std::string_view cell) {
  return static_cast<std::size_t>(
      std::count_if(cell.begin(), cell.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::string* nearest = nullptr;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const auto edits = distance(word, candidate);
    if (edits < least) {
      least = edits;
      nearest = &candidate;
    }
  }
  return nearest ? fmt::format("did you mean «{}»?", *nearest) : "";
}

std::string join_words(std::span<const std::string> words, std::string_view last_separator) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last_separator) : ", ";
    text += words[i];
  }
  return text;
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  std::uint64_t count = 0;
  const auto [rest, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (ec != std::errc()) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  constexpr std::array<std::pair<std::string_view, std::uint64_t>, 8> units = {{{"", 1},
                                                                                {"B", 1},
                                                                                {"KiB", 1ULL << 10},
                                                                                {"MiB", 1ULL << 20},
                                                                                {"GiB", 1ULL << 30},
                                                                                {"TiB", 1ULL << 40},
                                                                                {"MB", 1'000'000},
                                                                                {"GB", 1'000'000'000}}};
  for (const auto& [name, factor] : units)
    if (unit == name && count <= UINT64_MAX / factor) return count * factor;
  return std::nullopt;
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 5> names = {"B", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < names.size(); ++unit) value /= 1024;
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, names[unit]);
}

std::string format_count(std::uint64_t count) {
  const auto digits = fmt::format("{}", count);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return text;
}

std::string format_seconds(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f}s", seconds);
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{}s", whole);
  if (whole < 3600) return fmt::format("{}m{:02}s", whole / 60, whole % 60);
  return fmt::format("{}h{:02}m", whole / 3600, whole / 60 % 60);
}

std::string align_table(const std::vector<std::vector<std::string>>& rows, std::size_t left_columns) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t padding = widths[i] - width_of(row[i]);
      line.append(i > 0 ? 2 : 0, ' ');
      line.append(i < left_columns ? 0 : padding, ' ');
      line.append(row[i]);
      line.append(i < left_columns ? padding : 0, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text.append(line).append(1, '\n');
  }
  return text;
}

std::string tame(std::string_view text) {
  std::string tamed;
  for (const char c : text) {
    const bool is_control = (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7f';
    if (is_control) {
      fmt::format_to(std::back_inserter(tamed), "\\x{:02x}", c);
    } else {
      tamed.push_back(c);
    }
  }
  return tamed;
}

void check_name(std::string_view name, std::string_view of_what) {
  const auto is_fine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty() || !std::ranges::all_of(name, is_fine))
    throw Error(Exit::usage, fmt::format("«{}» cannot be the name of {}", name, of_what), "",
                "use lower-case letters, digits and _");
}

std::string join_some(const std::vector<std::string>& words) {
  constexpr std::size_t most = 8;
  if (words.size() <= most) return join_words(words, "and");
  std::vector<std::string> first(words.begin(), words.begin() + most);
  first.push_back(fmt::format("{} more", words.size() - most));
  return join_words(first, "and");
}

}  // namespace sorsweep
