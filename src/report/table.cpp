#include "report/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "core/text.hpp"

namespace sorsweep {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

std::string csv_cell(const Cell& cell) {
  return std::visit(
      Overloaded{[](std::monostate) { return std::string(); }, [](const std::string& text) { return text; },
                 [](std::int64_t count) { return fmt::format("{}", count); },
                 [](Decimal decimal) { return format_decimal(decimal.billionths); },
                 [](double number) { return format_repr(number); },
                 [](const WrittenNumber& written) { return written.text; }},
      cell.value());
}

std::string number_text(const Column& column, double number) {
  switch (column.look) {
    case Column::Look::grouped:
      return grouped(number, column.digits);
    case Column::Look::with_sign:
      return fmt::format("{:+.{}f}", number, column.digits);
    case Column::Look::significant:
      return fmt::format("{:.{}g}", number, column.digits);
    case Column::Look::text:
    case Column::Look::fixed:
      break;
  }
  return fmt::format("{:.{}f}", number, column.digits);
}

std::string text_cell(const Column& column, const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell.value())) return number_text(column, *number);
  if (const auto* count = std::get_if<std::int64_t>(&cell.value()))
    return (*count < 0 ? "-" : "") + format_count(static_cast<std::uint64_t>(std::abs(*count)));
  return csv_cell(cell);
}

/// Writes the header and the rows, cell by cell, as people read them.
std::vector<std::vector<std::string>> texts_of(const Table& table) {
  std::vector<std::vector<std::string>> lines(1);
  for (const auto& column : table.columns) lines.front().push_back(column.name);
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) line.push_back(text_cell(table.columns[c], row[c]));
  }
  return lines;
}

}  // namespace

Cell::Cell(const Cell&) = default;
Cell::Cell(Cell&&) noexcept = default;
Cell& Cell::operator=(const Cell&) = default;
Cell& Cell::operator=(Cell&&) noexcept = default;
Cell::~Cell() = default;

void Table::add_columns(std::initializer_list<const char*> names) {
  for (const auto* name : names) columns.push_back({name});
}

void append(Row& row, std::initializer_list<Cell> cells) {
  row.insert(row.end(), cells);
}

void append(Row& row, const Row& cells) {
  row.insert(row.end(), cells.begin(), cells.end());
}

std::string csv_rows(const Table& table) {
  std::string text;
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) text += fmt::format("{}{}", c == 0 ? "" : ",", csv_cell(row[c]));
    text += '\n';
  }
  return text;
}

std::string to_csv(const Table& table) {
  std::string text;
  for (const auto& column : table.columns) text += fmt::format("{}{}", text.empty() ? "" : ",", column.name);
  return text + '\n' + csv_rows(table);
}

std::string to_text(const Table& table) {
  const auto is_number = [](const Column& column) { return column.look != Column::Look::text; };
  const auto left = std::ranges::find_if(table.columns, is_number) - table.columns.begin();
  return align_table(texts_of(table), static_cast<std::size_t>(left));
}

std::string to_markdown(const Table& table) {
  auto lines = texts_of(table);
  std::vector<std::string> rules;
  for (const auto& column : table.columns) rules.emplace_back(column.look == Column::Look::text ? "---" : "---:");
  std::string text = "|";
  for (const auto& name : lines.front()) text += name.empty() ? " |" : fmt::format(" {} |", name);
  text += fmt::format("\n|{}|\n", fmt::join(rules, "|"));
  lines.erase(lines.begin());
  for (const auto& line : lines) text += fmt::format("| {} |\n", fmt::join(line, " | "));
  return text;
}

std::string grouped(double value, int digits) {
  auto text = fmt::format("{:.{}f}", value, digits);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t i = std::min(text.find('.'), text.size()); i > first + 3;) text.insert(i -= 3, 1, ',');
  return text;
}

}  // namespace sorsweep
