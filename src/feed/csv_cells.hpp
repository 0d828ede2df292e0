/// \file
/// Cells of a CSV row as values: the plain reading, which says what is wrong with a cell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feed/csv_layout.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What went wrong in a cell; caught by the row that holds it.
struct BadCell {
  CsvColumn column;
  std::string why;
};

/// One row's cells, as values. Every function throws BadCell.
class CsvRowReader {
 public:
  using Cells = std::vector<std::string_view>;

  CsvRowReader(const CsvLayout& layout, bool nano) : layout_(layout), nano_(nano) {}

  QuoteRow read(const Cells& cells) const;

  std::optional<TimeNs> time(std::string_view text, CsvColumn column) const;
  Nano price(std::string_view text, CsvColumn column) const;
  /// A whole number, also spelt "100.0" as pandas does after a null was in the column.
  static std::uint32_t count(std::string_view text, CsvColumn column);
  static char letter(std::string_view text, CsvColumn column);

 private:
  const CsvLayout& layout_;
  bool nano_;
};

}  // namespace sorsweep
