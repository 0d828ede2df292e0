/// \file
/// Whole lines of a CSV source into rows: by a fast reader for cells as feeds write them, and by a plain one for all
/// others. Both give the same rows.
#pragma once

#include <string>
#include <string_view>

#include "feed/csv_cells.hpp"
#include "feed/row_block.hpp"

namespace sorsweep {

/// Bytes that must be readable behind the text of a block.
inline constexpr std::size_t kCsvPadding = 64;

/// One for all blocks of a source; any number of threads may use it at a time.
class CsvBlockReader {
 public:
  CsvBlockReader(const std::string& name, const CsvLayout& layout, bool nano)
      : name_(name), layout_(layout), cells_(layout, nano), nano_(nano) {}

  /// \param text whole lines without the header, `kCsvPadding` readable bytes behind it; less than 4 GiB
  void read(std::string_view text, RowBlock& rows) const;

  /// The same, line by line and cell by cell: what `read` is tested against.
  void read_plainly(std::string_view text, RowBlock& rows) const;

 private:
  class Fast;

  /// \param line without its end; \param at where it begins in the block
  void read_line(std::string_view line, std::size_t at, RowBlock& rows) const;
  void reject(std::string_view line, std::size_t at, std::string_view cell, std::string kind, std::string why,
              RowBlock& rows) const;

  std::string name_;
  const CsvLayout& layout_;
  CsvRowReader cells_;
  bool nano_;
};

}  // namespace sorsweep
