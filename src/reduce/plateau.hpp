/// \file
/// The plateau pick: the point whose worst neighbour is best (ENGINE §4).
///
/// Neighbours lie within 5 % of the span of every axis, in values and not in steps: so the pick does not depend on how
/// fine the grid is. Few points need to be looked at. Axes are cut into bins much narrower than a neighbourhood, so the
/// grid into cells, and of each cell the worst point is kept. The worst of all cells that lie in the neighbourhood of
/// every point of a cell bounds the worst neighbours of its points from below; the worst of all cells that touch any
/// of them, from above. The pick lies in a cell whose lower bound is not above the least upper bound: there it is
/// found point by point.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "reduce/cells.hpp"
#include "sorsweep/reduce/summary.hpp"
#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// An axis cut into bins of values that are near each other.
struct AxisBins {
  /// \param per_radius bins are no wider than the radius of a neighbourhood divided by it
  AxisBins(const std::vector<Nano>& values, std::int64_t per_radius);

  std::vector<Window> bins;        ///< the positions in each
  std::vector<Window> neighbours;  ///< of each position: positions
  std::vector<Window> within;      ///< of each bin: bins all of whose values are neighbours of all of its own
  std::vector<Window> touched;     ///< of each bin: bins that hold any neighbour of any of its values
};

/// The neighbourhood of a point.
GridBox neighbourhood(const Grid& grid, std::size_t point);

/// Gives the objectives of a box's points, in order.
using FetchObjectives = std::function<std::vector<double>(const GridBox&)>;

class PlateauCells {
 public:
  /// Neighbourhoods of open cells are fetched together up to this many points.
  static constexpr std::size_t kFetchedTogether = std::size_t{1} << 20;

  /// \param grid outlives it
  explicit PlateauCells(const Grid& grid);

  const Cells& cells() const { return cells_; }

  /// Takes a row of points into the worst of its cells.
  /// \param worst of the cells of `rows`, of which `row` is one; at first -inf
  void take_worst(std::size_t row, RowRange rows, std::span<const double> objective, std::span<double> worst) const;

  /// \param worst of all cells
  PlateauPick find(const std::vector<double>& worst, const FetchObjectives& fetch) const;

  /// The most points that `find` fetches at a time.
  std::size_t most_fetched() const;

 private:
  class Search;

  std::vector<AxisBins> bins_;
  Cells cells_;
};

}  // namespace sorsweep
