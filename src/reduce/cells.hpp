/// \file
/// The grid cut into cells: each a product of bins, which are neighbouring values of an axis.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// Positions [first, last).
struct Window {
  std::size_t first = 0, last = 0;
  std::size_t size() const { return last - first; }
};

/// The axis whose planes are the grid's rows; 0 where no axis has more than one value.
std::size_t slowest_axis(const Grid& grid);

/// The axis along which points lie side by side; 0 where no axis has more than one value.
std::size_t fastest_axis(const Grid& grid);

/// Cells have numbers in product order of their bins.
class Cells {
 public:
  using Bins = std::array<std::vector<Window>, Grid::kAxes>;

  /// \param grid outlives it
  /// \param bins of each axis, in order, without gaps
  Cells(const Grid& grid, Bins bins);

  const Grid& grid() const { return grid_; }
  const Bins& bins() const { return bins_; }
  std::size_t size() const { return bins_[slowest_].size() * per_bin_; }
  /// Cells that share a bin of the slowest axis: one behind the other.
  std::size_t per_bin() const { return per_bin_; }
  /// The cells that points of these rows lie in: one range.
  Window of(RowRange rows) const;
  /// The bin of each cell, on each axis.
  Grid::Index at(std::size_t cell) const;
  GridBox box(std::size_t cell) const;

  /// Points of a row that lie side by side: whole lines along the fastest axis, all of the same cells. The same in
  /// every row.
  struct Group {
    std::size_t first_point = 0, points = 0;  ///< counted from the row's first
    std::size_t first_cell = 0;  ///< of a line, counted from the row's first; then one for each of line_bins
  };
  const std::vector<Group>& groups() const { return groups_; }

  /// Points of a line: 1 where rows are single points.
  std::size_t line_length() const;
  /// Positions of the line in each of its cells.
  const std::vector<Window>& line_bins() const { return line_bins_; }

 private:
  void group_lines();

  const Grid& grid_;
  Bins bins_;
  std::array<std::vector<std::size_t>, Grid::kAxes> bin_of_;  ///< of each position
  std::vector<Window> line_bins_;
  std::vector<Group> groups_;
  std::size_t slowest_, fastest_;
  std::size_t per_bin_ = 1;
};

}  // namespace sorsweep
