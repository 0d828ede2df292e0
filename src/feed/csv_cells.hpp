/// \file
/// The plain reading of a CSV row's cells, which can say what is wrong with a cell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feed/csv_layout.hpp"
#include "feed/row_rules.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// Is thrown for a wrong cell, and caught where its row is read.
struct BadCell {
  CsvColumn column;
  std::string why;
};

/// Reads the cells of one row. Every function throws BadCell.
class CsvRowReader {
 public:
  using Cells = std::vector<std::string_view>;

  CsvRowReader(const CsvLayout& layout, bool nano) : layout_(layout), nano_(nano) {}

  /// Reads a row, whose values may yet break the rules of rows (row_rules.hpp).
  QuoteRow read(const Cells& cells) const;

  /// Returns the column that a rule is broken in. A row's ts_event may come from its ts_recv.
  CsvColumn column_of(const RowFault& fault, const Cells& cells) const;

  std::optional<TimeNs> time(std::string_view text, CsvColumn column) const;
  Nano price(std::string_view text, CsvColumn column) const;
  /// Reads a whole number. It may be spelt "100.0", as pandas does if a null was in the column.
  static std::uint32_t count(std::string_view text, CsvColumn column);
  static char letter(std::string_view text, CsvColumn column);

 private:
  const CsvLayout& layout_;
  bool nano_;
};

}  // namespace sorsweep
