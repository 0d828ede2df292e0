/// \file
/// The candidates of a box as columns of doubles, with the two kernels of the tree: which candidate is cheapest at a
/// corner, and which candidates a given one beats at all corners.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "collapse/effective_axes.hpp"
#include "collapse/lanes4.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {

/// The columns are the cost at the lowest corner of the box, the slope of each axis, and the id, a whole number. Ids
/// ascend. The columns are filled up to whole lanes with candidates of infinite cost, which never win and are always
/// beaten. The precision of the doubles goes where they go.
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

  /// Makes room for `size` candidates. The caller must then write their columns, and call fill_up().
  void resize(std::size_t size) {
    if (size + kLanes > capacity_) {
      capacity_ = (size + size / 2 + 2 * kLanes) / kLanes * kLanes;
      storage_.resize(capacity_ * kColumns);
    }
    size_ = size;
  }

  /// Takes these candidates and numbers them from zero. Their costs are those at the grid's lowest corner.
  void assign(std::span<const std::int64_t> base, const SlopeColumns& slopes, const Precision& of_costs) {
    precision = of_costs;
    resize(base.size());
    for (std::size_t i = 0; i < base.size(); ++i) column(kCost)[i] = static_cast<double>(base[i]);
    for (std::size_t i = 0; i < base.size(); ++i) column(kId)[i] = static_cast<double>(i);
    for (int a = 0; a < D; ++a) {
      const auto from = slopes[static_cast<std::size_t>(a)];
      for (std::size_t i = 0; i < base.size(); ++i) column(kSlope + a)[i] = static_cast<double>(from[i]);
    }
    fill_up();
  }

  /// Fills the last lanes with candidates of infinite cost.
  void fill_up() {
    for (std::size_t i = size_; i % kLanes != 0; ++i) {
      for (int k = 0; k < kColumns; ++k) column(k)[i] = column(k)[size_ - 1];
      column(kCost)[i] = std::numeric_limits<double>::infinity();
    }
  }

  void copy(const BoxColumns& other) {
    precision = other.precision;
    resize(other.size_);
    for (int k = 0; k < kColumns; ++k)
      for (std::size_t i = 0; i < other.size_; i += kLanes) store4(column(k) + i, load4(other.column(k) + i));
  }

  /// Moves the lowest corner by `step` nano-dollars along an axis.
  void shift(int axis, double step) {
    double* cost = column(kCost);
    const double* s = slope(axis);
    for (std::size_t i = 0; i < size_; i += kLanes) store4(cost + i, load4(cost + i) + load4(s + i) * all4(step));
  }

  /// Returns the position in [first, last) of the cheapest candidate at the lowest corner plus `at`, and of equally
  /// cheap ones the first. \param first a multiple of kLanes
  std::size_t cheapest(const std::array<double, D>& at, std::size_t first = 0, std::size_t last = SIZE_MAX) const {
    Lanes4 least = all4(std::numeric_limits<double>::infinity());
    Lanes4 best = all4(static_cast<double>(first));
    Lanes4 position = Lanes4{0, 1, 2, 3} + best;
    for (std::size_t i = first; i < std::min(last, size_); i += kLanes) {
      Lanes4 value = load4(cost() + i);
      for (int a = 0; a < D; ++a) value += load4(slope(a) + i) * all4(at[static_cast<std::size_t>(a)]);
      const auto less = value < least;
      least = lesser4(value, least);
      best = less ? position : best;
      position += all4(kLanes);
    }
    int lowest = 0;
    for (int lane = 1; lane < 4; ++lane)
      if (least[lane] < least[lowest] || (least[lane] == least[lowest] && best[lane] < best[lowest])) lowest = lane;
    return static_cast<std::size_t>(best[lowest]);
  }

  static constexpr std::size_t kCorners = std::size_t{1} << D;

  /// Returns the positions of the cheapest candidates at the corners of a box of these widths, of equally cheap ones
  /// the first. Bit a of a corner is set at the upper end of axis a. The lanes run over corners.
  std::array<std::uint32_t, kCorners> cheapest_at_corners(const std::array<double, D>& width) const {
    constexpr std::size_t kGroups = (kCorners + kLanes - 1) / kLanes;
    std::array<std::array<Lanes4, D>, kGroups> at{};
    std::array<Lanes4, kGroups> least, best;
    for (std::size_t g = 0; g < kGroups; ++g) {
      for (std::size_t a = 0; a < D; ++a)
        for (std::size_t lane = 0; lane < kLanes; ++lane) at[g][a][lane] = (g * kLanes + lane) >> a & 1 ? width[a] : 0;
      least[g] = all4(std::numeric_limits<double>::infinity());
      best[g] = all4(0);
    }
    std::array<const double*, D + 1> from;
    for (int k = 0; k <= D; ++k) from[static_cast<std::size_t>(k)] = column(k);
    Lanes4 position = all4(0);
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t g = 0; g < kGroups; ++g) {
        Lanes4 value = all4(from[0][i]);
        for (std::size_t a = 0; a < D; ++a) value += all4(from[a + 1][i]) * at[g][a];
        const auto less = value < least[g];
        least[g] = lesser4(value, least[g]);
        best[g] = less ? position : best[g];
      }
      position += all4(1);
    }
    std::array<std::uint32_t, kCorners> positions;
    for (std::size_t c = 0; c < kCorners; ++c) positions[c] = static_cast<std::uint32_t>(best[c / kLanes][c % kLanes]);
    return positions;
  }

  using Plane = std::array<double, D + 1>;  ///< The cost at the lowest corner, then the slopes.

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

  /// Drops the candidates that one of those at the positions `by` beats at all corners of a box of these widths. If
  /// doubles are exact, the lower id wins ties. Otherwise a candidate must lose by the margin.
  void drop_beaten(std::span<const std::uint32_t> by, const std::array<double, D>& width) {
    const double margin = precision.margin;
    std::array<Bar, kMostBars> bars;
    for (std::size_t b = 0; b < by.size(); ++b) {
      // Costs are whole numbers, so a candidate in front of `by` loses only if it is dearer by at least one.
      bars[b] = Bar(plane(by[b]), by[b], margin > 0 ? margin : 1, margin > 0 ? margin : 0);
    }
    filter({bars.data(), by.size()}, width);
  }

  /// Whether one of these candidates beats one of `others`, by the rule of drop_beaten.
  bool beats(const BoxColumns& others, std::size_t position, const std::array<double, D>& width) const {
    const double margin = precision.margin;
    const auto own = others.plane(position);
    const Lanes4 id = all4(others.column(kId)[position]);
    const Lanes4 ahead = all4(margin > 0 ? margin : 1), behind = all4(margin);
    for (std::size_t i = 0; i < size_; i += kLanes) {
      Lanes4 least = all4(own[0]) - load4(cost() + i);
      for (std::size_t a = 0; a < D; ++a)
        least += lesser4(all4(own[a + 1]) - load4(slope(static_cast<int>(a)) + i), all4(0)) * all4(width[a]);
      if (bits4(least >= (load4(column(kId) + i) < id ? behind : ahead)) != 0) return true;
    }
    return false;
  }

  /// Returns the largest minus the smallest slope along an axis.
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

  Precision precision;  ///< Of costs all over the grid.

 private:
  static constexpr std::size_t kMostBars = kCorners;

  /// A plane, and by how much a candidate must be above it to be dropped, up to the position `border` and behind it.
  struct Bar {
    std::array<Lanes4, D + 1> plane;
    Lanes4 border, enough_behind, more_to;

    Bar() = default;
    Bar(const Plane& p, std::size_t position, double to, double behind)
        : border(all4(static_cast<double>(position))), enough_behind(all4(behind)), more_to(all4(to - behind)) {
      for (std::size_t k = 0; k <= D; ++k) plane[k] = all4(p[k]);
    }
  };

  /// Keeps the candidates whose least difference to every plane over the corners of the box is not enough. The least
  /// difference is the sum of the least terms of each axis.
  void filter(std::span<const Bar> bars, const std::array<double, D>& width) {
    std::array<Lanes4, D> w;
    for (std::size_t a = 0; a < D; ++a) w[a] = all4(width[a]);
    std::array<double*, kColumns> at;
    for (int k = 0; k < kColumns; ++k) at[static_cast<std::size_t>(k)] = column(k);
    const auto size = size_;
    std::size_t kept = 0;
    Lanes4 position = {0, 1, 2, 3};
    for (std::size_t i = 0; i < size; i += kLanes, position += all4(kLanes)) {
      std::array<Lanes4, D + 1> own;
      for (std::size_t k = 0; k <= D; ++k) own[k] = load4(at[k] + i);
      Mask4 keep4 = own[0] < all4(std::numeric_limits<double>::infinity());
      for (const auto& bar : bars) {
        Lanes4 least = own[0] - bar.plane[0];
        for (std::size_t a = 0; a < D; ++a) least += lesser4(own[a + 1] - bar.plane[a + 1], all4(0)) * w[a];
        keep4 &= least < bar.enough_behind + (position <= bar.border ? bar.more_to : all4(0));
      }
      const unsigned keep = bits4(keep4);
      if (keep == 0) continue;
      for (std::size_t k = 0; k <= D; ++k) store4(at[k] + kept, front4(own[k], keep));
      store4(at[kId] + kept, front4(load4(at[kId] + i), keep));
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
