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
  const double* cost() const { return column(kCost); }
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
      Lanes4 value = load4(cost() + i);
      for (int a = 0; a < D; ++a) value += load4(slope(a) + i) * all4(at[static_cast<std::size_t>(a)]);
      const auto less = value < least;
      least = less ? value : least;
      best = less ? position : best;
      position += all4(kLanes);
    }
    int first = 0;
    for (int lane = 1; lane < 4; ++lane)
      if (least[lane] < least[first] || (least[lane] == least[first] && best[lane] < best[first])) first = lane;
    return static_cast<std::size_t>(best[first]);
  }

  using Plane = std::array<double, D + 1>;  ///< cost at the lowest corner, slopes

  Plane plane(std::size_t position) const {
    Plane plane;
    for (int k = 0; k <= D; ++k) plane[static_cast<std::size_t>(k)] = column(k)[position];
    return plane;
  }

  double cost_at(std::size_t position, const std::array<double, D>& at) const {
    double value = cost()[position];
    for (int a = 0; a < D; ++a) value += slope(a)[position] * at[static_cast<std::size_t>(a)];
    return value;
  }

  void append(const BoxColumns& other, std::size_t position) {
    BoxColumns old = size_ + 1 + kLanes > capacity_ ? *this : BoxColumns();
    const auto before = size_;
    resize(size_ + 1);
    if (old.size_ > 0) copy(old);
    size_ = before + 1;
    for (int k = 0; k < kColumns; ++k) column(k)[before] = other.column(k)[position];
    fill_up();
  }

  /// Drops candidates that the one at `by` beats at all corners of a box of these widths. With margin 0 doubles are
  /// exact and the lower id wins ties; else a candidate must lose by more than the margin.
  void drop_beaten(std::size_t by, const std::array<double, D>& width, double margin) {
    // Costs are whole numbers: whoever is not after `by` has to lose by one.
    filter(plane(by), width, by, margin > 0 ? margin : 1, margin > 0 ? margin : 0);
  }

  /// Drops candidates from the position's lanes on that are above the plane by more than the margin all over the box.
  void drop_above(std::size_t position, const Plane& plane, const std::array<double, D>& width, double margin) {
    filter(plane, width, position, margin, margin, position / kLanes * kLanes);
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
  /// Keeps candidates whose least difference to the plane over the corners of the box, taken axis by axis, is below
  /// `enough`: one number up to position `border`, another behind it.
  void filter(const Plane& plane, const std::array<double, D>& width, std::size_t border, double enough_to,
              double enough_behind, std::size_t begin = 0) {
    std::array<Lanes4, D + 1> by;
    std::array<Lanes4, D> w;
    std::array<double*, kColumns> at;
    for (std::size_t k = 0; k <= D; ++k) by[k] = all4(plane[k]);
    for (std::size_t a = 0; a < D; ++a) w[a] = all4(width[a]);
    for (int k = 0; k < kColumns; ++k) at[static_cast<std::size_t>(k)] = column(k);
    const auto size = size_;
    auto kept = begin;
    Lanes4 position = Lanes4{0, 1, 2, 3} + all4(static_cast<double>(begin));
    const Lanes4 border4 = all4(static_cast<double>(border));
    for (auto i = begin; i < size; i += kLanes) {
      Lanes4 least = load4(at[0] + i) - by[0];
      for (std::size_t a = 0; a < D; ++a) least += lesser4(load4(at[a + 1] + i) - by[a + 1], all4(0)) * w[a];
      const Lanes4 enough = position > border4 ? all4(enough_behind) : all4(enough_to);
      const unsigned keep = bits4(least < enough);
      position += all4(kLanes);
      if (keep == 0) continue;
      for (auto* c : at) store4(c + kept, front4(load4(c + i), keep));
      kept += static_cast<std::size_t>(__builtin_popcount(keep));
    }
    size_ = kept;
    fill_up();
  }

  std::vector<double> storage_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace sorsweep
