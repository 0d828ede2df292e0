/// \file
/// Splits CSV text into lines and fields without copying it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sorsweep {

/// Returns a line without the CR at its end, if it ended in CRLF.
inline std::string_view without_carriage_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Gives the lines of a text one by one, without their ends (LF or CRLF). Blank lines are left out, and so is a BOM at
/// the beginning.
class CsvLines {
 public:
  explicit CsvLines(std::string_view text) : rest_(text), size_(text.size()) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  /// Gives the next line. \return false at the end
  bool next(std::string_view& line);

  /// Returns the number, from 1, of the line that `next` gave.
  std::uint64_t number() const { return number_; }

  /// Returns where the next line begins, in bytes from the beginning of the text.
  std::size_t position() const { return size_ - rest_.size(); }

 private:
  std::string_view rest_;
  std::size_t size_;
  std::uint64_t number_ = 0;
};

/// Splits a line into the fields between its commas. A quoted field loses its quotes. It may hold commas, but no quotes
/// and no line ends. \return false if the line breaks these rules; `fields` then means nothing
bool split_csv_line(std::string_view line, std::vector<std::string_view>& fields);

}  // namespace sorsweep
