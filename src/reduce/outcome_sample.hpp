/// \file
/// An even sample of the grid's points with what each paid on each day. The room trust judges the result by it.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// A sample for sliced routers, whose surfaces hold slippage.
class OutcomeSample {
 public:
  static constexpr std::size_t kMostPoints = std::size_t{1} << 16;
  static constexpr std::size_t kMostValues = std::size_t{1} << 24;  ///< Over all days: 128 MiB.

  /// Returns the bytes that a sample takes, once all days were added.
  static std::uint64_t bytes(const Grid& grid, std::size_t days);

  /// Samples all points if they fit. Otherwise it takes evenly spread values of each axis, both ends included.
  /// \param days number of days that will be added; the more days, the fewer points
  OutcomeSample(const Grid& grid, std::size_t days);

  /// The sampled points as a grid of their own.
  const Grid& grid() const { return part_; }
  /// Their numbers in the whole grid, ascending.
  const std::vector<std::size_t>& points() const { return points_; }
  bool is_whole() const { return is_whole_; }

  /// Adds a day from the surface of the whole grid, or from its parts one after the other.
  /// \param first_point the point that the surface begins with; 0 begins a day
  void add(const Surface& surface, std::size_t first_point = 0);
  /// Adds a day from a surface of the sample's own grid.
  void add_own(Surface&& surface) { days_.push_back(std::move(surface.slippage)); }

  /// For each day, the slippage of each sampled point in nano-dollars, as in Surface.
  const std::vector<std::vector<std::int64_t>>& days() const { return days_; }
  /// Gives a day away, so that its memory is free once it is used.
  std::vector<std::int64_t> take_day(std::size_t day) { return std::move(days_[day]); }

 private:
  std::vector<std::size_t> points_;
  Grid part_;
  bool is_whole_;
  std::vector<std::vector<std::int64_t>> days_;
};

}  // namespace sorsweep
