/// \file
/// An even sample of the grid's points, with what each paid on each day: for what asks whether the answer holds.
#pragma once

#include <cstddef>
#include <vector>

#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Of routers that work in slices: their surfaces of slippage are what it takes.
class OutcomeSample {
 public:
  static constexpr std::size_t kMostPoints = std::size_t{1} << 16;
  static constexpr std::size_t kMostValues = std::size_t{1} << 24;  ///< over all days: 128 MiB

  /// All points where they fit, else a grid of evenly spread values, ends included, of each axis.
  /// \param days that will be added: the more, the fewer points
  OutcomeSample(const Grid& grid, std::size_t days);

  /// The points as a grid of their own.
  const Grid& grid() const { return part_; }
  /// Their numbers in the whole grid, ascending.
  const std::vector<std::size_t>& points() const { return points_; }
  bool is_whole() const { return is_whole_; }

  /// Takes a day from the surface of the whole grid, or of its parts one after the other.
  /// \param first_point that the surface begins with; 0 begins a day
  void add(const Surface& surface, std::size_t first_point = 0);
  /// Takes a day from a surface of the sample's own grid.
  void add_own(Surface&& surface) { days_.push_back(std::move(surface.slippage)); }

  /// Of each day added, of each point: slippage in nano-dollars, as in Surface.
  const std::vector<std::vector<std::int64_t>>& days() const { return days_; }

 private:
  std::vector<std::size_t> points_;
  Grid part_;
  bool is_whole_;
  std::vector<std::vector<std::int64_t>> days_;
};

}  // namespace sorsweep
