#include "reduce/plateau.hpp"

#include <algorithm>

namespace sorsweep {
namespace {

constexpr std::int64_t kRadius = 20;  // A neighbourhood reaches 1/20 of the span to each side.
/// By the number of axes with more than one value. More bins give tighter bounds and take more memory, up to 81³
/// cells.
constexpr std::array<std::int64_t, Grid::kAxes + 1> kBinsPerRadius = {1, 64, 16, 4, 1};

/// Whether two values a ≤ b are within 1/parts of the span. It is decided in integers, without rounding.
bool are_within(Nano a, Nano b, Nano span, std::int64_t parts) {
  return static_cast<__int128>(parts) * (b - a) <= span;
}

/// The positions around `at` for which is_in holds. It must hold at `at`, and once it fails it must fail further out.
template <class IsIn>
Window grow(std::size_t at, std::size_t count, const IsIn& is_in) {
  Window window{at, at + 1};
  while (window.first > 0 && is_in(window.first - 1)) --window.first;
  while (window.last < count && is_in(window.last)) ++window.last;
  return window;
}

std::vector<AxisBins> bins_of(const Grid& grid) {
  std::size_t live = 0;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) live += grid.length(a) > 1;
  std::vector<AxisBins> bins;
  for (const auto& axis : grid.axes()) bins.emplace_back(axis.values, kBinsPerRadius[live]);
  return bins;
}

}  // namespace

AxisBins::AxisBins(const std::vector<Nano>& values, std::int64_t per_radius) {
  const auto span = values.back() - values.front();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bins.empty() || !are_within(values[bins.back().first], values[i], span, kRadius * per_radius))
      bins.push_back({i, i});
    bins.back().last = i + 1;
  }
  const auto are_near = [&](std::size_t i, std::size_t j) { return are_within(values[i], values[j], span, kRadius); };
  Window near;
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (!are_near(near.first, i)) ++near.first;
    while (near.last < values.size() && (near.last <= i || are_near(i, near.last))) ++near.last;
    neighbours.push_back(near);
  }
  for (std::size_t b = 0; b < bins.size(); ++b) {
    within.push_back(grow(b, bins.size(), [&](std::size_t j) {
      return are_near(bins[std::min(b, j)].first, bins[std::max(b, j)].last - 1);
    }));
    touched.push_back(grow(b, bins.size(), [&](std::size_t j) {
      return are_near(bins[std::min(b, j)].last - 1, bins[std::max(b, j)].first);
    }));
  }
}

GridBox neighbourhood(const Grid& grid, std::size_t point) {
  const auto at = grid.index(point);
  GridBox box;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto& values = grid.axes()[a].values;
    const auto window = grow(at[a], values.size(), [&](std::size_t i) {
      return are_within(values[std::min(i, at[a])], values[std::max(i, at[a])], values.back() - values.front(),
                        kRadius);
    });
    box.first[a] = window.first;
    box.last[a] = window.last;
  }
  return box;
}

PlateauCells::PlateauCells(const Grid& grid)
    : bins_(bins_of(grid)), cells_(grid, {bins_[0].bins, bins_[1].bins, bins_[2].bins, bins_[3].bins}) {}

/// First reduces the lines that share their cells to one line, because that vectorises best.
void PlateauCells::take_worst(std::size_t row, RowRange rows, std::span<const double> objective,
                              std::span<double> worst) const {
  const auto& bins = cells_.line_bins();
  double* of_row = worst.data() + cells_.of({row, row + 1}).first - cells_.of(rows).first;
  std::vector<double> line(cells_.line_length());
  for (const auto& group : cells_.groups()) {
    const double* points = objective.data() + group.first_point;
    std::copy_n(points, line.size(), line.begin());
    for (auto next = line.size(); next < group.points; next += line.size())
      for (std::size_t i = 0; i < line.size(); ++i) line[i] = std::max(line[i], points[next + i]);
    for (std::size_t b = 0; b < bins.size(); ++b) {
      auto& cell = of_row[group.first_cell + b];
      for (auto i = bins[b].first; i < bins[b].last; ++i) cell = std::max(cell, line[i]);
    }
  }
}

std::size_t PlateauCells::most_fetched() const {
  std::size_t most = 1;  // Over the neighbourhoods of single cells.
  for (const auto& axis : bins_) {
    std::size_t widest = 0;
    for (const auto& range : axis.touched)
      widest = std::max(widest, axis.bins[range.last - 1].last - axis.bins[range.first].first);
    most *= widest;
  }
  return std::min(cells_.grid().size(), std::max(most, kFetchedTogether));
}

}  // namespace sorsweep
