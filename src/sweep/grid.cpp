#include "sorsweep/sweep/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace sorsweep {
namespace {

void check_points(const std::string& name, std::size_t points) {
  if (points == 0)
    throw Error(Exit::usage, fmt::format("the axis {} is empty", name), "", "give it at least one value");
  if (points > kMostPointsOfAxis)
    throw Error(Exit::usage, fmt::format("the axis {} has {} points", name, points),
                fmt::format("at most {} are allowed", kMostPointsOfAxis));
}

/// Divides and rounds to the nearest integer, halves up. b must be > 0.
__int128 divide_half_up(__int128 a, __int128 b) {
  const __int128 doubled = 2 * a + b;
  const __int128 quotient = doubled / (2 * b);
  return quotient - (doubled % (2 * b) < 0 ? 1 : 0);
}

}  // namespace

Axis list_axis(const std::string& name, std::vector<Nano> values) {
  check_points(name, values.size());
  for (std::size_t i = 1; i < values.size(); ++i)
    if (values[i] <= values[i - 1])
      throw Error(Exit::usage,
                  fmt::format("the axis {} does not ascend: {} is followed by {}", name, format_decimal(values[i - 1]),
                              format_decimal(values[i])),
                  "values are rounded to nano-dollars, so close ones can be equal",
                  "sort the list, or take fewer points");
  return {name, std::move(values)};
}

Axis linear_axis(const std::string& name, Nano first, Nano last, std::size_t points) {
  check_points(name, points);
  if (points == 1 && first != last)
    throw Error(Exit::usage, fmt::format("the axis {} has one point but two ends", name), "", "give one number");
  std::vector<Nano> values;
  values.reserve(points);
  values.push_back(first);
  for (std::size_t i = 1; i < points; ++i) {
    const __int128 step = static_cast<__int128>(last) - first;
    const auto intervals = static_cast<__int128>(points - 1);
    values.push_back(static_cast<Nano>(first + divide_half_up(step * static_cast<__int128>(i), intervals)));
  }
  return list_axis(name, std::move(values));
}

Axis log_axis(const std::string& name, Nano first, Nano last, std::size_t points) {
  check_points(name, points);
  if (first <= 0 || last <= 0)
    throw Error(Exit::usage, fmt::format("the axis {} cannot be logarithmic", name), "its ends must be above zero");
  if (points == 1) return linear_axis(name, first, last, points);
  const double ratio = static_cast<double>(last) / static_cast<double>(first);
  std::vector<Nano> values;
  values.reserve(points);
  values.push_back(first);
  for (std::size_t i = 1; i + 1 < points; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(points - 1);
    values.push_back(static_cast<Nano>(std::floor(static_cast<double>(first) * std::pow(ratio, share) + 0.5)));
  }
  values.push_back(last);
  return list_axis(name, std::move(values));
}

bool GridBox::has(const std::array<std::size_t, kMostParameters>& at) const {
  for (std::size_t a = 0; a < at.size(); ++a)
    if (at[a] < first[a] || at[a] >= last[a]) return false;
  return true;
}

GridBox around(const GridBox& a, const GridBox& b) {
  GridBox both;
  std::ranges::transform(a.first, b.first, both.first.begin(), [](auto x, auto y) { return std::min(x, y); });
  std::ranges::transform(a.last, b.last, both.last.begin(), [](auto x, auto y) { return std::max(x, y); });
  return both;
}

Grid::Grid(std::vector<Axis> axes) : dimensions_(axes.size()) {
  if (axes.empty() || axes.size() > kAxes)
    throw Error(Exit::usage, fmt::format("a grid cannot have {} axes", axes.size()), "one to four are allowed");
  axes_.fill(Axis{"", {0}});
  std::ranges::move(axes, axes_.begin());
  for (const auto& axis : axes_)
    if (__builtin_mul_overflow(size_, axis.values.size(), &size_) || size_ > (std::size_t{1} << 48))
      throw Error(Exit::usage, "the grid has more than 2^48 points", "", "take fewer points per axis");
  for (std::size_t a = 0; a < kAxes; ++a) {
    dollars_[a].resize(axes_[a].values.size());
    std::ranges::transform(axes_[a].values, dollars_[a].begin(), to_dollars);
  }
  const auto slowest = std::ranges::find_if(axes_, [](const Axis& axis) { return axis.values.size() > 1; });
  points_per_row_ = slowest == axes_.end() ? size_ : size_ / slowest->values.size();
}

Grid::Index Grid::index(std::size_t point) const {
  Index index{};
  for (std::size_t a = kAxes; a-- > 0;) {
    index[a] = point % axes_[a].values.size();
    point /= axes_[a].values.size();
  }
  return index;
}

std::size_t Grid::point(const Index& index) const {
  std::size_t point = 0;
  for (std::size_t a = 0; a < kAxes; ++a) point = point * axes_[a].values.size() + index[a];
  return point;
}

Grid::Values Grid::values(std::size_t point) const {
  const auto at = index(point);
  Values values{};
  for (std::size_t a = 0; a < kAxes; ++a) values[a] = axes_[a].values[at[a]];
  return values;
}

Parameters Grid::parameters(std::size_t point) const {
  const auto at = index(point);
  return {dollars_[0][at[0]], dollars_[1][at[1]], dollars_[2][at[2]]};
}

Grid Grid::part(const GridBox& box) const {
  const auto cut = [&](std::size_t a) {
    const auto begin = axes_[a].values.begin();
    return Axis{axes_[a].name,
                {begin + static_cast<std::ptrdiff_t>(box.first[a]), begin + static_cast<std::ptrdiff_t>(box.last[a])},
                axes_[a].unit};
  };
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < dimensions_; ++a) axes.push_back(cut(a));
  return Grid(std::move(axes));
}

void ParameterBlock::decode(const Grid& grid, std::size_t first, std::size_t count) {
  for (auto& column : columns_) column.resize(count);
  auto at = grid.index(first);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t a = 0; a < columns_.size(); ++a) columns_[a][i] = grid.dollars(a)[at[a]];
    for (std::size_t a = Grid::kAxes; a-- > 0;) {
      if (++at[a] < grid.length(a)) break;
      at[a] = 0;
    }
  }
}

}  // namespace sorsweep
