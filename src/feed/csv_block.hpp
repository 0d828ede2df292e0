/// \file
/// Turns whole lines of a CSV source into rows. A fast reader takes cells as feeds write them, and a plain one takes
/// all others. Both give the same rows.
#pragma once

#include <string>
#include <string_view>

#include "feed/csv_cells.hpp"
#include "feed/row_block.hpp"

namespace sorsweep {

/// The number of bytes that must be readable behind the text of a block.
inline constexpr std::size_t kCsvPadding = 64;

/// Reads the blocks of one source. Any number of threads may use it at once.
class CsvBlockReader {
 public:
  CsvBlockReader(const std::string& name, const CsvLayout& layout, bool nano)
      : name_(name), layout_(layout), cells_(layout, nano), nano_(nano) {}

  /// Reads a block, quickly where it can.
  /// \param text whole lines without the header, shorter than 4 GiB, with `kCsvPadding` readable bytes behind it
  void read(std::string_view text, RowBlock& rows) const;

  /// Reads a block line by line and cell by cell. `read` is tested against this.
  void read_plainly(std::string_view text, RowBlock& rows) const;

 private:
  class Fast;

  /// \param line without its line end
  /// \param at   where it begins in the block
  void read_line(std::string_view line, std::size_t at, RowBlock& rows) const;
  void reject(std::string_view line, std::size_t at, std::string_view cell, std::string kind, std::string why,
              RowBlock& rows) const;

  std::string name_;
  const CsvLayout& layout_;
  CsvRowReader cells_;
  bool nano_;
};

}  // namespace sorsweep
