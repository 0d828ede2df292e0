#include "report/phrases.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "core/text.hpp"
#include "report/table.hpp"

namespace sorsweep {

std::string point_text(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  std::vector<std::string> pairs;
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    pairs.push_back(fmt::format("{}={}", grid.name(a), format_decimal(values[a])));
  return fmt::format("{}", fmt::join(pairs, ","));
}

std::string money(double dollars) {
  const auto text = grouped(dollars, 2);
  return text.starts_with('-') ? fmt::format("-${}", text.substr(1)) : fmt::format("${}", text);
}

std::string ties_text(std::size_t points, std::size_t ties) {
  if (ties == points && ties > 1)
    return fmt::format("all {} points cost the same: the parameters make no difference here", format_count(ties));
  if (ties > 1) return fmt::format("{} of {} points are equally good", format_count(ties), format_count(points));
  return fmt::format("the single best of {} points", format_count(points));
}

const char* edge_text(Edge edge) {
  if (edge == Edge::none) return "none";
  return edge == Edge::first ? "first" : "last";
}

}  // namespace sorsweep
