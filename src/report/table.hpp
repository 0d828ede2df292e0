/// \file
/// A table of typed cells is filled once, and then printed as CSV, aligned text, Markdown or JSON (json.hpp).
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

/// Holds an exact decimal number: a price in nano-dollars, or a parameter in billionths.
struct Decimal {
  Nano billionths = 0;
};

/// Holds a number together with the text that the config gives for it, such as "0.010". CSV keeps the text.
struct WrittenNumber {
  std::string text;
  double number = 0;
};

/// Holds nothing, a text, a whole number, an exact decimal number, a double or a number as it was written.
class Cell {
 public:
  using Value = std::variant<std::monostate, std::string, std::int64_t, Decimal, double, WrittenNumber>;

  Cell() = default;
  Cell(std::string text) : value_(std::move(text)) {}
  Cell(const char* text) : value_(std::string(text)) {}
  Cell(Decimal decimal) : value_(decimal) {}
  Cell(double number) : value_(number) {}
  Cell(WrittenNumber number) : value_(std::move(number)) {}
  template <std::integral T>
  Cell(T count) : value_(static_cast<std::int64_t>(count)) {}

  // These are defined in table.cpp: GCC 12 warns falsely of uninitialised texts if it inlines them.
  Cell(const Cell&);
  Cell(Cell&&) noexcept;
  Cell& operator=(const Cell&);
  Cell& operator=(Cell&&) noexcept;
  ~Cell();

  const Value& value() const { return value_; }

 private:
  Value value_;
};

using Row = std::vector<Cell>;

/// Names a column, and says how people read its doubles. CSV and JSON do not round them.
struct Column {
  enum class Look {
    text,         ///< Aligned to the left.
    fixed,        ///< "1234.50".
    grouped,      ///< "1,234.50".
    with_sign,    ///< "+1234.50".
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

/// Writes a header and a line for each row. Doubles read back to the same double. Cells have no commas and no quotes.
std::string to_csv(const Table& table);

/// Writes the rows of `to_csv` without its header.
std::string csv_rows(const Table& table);

/// Writes a table for a terminal, with aligned columns and the thousands of whole numbers apart.
std::string to_text(const Table& table);

/// Writes a Markdown table with the cells of `to_text`.
std::string to_markdown(const Table& table);

/// Writes a number with its thousands apart: "779,100.00".
std::string grouped(double value, int digits);

}  // namespace sorsweep
