/// \file
/// Cuts the grid into cells. A cell is a product of bins, and a bin is a range of neighbouring values of an axis.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// A range of positions [first, last).
struct Window {
  std::size_t first = 0, last = 0;
  std::size_t size() const { return last - first; }
};

/// The axis whose planes are the grid's rows; 0 if no axis has more than one value.
std::size_t slowest_axis(const Grid& grid);

/// The axis along which points are contiguous; 0 if no axis has more than one value.
std::size_t fastest_axis(const Grid& grid);

/// A grid cut into cells, which are numbered in product order of their bins.
class Cells {
 public:
  using Bins = std::array<std::vector<Window>, Grid::kAxes>;

  /// \param grid must outlive it
  /// \param bins of each axis, in order and without gaps
  Cells(const Grid& grid, Bins bins);

  const Grid& grid() const { return grid_; }
  const Bins& bins() const { return bins_; }
  std::size_t size() const { return bins_[slowest_].size() * per_bin_; }
  /// Number of cells that share a bin of the slowest axis. They are contiguous.
  std::size_t per_bin() const { return per_bin_; }
  /// The range of cells that the points of these rows lie in.
  Window of(RowRange rows) const;
  /// The bin of a cell on each axis.
  Grid::Index at(std::size_t cell) const;
  GridBox box(std::size_t cell) const;

  /// Contiguous points of a row: whole lines along the fastest axis that lie in the same cells. Groups are the same in
  /// every row.
  struct Group {
    std::size_t first_point = 0, points = 0;  ///< Counted from the first point of the row.
    /// The line's first cell, counted from the row's first. The others follow, one for each of line_bins.
    std::size_t first_cell = 0;
  };
  const std::vector<Group>& groups() const { return groups_; }

  /// Number of points of a line; 1 if rows are single points.
  std::size_t line_length() const;
  /// The positions of a line that lie in each of its cells.
  const std::vector<Window>& line_bins() const { return line_bins_; }

 private:
  void group_lines();

  const Grid& grid_;
  Bins bins_;
  std::array<std::vector<std::size_t>, Grid::kAxes> bin_of_;  ///< The bin of each position.
  std::vector<Window> line_bins_;
  std::vector<Group> groups_;
  std::size_t slowest_, fastest_;
  std::size_t per_bin_ = 1;
};

}  // namespace sorsweep
