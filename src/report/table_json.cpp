#include <algorithm>
#include <charconv>
#include <cmath>

#include "report/json.hpp"

namespace sorsweep {
namespace {

Json page_cell(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell.value())) return rounded(*number, kTableDigits);
  if (const auto* decimal = std::get_if<Decimal>(&cell.value()))
    return rounded(to_dollars(decimal->billionths), kTableDigits);
  if (const auto* written = std::get_if<WrittenNumber>(&cell.value())) return rounded(written->number, kTableDigits);
  if (const auto* count = std::get_if<std::int64_t>(&cell.value())) return *count;
  const auto* text = std::get_if<std::string>(&cell.value());
  return text == nullptr ? "" : *text;
}

Json exact_cell(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell.value())) return *number;
  if (const auto* written = std::get_if<WrittenNumber>(&cell.value())) return written->number;
  if (const auto* decimal = std::get_if<Decimal>(&cell.value())) {
    if (decimal->billionths % kNanoPerDollar == 0) return decimal->billionths / kNanoPerDollar;
    return to_dollars(decimal->billionths);
  }
  if (const auto* count = std::get_if<std::int64_t>(&cell.value())) return *count;
  const auto* text = std::get_if<std::string>(&cell.value());
  return text == nullptr || text->empty() ? Json() : Json(*text);
}

}  // namespace

std::string pretty(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json rounded(double value, int digits) {
  if (!std::isfinite(value)) return nullptr;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr;
  double shorter = 0;
  std::from_chars(text, end, shorter);
  if (shorter == std::trunc(shorter) && std::abs(shorter) < 1e15) return static_cast<std::int64_t>(shorter);
  return shorter;
}

Json rounded(const std::vector<double>& values, int digits) {
  auto json = Json::array();
  for (const double value : values) json.push_back(rounded(value, digits));
  return json;
}

Json table_json(const Table& table, std::size_t most_rows) {
  auto columns = Json::array();
  for (const auto& column : table.columns) columns.push_back(column.name);
  auto rows = Json::array();
  for (std::size_t r = 0; r < std::min(table.rows.size(), most_rows); ++r) {
    auto row = Json::array();
    for (const auto& cell : table.rows[r]) row.push_back(page_cell(cell));
    rows.push_back(std::move(row));
  }
  return {{"columns", columns}, {"rows", rows}, {"rows_in_file", table.rows.size()}};
}

Json rows_json(const Table& table) {
  auto json = Json::array();
  for (const auto& row : table.rows) {
    auto object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) object[table.columns[c].name] = exact_cell(row[c]);
    json.push_back(std::move(object));
  }
  return json;
}

}  // namespace sorsweep
