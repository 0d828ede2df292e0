/// \file
/// The sums that the reducer keeps for each point of a slab.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep {

/// Sums over days for the points of a slab.
class PointSums {
 public:
  virtual ~PointSums() = default;

  /// Starts again with zeros. Memory is reused.
  virtual void reset(std::size_t points) = 0;

  /// Adds a day. \param rows the slab's part of its surface
  /// \return the slab's best of the day and its ties; `point` is a position in the slab
  virtual DayBest add(const DayFacts& facts, const SurfaceRows& rows) = 0;

  /// The figures of the i-th point of the slab over all days so far. `point` is its position in the slab.
  virtual PointTotal total(std::size_t i) const = 0;

  /// Writes the objectives of points first, first + 1, … as in `total`.
  virtual void objectives(std::size_t first, std::span<double> objective) const = 0;

  /// Writes the slippage against the arrival mid, drift included, of points first, first + 1, …; 0 for routers that
  /// are not sliced.
  virtual void slippage_nano(std::size_t first, std::span<Nano> out) const = 0;

  /// Whether the objective alone ranks points, here and against other slabs for which this is true.
  virtual bool ranks_by_objective() const = 0;
};

std::unique_ptr<PointSums> make_point_sums(const ReduceOptions& options);

}  // namespace sorsweep
