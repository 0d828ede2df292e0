/// \file
/// The reducer's sums, a figure or two for each point.
#pragma once

#include <cstddef>
#include <memory>

#include "sorsweep/sweep/reducer.hpp"

namespace sorsweep {

class PointSums {
 public:
  virtual ~PointSums() = default;
  virtual void add(const UnitResult& unit) = 0;
  /// Over all days so far.
  virtual PointTotal total(std::size_t point) const = 0;
  virtual PointTotal of_day(const UnitResult& unit, std::size_t point) const = 0;
};

std::unique_ptr<PointSums> make_point_sums(std::size_t points, double shares, bool is_sliced,
                                           const Objective& objective);

/// The arrival value of a day, in dollars: shares × mid of its first slice.
double arrival_value(const SliceDay& day);

}  // namespace sorsweep
