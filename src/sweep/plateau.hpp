/// \file
/// The plateau pick: the point whose worst neighbour is best (ENGINE §4).
///
/// Neighbours lie within 5 % of the span of every axis, in values and not in steps: so the pick does not depend on how
/// fine the grid is. The maximum over a box of neighbours is taken axis by axis, over sliding windows.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sorsweep/sweep/reducer.hpp"

namespace sorsweep {

/// For each value of an axis the range of positions [first, last] within 5 % of its span.
struct AxisWindows {
  explicit AxisWindows(const std::vector<Nano>& values);
  std::vector<std::size_t> first, last;  ///< not descending
  std::size_t widest() const;
};

/// Element-wise maxima over a queue of equally long vectors, each pushed and popped once (two stacks).
class SlidingMax {
 public:
  explicit SlidingMax(std::size_t length) : length_(length) {}
  void clear();
  void push(const double* values);
  void pop();
  /// \param out of `length` values. The queue is not empty
  void max(double* out) const;

 private:
  std::size_t length_;
  std::vector<double> front_;  ///< maxima of an element and all that were pushed after it up to the turn, oldest last
  std::vector<double> back_;   ///< as pushed since
  std::vector<double> back_max_;  ///< of those
};

/// Replaces each point of a row by the worst objective among its neighbours within the row.
void take_worst_of_neighbours(const Grid& grid, const std::vector<AxisWindows>& windows, std::vector<double>& row);

/// Takes rows in order, each after take_worst_of_neighbours, and looks at a part of each: parts are independent.
class PlateauSearch {
 public:
  /// \param first,count the part of a row
  PlateauSearch(const Grid& grid, std::size_t first, std::size_t count);
  /// \param row whole
  void push(std::span<const double> row);
  const PlateauPick& pick() const { return pick_; }

  /// What the search holds at a time.
  static std::size_t bytes(const Grid& grid);

 private:
  void look_at_next();

  std::size_t points_per_row_, first_;
  AxisWindows windows_;  ///< of the slowest axis
  SlidingMax rows_;
  std::size_t pushed_ = 0, popped_ = 0, looked_at_ = 0;
  std::vector<double> worst_;
  PlateauPick pick_;
};

/// The axis whose planes are the grid's rows; 0 where no axis has more than one value.
std::size_t slowest_axis(const Grid& grid);

}  // namespace sorsweep
