// tested by: tests/python/results_file_test.py (regions)
#include "reduce/region_cells.hpp"

#include <algorithm>
#include <limits>

namespace sorsweep {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Chooses as many bins as a picture needs. The axis with the most bins is reduced first.
Cells::Bins bins_of(const Grid& grid) {
  std::array<std::size_t, Grid::kAxes> count{};
  for (std::size_t a = 0; a < Grid::kAxes; ++a) count[a] = std::min(grid.length(a), RegionCells::kMostBins);
  while (count[0] * count[1] * count[2] * count[3] > RegionCells::kMostRegions) --*std::ranges::max_element(count);
  Cells::Bins bins;
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    for (std::size_t b = 0; b < count[a]; ++b)
      bins[a].push_back({grid.length(a) * b / count[a], grid.length(a) * (b + 1) / count[a]});
  return bins;
}

/// Extremes and sums over several lines, position by position.
struct LineSums {
  std::vector<double> least, most, sum;

  void take(const double* points, std::size_t length, std::size_t count) {
    least.assign(points, points + length);
    most = sum = least;
    for (auto next = length; next < count; next += length) {
      for (std::size_t i = 0; i < length; ++i) {
        const double value = points[next + i];
        least[i] = value < least[i] ? value : least[i];
        most[i] = value > most[i] ? value : most[i];
        sum[i] += value;
      }
    }
  }
};

/// Finds the first point with this value within a bin, on the lines from `begin` on.
std::size_t find_in_bin(std::span<const double> objective, std::size_t begin, std::size_t length, const Window& bin,
                        double value) {
  for (;; begin += length)
    for (auto i = begin + bin.first; i < begin + bin.last; ++i)
      if (objective[i] == value) return i;
}

}  // namespace

RegionCells::RegionCells(const Grid& grid) : cells_(grid, bins_of(grid)) {}

RowRegions RegionCells::begin(RowRange rows) const {
  const auto count = cells_.of(rows).size();
  return {std::vector<double>(count, kInfinity),
          std::vector<double>(count, -kInfinity),
          std::vector<std::size_t>(count),
          {}};
}

void RegionCells::add(std::size_t row, RowRange rows, std::span<const double> objective, RowRegions& to) const {
  const auto length = cells_.line_length();
  const auto& bins = cells_.line_bins();
  const auto first_cell = cells_.of({row, row + 1}).first - cells_.of(rows).first;
  const auto first_point = row * cells_.grid().points_per_row();
  const auto first_sum = to.sums.size();
  to.sums.resize(first_sum + cells_.per_bin());
  LineSums line;
  for (const auto& group : cells_.groups()) {
    line.take(objective.data() + group.first_point, length, group.points);
    for (std::size_t b = 0; b < bins.size(); ++b) {
      const auto cell = first_cell + group.first_cell + b;
      double least = kInfinity;
      for (auto i = bins[b].first; i < bins[b].last; ++i) {
        least = std::min(least, line.least[i]);
        to.most[cell] = std::max(to.most[cell], line.most[i]);
        to.sums[first_sum + group.first_cell + b] += line.sum[i];
      }
      if (!(least < to.least[cell])) continue;
      to.least[cell] = least;
      to.best_point[cell] = first_point + find_in_bin(objective, group.first_point, length, bins[b], least);
    }
  }
}

Regions RegionCells::nothing() const {
  Regions regions;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    for (const auto& bin : cells_.bins()[a]) regions.begin[a].push_back(bin.first);
    regions.begin[a].push_back(cells_.grid().length(a));
  }
  regions.least.assign(cells_.size(), kInfinity);
  regions.most.assign(cells_.size(), -kInfinity);
  regions.mean.assign(cells_.size(), 0);
  regions.best_point.assign(cells_.size(), 0);
  return regions;
}

void RegionCells::fold(RowRange rows, const RowRegions& from, Regions& to) const {
  const auto first = cells_.of(rows).first;
  for (std::size_t i = 0; i < from.least.size(); ++i) {
    to.most[first + i] = std::max(to.most[first + i], from.most[i]);
    if (!(from.least[i] < to.least[first + i])) continue;
    to.least[first + i] = from.least[i];
    to.best_point[first + i] = from.best_point[i];
  }
  const double* sums = from.sums.data();
  for (auto row = rows.first; row < rows.last; ++row) {
    const auto cell = cells_.of({row, row + 1}).first;
    for (std::size_t i = 0; i < cells_.per_bin(); ++i) to.mean[cell + i] += *sums++;
  }
}

void RegionCells::finish(Regions& regions) const {
  for (std::size_t cell = 0; cell < regions.size(); ++cell)
    regions.mean[cell] /= static_cast<double>(cells_.box(cell).size());
}

}  // namespace sorsweep
