/// \file
/// Candidates of a box as columns of doubles, and the two kernels of the tree: who is cheapest at a corner, and who is
/// beaten by a given candidate at all corners.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "sweep/lanes4.hpp"

namespace sorsweep {

/// Columns: cost at the lowest corner of the box, slopes by axis, id (a whole number). Ids ascend. Filled up to whole
/// lanes with candidates of infinite cost, which never win and are always beaten.
template <int D>
class BoxColumns {
 public:
  static constexpr int kCost = 0;
  static constexpr int kSlope = 1;
  static constexpr int kId = D + 1;
  static constexpr int kColumns = D + 2;

  std::size_t size() const { return size_; }
  double* column(int which) { return storage_.data() + static_cast<std::size_t>(which) * capacity_; }
  const double* column(int which) const { return storage_.data() + static_cast<std::size_t>(which) * capacity_; }
  const double* slope(int axis) const { return column(kSlope + axis); }
  std::uint32_t id(std::size_t position) const { return static_cast<std::uint32_t>(column(kId)[position]); }

  /// Room for `size` candidates; contents are then the caller's to write, fill_up() included.
  void resize(std::size_t size) {
    if (size + kLanes > capacity_) {
      capacity_ = (size + size / 2 + 2 * kLanes) / kLanes * kLanes;
      storage_.resize(capacity_ * kColumns);
    }
    size_ = size;
  }

  void fill_up() {
    for (std::size_t i = size_; i % kLanes != 0; ++i) {
      for (int k = 0; k < kColumns; ++k) column(k)[i] = column(k)[size_ - 1];
      column(kCost)[i] = std::numeric_limits<double>::infinity();
    }
  }

  void copy(const BoxColumns& other) {
    resize(other.size_);
    for (int k = 0; k < kColumns; ++k)
      for (std::size_t i = 0; i < other.size_; i += kLanes) store4(column(k) + i, load4(other.column(k) + i));
  }

  /// Moves the lowest corner by `step` along an axis.
  void shift(int axis, double step) {
    double* cost = column(kCost);
    const double* s = slope(axis);
    for (std::size_t i = 0; i < size_; i += kLanes) store4(cost + i, load4(cost + i) + load4(s + i) * all4(step));
  }

  /// Position of the cheapest candidate at the lowest corner plus `at`, the first among equals.
  std::size_t cheapest(const std::array<double, D>& at) const {
    Lanes4 least = all4(std::numeric_limits<double>::infinity());
    Lanes4 best = all4(0);
    Lanes4 position = {0, 1, 2, 3};
    for (std::size_t i = 0; i < size_; i += kLanes) {
      Lanes4 cost = load4(column(kCost) + i);
      for (int a = 0; a < D; ++a) cost += load4(slope(a) + i) * all4(at[static_cast<std::size_t>(a)]);
      const auto less = cost < least;
      least = less ? cost : least;
      best = less ? position : best;
      position += all4(kLanes);
    }
    int first = 0;
    for (int lane = 1; lane < 4; ++lane)
      if (least[lane] < least[first] || (least[lane] == least[first] && best[lane] < best[first])) first = lane;
    return static_cast<std::size_t>(best[first]);
  }

  /// Drops candidates that the one at `by` beats at all corners of a box of these widths: the least difference
  /// over the corners is taken axis by axis. With margin 0 doubles are exact and the lower id wins ties; else a
  /// candidate must lose by more than the margin. \returns the new position of `by`
  std::size_t drop_beaten(std::size_t by, const std::array<double, D>& width, double margin) {
    const double tie_lost = margin > 0 ? margin : 0;  // for candidates after `by`
    const double tie_won = margin > 0 ? margin : 1;   // costs are whole numbers
    std::array<Lanes4, D> slope_by, w;
    for (int a = 0; a < D; ++a) {
      slope_by[static_cast<std::size_t>(a)] = all4(slope(a)[by]);
      w[static_cast<std::size_t>(a)] = all4(width[static_cast<std::size_t>(a)]);
    }
    const Lanes4 cost_by = all4(column(kCost)[by]);
    const Lanes4 by4 = all4(static_cast<double>(by));
    Lanes4 position = {0, 1, 2, 3};
    std::size_t kept = 0, new_by = 0;
    for (std::size_t i = 0; i < size_; i += kLanes) {
      Lanes4 least = load4(column(kCost) + i) - cost_by;
      for (int a = 0; a < D; ++a)
        least += lesser4(load4(slope(a) + i) - slope_by[static_cast<std::size_t>(a)], all4(0)) *
                 w[static_cast<std::size_t>(a)];
      const Lanes4 enough = position > by4 ? all4(tie_lost) : all4(tie_won);
      const unsigned keep = bits4(least < enough);
      position += all4(kLanes);
      if (i <= by && by < i + kLanes)
        new_by = kept + static_cast<std::size_t>(__builtin_popcount(keep & ((1U << (by - i)) - 1)));
      if (keep == 0) continue;
      for (int k = 0; k < kColumns; ++k) store4(column(k) + kept, front4(load4(column(k) + i), keep));
      kept += static_cast<std::size_t>(__builtin_popcount(keep));
    }
    size_ = kept;
    fill_up();
    return new_by;
  }

  /// Largest minus smallest slope of an axis.
  double spread(int axis) const {
    const double* s = slope(axis);
    Lanes4 low = load4(s), high = low;
    for (std::size_t i = kLanes; i < size_; i += kLanes) {
      const Lanes4 v = load4(s + i);
      low = lesser4(low, v);
      high = v > high ? v : high;
    }
    return std::max({high[0], high[1], high[2], high[3]}) - std::min({low[0], low[1], low[2], low[3]});
  }

 private:
  std::vector<double> storage_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace sorsweep
