/// \file
/// The plateau pick: the point whose worst neighbour is best (docs/results.md, "best.json").
///
/// Neighbours lie within 5 % of the span of every axis. This is measured in values, not in steps, so the pick does not
/// depend on how fine the grid is. To look at few points only, each axis is cut into bins much narrower than a
/// neighbourhood. This cuts the grid into cells, and the worst objective of each cell is kept. For the points of a
/// cell, the worst of all cells inside every point's neighbourhood is a lower bound of their worst neighbours; the
/// worst of all cells that touch any neighbourhood is an upper bound. The pick lies in a cell whose lower bound does
/// not exceed the least upper bound, and is found there point by point.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "reduce/cells.hpp"
#include "sorsweep/reduce/summary.hpp"
#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// An axis that is cut into bins of nearby values.
struct AxisBins {
  /// \param per_radius number by which the radius of a neighbourhood is divided to give the greatest width of a bin
  AxisBins(const std::vector<Nano>& values, std::int64_t per_radius);

  std::vector<Window> bins;        ///< The positions in each bin.
  std::vector<Window> neighbours;  ///< The neighbouring positions of each position.
  std::vector<Window> within;      ///< For each bin, the bins whose values are all neighbours of all of its values.
  std::vector<Window> touched;     ///< For each bin, the bins that hold a neighbour of any of its values.
};

/// The neighbourhood of a point, as a box.
GridBox neighbourhood(const Grid& grid, std::size_t point);

/// A callback that returns the objectives of a box's points, in point order.
using FetchObjectives = std::function<std::vector<double>(const GridBox&)>;

/// Finds the plateau pick with the help of cells.
class PlateauCells {
 public:
  /// The most points for which neighbourhoods of several open cells are fetched together.
  static constexpr std::size_t kFetchedTogether = std::size_t{1} << 20;

  /// \param grid must outlive it
  explicit PlateauCells(const Grid& grid);

  const Cells& cells() const { return cells_; }

  /// Updates the worst objectives of cells with a row of points.
  /// \param worst one for each cell of `rows`, which include `row`; -inf at first
  void take_worst(std::size_t row, RowRange rows, std::span<const double> objective, std::span<double> worst) const;

  /// Finds the pick. \param worst the worst objective of every cell
  PlateauPick find(const std::vector<double>& worst, const FetchObjectives& fetch) const;

  /// The most points that `find` fetches at a time.
  std::size_t most_fetched() const;

 private:
  class Search;

  std::vector<AxisBins> bins_;
  Cells cells_;
};

}  // namespace sorsweep
