/// \file
/// The reducer's sums, a figure or two for each point of a slab.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep {

class PointSums {
 public:
  virtual ~PointSums() = default;

  /// Begins anew. Memory is kept.
  virtual void reset(std::size_t points) = 0;

  /// Adds a day. \param rows the slab's part of its surface
  /// \return the slab's best of the day, as the position in it, and how many equal it
  virtual DayBest add(const DayFacts& facts, const SurfaceRows& rows) = 0;

  /// Of the i-th point of the slab, over all days so far. `point` is the position.
  virtual PointTotal total(std::size_t i) const = 0;

  /// Objectives of `objective.size()` points from the first-th on: those of `total`.
  virtual void objectives(std::size_t first, std::span<double> objective) const = 0;

  /// Slippage against the arrival mid, drift included, of points from the first-th on; 0 where routers have none.
  virtual void slippage_nano(std::size_t first, std::span<Nano> out) const = 0;

  /// Whether the objective alone decides, here and against other slabs of which this is said.
  virtual bool ranks_by_objective() const = 0;
};

std::unique_ptr<PointSums> make_point_sums(const ReduceOptions& options);

}  // namespace sorsweep
