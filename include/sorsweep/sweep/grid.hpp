/// \file
/// The grid of parameters. Points are addressed by number and never listed in memory.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "sorsweep/collapse/affine.hpp"
#include "sorsweep/core/money.hpp"
#include "sorsweep/router/parameters.hpp"

namespace sorsweep {

/// The most values of an axis.
inline constexpr std::size_t kMostPointsOfAxis = 10'000'000;

/// The values of one parameter, in nano-dollars or billionths, strictly ascending.
struct Axis {
  std::string name;
  std::vector<Nano> values;
  ParameterUnit unit = ParameterUnit::dollars;
};

/// Makes an axis of evenly spaced values. Each is rounded half up to a nano-dollar, in integers; both ends are exact.
/// \throws Error (usage) as list_axis does, and for one point with two different ends
Axis linear_axis(const std::string& name, Nano first, Nano last, std::size_t points);

/// Makes an axis of values with even ratios, computed in doubles between exact ends. \throws Error (usage) as
/// linear_axis does, and if an end is not above 0
Axis log_axis(const std::string& name, Nano first, Nano last, std::size_t points);

/// Makes an axis of given values. \throws Error (usage) if there are none, more than kMostPointsOfAxis, or they do not
/// ascend strictly
Axis list_axis(const std::string& name, std::vector<Nano> values);

/// A box of the grid: positions [first, last) on each axis.
struct GridBox {
  std::array<std::size_t, kMostParameters> first{}, last{};
  std::size_t length(std::size_t axis) const { return last[axis] - first[axis]; }
  std::size_t size() const { return length(0) * length(1) * length(2) * length(3); }
  bool has(const std::array<std::size_t, kMostParameters>& at) const;
};

/// The smallest box that contains both.
GridBox around(const GridBox& a, const GridBox& b);

/// The product of a router's parameters, such as λ_over × λ_under × θ_queue [× half_spread]. Points are numbered in
/// product order: the last axis runs fastest.
class Grid {
 public:
  static constexpr std::size_t kAxes = kMostParameters;
  using Index = std::array<std::size_t, kAxes>;  ///< A position on each axis.
  using Values = std::array<Nano, kAxes>;        ///< A value of each axis, in nano-dollars or billionths.

  /// \param axes one to four; the missing ones have no name and the single value 0
  /// \throws Error (usage) for another number of axes, and for more than 2^48 points
  explicit Grid(std::vector<Axis> axes);

  std::size_t size() const { return size_; }
  std::size_t dimensions() const { return dimensions_; }  ///< Number of axes given.
  const std::array<Axis, kAxes>& axes() const { return axes_; }
  const std::string& name(std::size_t axis) const { return axes_[axis].name; }
  bool is_money(std::size_t axis) const { return axes_[axis].unit == ParameterUnit::dollars; }
  std::size_t length(std::size_t axis) const { return axes_[axis].values.size(); }

  /// The axis' values as doubles, in dollars per share or as plain numbers.
  const std::vector<double>& dollars(std::size_t axis) const { return dollars_[axis]; }

  /// The number of rows. A row is all points that share a value of the slowest axis with more than one value. Slabs
  /// are cut between rows.
  std::size_t rows() const { return size_ / points_per_row_; }
  std::size_t points_per_row() const { return points_per_row_; }

  // A point's number, positions and values.
  Index index(std::size_t point) const;
  std::size_t point(const Index& index) const;
  Values values(std::size_t point) const;
  Parameters parameters(std::size_t point) const;  ///< The first three axes.

  /// Makes a grid of the points of a box.
  Grid part(const GridBox& box) const;

 private:
  std::array<Axis, kAxes> axes_;
  std::size_t dimensions_;
  std::array<std::vector<double>, kAxes> dollars_;  ///< The axes' values, as kernels take them.
  std::size_t size_ = 1;
  std::size_t points_per_row_ = 1;
};

/// The points of a range of λ_over × λ_under × θ_queue, decoded into columns for kernels.
class ParameterBlock {
 public:
  /// Decodes points first … first + count − 1. Memory is reused.
  void decode(const Grid& grid, std::size_t first, std::size_t count);
  ParameterColumns columns() const { return {columns_[0], columns_[1], columns_[2]}; }

 private:
  std::array<std::vector<double>, 3> columns_;
};

}  // namespace sorsweep
