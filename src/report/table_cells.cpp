#include "report/table_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"

namespace sorsweep {

std::string point_names(const Grid& grid) {
  std::string names = "point";
  for (std::size_t a = 0; a < grid.dimensions(); ++a) names.append(1, ',').append(grid.name(a));
  return names;
}

std::string point_cells(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  auto cells = fmt::format("{}", point);
  for (std::size_t a = 0; a < grid.dimensions(); ++a) cells.append(1, ',').append(format_decimal(values[a]));
  return cells;
}

std::string structural_names(const SweepResults& results) {
  std::string names;
  for (const auto& [key, value] : results.variants.front().structural) names.append(key).append(1, ',');
  return names;
}

std::string structural_cells(const Variant& variant) {
  std::string cells;
  for (const auto& [key, value] : variant.structural) cells.append(value).append(1, ',');
  return cells;
}

std::string structural_text(const Variant& variant) {
  return text_of(variant.structural);
}

std::string grouped(double value, int digits) {
  auto text = fmt::format("{:.{}f}", value, digits);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t i = std::min(text.find('.'), text.size()); i > first + 3;) text.insert(i -= 3, 1, ',');
  return text;
}

std::string money(double dollars) {
  const auto text = grouped(dollars, 2);
  return text.starts_with('-') ? fmt::format("-${}", text.substr(1)) : fmt::format("${}", text);
}

std::string days_table(const SweepSummary& summary, Row header, const Row& total, Row (*row)(const DaySummary&)) {
  constexpr std::size_t most_days = 30;
  const auto& days = summary.days;
  std::vector<Row> rows{std::move(header)};
  for (std::size_t i = 0; i < std::min(most_days, days.size()); ++i) rows.push_back(row(days[i]));
  if (days.size() > 1) rows.push_back(total);
  auto text = align_table(rows, 3);
  if (days.size() > most_days) text += fmt::format("… {} more days in days.csv\n", days.size() - most_days);
  return text;
}

std::string ties_text(std::size_t points, std::size_t ties) {
  if (ties == points && ties > 1)
    return fmt::format("all {} points tie: the parameters make no difference here", format_count(ties));
  if (ties > 1) return fmt::format("{} of {} points tie for it", format_count(ties), format_count(points));
  return fmt::format("the only one of {} points", format_count(points));
}

std::string unfilled_text(const SweepSummary& summary) {
  std::string text;
  if (const auto n = summary.count(DayStatus::not_filled); n > 0)
    text +=
        fmt::format("{} of {} days did not fill: their cost is that of the shares they got\n", n, summary.days.size());
  if (const auto n = summary.count(DayStatus::no_data); n > 0)
    text += fmt::format("{} of {} days have no snapshot in the order's hours\n", n, summary.days.size());
  return text;
}

std::string verdict_text(const Findings& findings) {
  if (!findings.trust) return findings.skipped.empty() ? "" : fmt::format("holds?  {}\n", findings.skipped);
  std::string text;
  for (const auto& sentence : findings.trust->verdict)
    text += fmt::format("{}{}\n", text.empty() ? "holds?  " : "        ", sentence);
  return text;
}

const char* edge_text(Edge edge) {
  if (edge == Edge::none) return "none";
  return edge == Edge::first ? "first" : "last";
}

}  // namespace sorsweep
