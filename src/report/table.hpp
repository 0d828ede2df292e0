/// \file
/// A table of typed cells. It is filled once, and printed as CSV, as aligned text, as Markdown and (json.hpp) as JSON.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sorsweep/core/money.hpp"

namespace sorsweep {

/// An exact decimal number: a price in nano-dollars, or a parameter in billionths.
struct Decimal {
  Nano billionths = 0;
};

/// One cell: nothing, a text, a whole number, an exact decimal number or a double.
class Cell {
 public:
  using Value = std::variant<std::monostate, std::string, std::int64_t, Decimal, double>;

  Cell() = default;
  Cell(std::string text) : value_(std::move(text)) {}
  Cell(const char* text) : value_(std::string(text)) {}
  Cell(Decimal decimal) : value_(decimal) {}
  Cell(double number) : value_(number) {}
  template <std::integral T>
  Cell(T count) : value_(static_cast<std::int64_t>(count)) {}

  const Value& value() const { return value_; }

 private:
  Value value_;
};

using Row = std::vector<Cell>;

/// A column's name, and how people read its doubles. CSV and JSON do not round.
struct Column {
  enum class Look {
    text,         ///< Aligned to the left.
    fixed,        ///< "1234.50"
    grouped,      ///< "1,234.50"
    with_sign,    ///< "+1234.50"
    significant,  ///< "1234", "1.2e+09": `digits` counts significant digits.
  };
  std::string name;  ///< With its unit, as a reader needs it.
  Look look = Look::fixed;
  int digits = 3;  ///< After the decimal point.
};

struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;

  /// Adds columns that only programs read.
  void add_columns(std::initializer_list<const char*> names);
};

/// Adds cells at the end of a row.
void append(Row& row, std::initializer_list<Cell> cells);
void append(Row& row, const Row& cells);

/// A header and a line for each row. Doubles read back to the same double. Cells contain neither commas nor quotes.
std::string to_csv(const Table& table);

/// The same without the header.
std::string csv_rows(const Table& table);

/// For a terminal: columns are aligned, whole numbers have their thousands apart.
std::string to_text(const Table& table);

/// A Markdown table, its cells as in `to_text`.
std::string to_markdown(const Table& table);

/// "779,100.00": a number with its thousands apart.
std::string grouped(double value, int digits);

}  // namespace sorsweep
