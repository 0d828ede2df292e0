#include "sweep/plateau.hpp"

#include <algorithm>

namespace sorsweep {
namespace {

constexpr std::int64_t kRadius = 20;  // a twentieth of the span
/// By the number of axes with more than one value. More bins bound more tightly and take memory: up to 81³ cells.
constexpr std::array<std::int64_t, Grid::kAxes + 1> kBinsPerRadius = {1, 64, 16, 4, 1};

/// Whether two values, a ≤ b, lie within a part of the span: in integers, without rounding.
bool are_within(Nano a, Nano b, Nano span, std::int64_t parts) {
  return static_cast<__int128>(parts) * (b - a) <= span;
}

/// Positions around `at` for which is_in holds: it does at `at`, and nowhere beyond a position where it does not.
template <class IsIn>
Window grow(std::size_t at, std::size_t count, const IsIn& is_in) {
  Window window{at, at + 1};
  while (window.first > 0 && is_in(window.first - 1)) --window.first;
  while (window.last < count && is_in(window.last)) ++window.last;
  return window;
}

}  // namespace

AxisBins::AxisBins(const std::vector<Nano>& values, std::int64_t per_radius) {
  const auto span = values.back() - values.front();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bins.empty() || !are_within(values[bins.back().first], values[i], span, kRadius * per_radius))
      bins.push_back({i, i});
    bins.back().last = i + 1;
    of.push_back(bins.size() - 1);
  }
  const auto are_near = [&](std::size_t i, std::size_t j) { return are_within(values[i], values[j], span, kRadius); };
  Window near;
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (!are_near(near.first, i)) ++near.first;
    while (near.last < values.size() && (near.last <= i || are_near(i, near.last))) ++near.last;
    neighbours.push_back(near);
  }
  for (std::size_t b = 0; b < count(); ++b) {
    within.push_back(grow(b, count(), [&](std::size_t j) {
      return are_near(bins[std::min(b, j)].first, bins[std::max(b, j)].last - 1);
    }));
    touched.push_back(grow(b, count(), [&](std::size_t j) {
      return are_near(bins[std::min(b, j)].last - 1, bins[std::max(b, j)].first);
    }));
  }
}

PlateauCells::PlateauCells(const Grid& grid) : grid_(grid), slowest_(slowest_axis(grid)), fastest_(fastest_axis(grid)) {
  std::size_t live = 0;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) live += grid.length(a) > 1;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) bins_.emplace_back(grid.axes()[a].values, kBinsPerRadius[live]);
  for (std::size_t a = slowest_ + 1; a < Grid::kAxes; ++a) cells_per_bin_ *= bins_[a].count();
}

Window PlateauCells::cells_of(RowRange rows) const {
  const auto& bins = bins_[slowest_].of;
  return {bins[rows.first] * cells_per_bin_, (bins[rows.last - 1] + 1) * cells_per_bin_};
}

std::size_t PlateauCells::cell_of_line(const Grid::Index& at) const {
  std::size_t cell = 0;
  for (auto a = slowest_ + 1; a < Grid::kAxes; ++a)
    cell = cell * bins_[a].count() + (a == fastest_ ? 0 : bins_[a].of[at[a]]);
  return cell;
}

/// Lines that share their cells become one first, all along their length: that is what vector lanes do best.
void PlateauCells::take_worst(std::size_t row, RowRange rows, std::span<const double> objective,
                              std::span<double> worst) const {
  const bool has_lines = fastest_ != slowest_;
  const auto length = has_lines ? grid_.length(fastest_) : 1;
  const std::vector<Window> whole{{0, 1}};
  const auto& bins = has_lines ? bins_[fastest_].bins : whole;
  const auto bin_of_row = bins_[slowest_].of[row] - bins_[slowest_].of[rows.first];
  const auto cell_at = [&](std::size_t i) {
    return bin_of_row * cells_per_bin_ + cell_of_line(grid_.index(row * grid_.points_per_row() + i));
  };
  std::vector<double> line(length);
  for (std::size_t first = 0; first < objective.size();) {
    const auto cell = cell_at(first);
    std::copy_n(objective.begin() + static_cast<std::ptrdiff_t>(first), length, line.begin());
    for (first += length; first < objective.size() && cell_at(first) == cell; first += length)
      for (std::size_t i = 0; i < length; ++i) line[i] = std::max(line[i], objective[first + i]);
    for (std::size_t b = 0; b < bins.size(); ++b)
      for (auto i = bins[b].first; i < bins[b].last; ++i) worst[cell + b] = std::max(worst[cell + b], line[i]);
  }
}

std::size_t PlateauCells::most_fetched() const {
  std::size_t most = 1;  // of one cell
  for (const auto& axis : bins_) {
    std::size_t widest = 0;
    for (const auto& range : axis.touched)
      widest = std::max(widest, axis.bins[range.last - 1].last - axis.bins[range.first].first);
    most *= widest;
  }
  return std::min(grid_.size(), std::max(most, kFetchedTogether));
}

std::size_t slowest_axis(const Grid& grid) {
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    if (grid.length(a) > 1) return a;
  return 0;
}

std::size_t fastest_axis(const Grid& grid) {
  for (auto a = Grid::kAxes; a-- > 0;)
    if (grid.length(a) > 1) return a;
  return 0;
}

}  // namespace sorsweep
