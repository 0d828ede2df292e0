/// \file
/// The grid: points addressed by their index, never listed in memory.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "sorsweep/collapse/affine.hpp"
#include "sorsweep/core/money.hpp"
#include "sorsweep/router/parameters.hpp"

namespace sorsweep {

inline constexpr std::size_t kMostPointsOfAxis = 10'000'000;

/// Values of one parameter, in nano-dollars or billionths, strictly ascending.
struct Axis {
  std::string name;
  std::vector<Nano> values;
  ParameterUnit unit = ParameterUnit::dollars;
};

/// `points` values from `first` to `last`, evenly spaced, each rounded half up to a nano-dollar in integers.
/// Both ends are met exactly. \throws Error (usage) as list_axis does, and for one point with two ends
Axis linear_axis(const std::string& name, Nano first, Nano last, std::size_t points);

/// The same with even ratios, in doubles between the ends. \throws Error (usage) likewise, and for an end that is not above 0
Axis log_axis(const std::string& name, Nano first, Nano last, std::size_t points);

/// The values as they are. \throws Error (usage) for none, more than kMostPointsOfAxis, and such as do not ascend strictly
Axis list_axis(const std::string& name, std::vector<Nano> values);

/// Positions [first, last) on each axis.
struct GridBox {
  std::array<std::size_t, kMostParameters> first{}, last{};
  std::size_t length(std::size_t axis) const { return last[axis] - first[axis]; }
  std::size_t size() const { return length(0) * length(1) * length(2) * length(3); }
  bool has(const std::array<std::size_t, kMostParameters>& at) const;
};

/// The least box that has both.
GridBox around(const GridBox& a, const GridBox& b);

/// Product of a router's parameters: λ_over × λ_under × θ_queue [× half_spread], or those of a router of one's own. Point i
/// is the i-th in product order: the last axis runs fastest.
class Grid {
 public:
  static constexpr std::size_t kAxes = kMostParameters;
  using Index = std::array<std::size_t, kAxes>;  ///< a position on each axis
  using Values = std::array<Nano, kAxes>;        ///< a value of each axis, nano-dollars or billionths

  /// \param axes one to four; those that are not given have no name and the single value 0
  /// \throws Error (usage) for another number of axes, and for more than 2^48 points
  explicit Grid(std::vector<Axis> axes);

  std::size_t size() const { return size_; }
  std::size_t dimensions() const { return dimensions_; }  ///< how many axes were given
  const std::array<Axis, kAxes>& axes() const { return axes_; }
  const std::string& name(std::size_t axis) const { return axes_[axis].name; }
  bool is_money(std::size_t axis) const { return axes_[axis].unit == ParameterUnit::dollars; }
  std::size_t length(std::size_t axis) const { return axes_[axis].values.size(); }

  /// The axis' values as doubles: dollars a share, or numbers where it is of those.
  const std::vector<double>& dollars(std::size_t axis) const { return dollars_[axis]; }

  /// A row: all points that share a value of the slowest axis with more than one. Slabs are cut between rows.
  std::size_t rows() const { return size_ / points_per_row_; }
  std::size_t points_per_row() const { return points_per_row_; }

  // Of a point, by its number.
  Index index(std::size_t point) const;
  std::size_t point(const Index& index) const;
  Values values(std::size_t point) const;
  Parameters parameters(std::size_t point) const;  ///< the first three axes, as our routers have them

  /// The points of a box as a grid of its own.
  Grid part(const GridBox& box) const;

 private:
  std::array<Axis, kAxes> axes_;
  std::size_t dimensions_;
  std::array<std::vector<double>, kAxes> dollars_;  ///< the axes' values once more, as kernels take them
  std::size_t size_ = 1;
  std::size_t points_per_row_ = 1;
};

/// Columns of a range of points of λ_over × λ_under × θ_queue, decoded once and used by kernels.
class ParameterBlock {
 public:
  /// Points first … first + count − 1. Memory is kept.
  void decode(const Grid& grid, std::size_t first, std::size_t count);
  ParameterColumns columns() const { return {columns_[0], columns_[1], columns_[2]}; }

 private:
  std::array<std::vector<double>, 3> columns_;
};

}  // namespace sorsweep
