/// \file
/// CSV text as lines and fields, without copies.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sorsweep {

/// A line that ended in CRLF, without the CR.
inline std::string_view without_carriage_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The lines of a text in turn: without their ends (LF or CRLF), blank ones left out, a BOM at the start
/// skipped.
class CsvLines {
 public:
  explicit CsvLines(std::string_view text) : rest_(text), size_(text.size()) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  /// False at the end.
  bool next(std::string_view& line);

  /// Number of the line that `next` gave, from 1.
  std::uint64_t number() const { return number_; }

  /// Where the next line begins.
  std::size_t position() const { return size_ - rest_.size(); }

 private:
  std::string_view rest_;
  std::size_t size_;
  std::uint64_t number_ = 0;
};

/// Fields between commas; a quoted field loses its quotes (and may hold commas, but no quotes and no line ends).
/// \return false for a line that breaks these rules; `fields` is then of no use
bool split_csv_line(std::string_view line, std::vector<std::string_view>& fields);

}  // namespace sorsweep
