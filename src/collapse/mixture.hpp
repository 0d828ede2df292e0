/// \file
/// A weighted mean of candidates, whose weights depend on the slopes of the candidate that is compared with it.
#pragma once

#include "collapse/box_columns.hpp"

namespace sorsweep {

/// Four candidates side by side: their costs at the lowest corner, then their slopes.
template <int D>
struct Block {
  Block(const BoxColumns<D>& columns, std::size_t at) {
    for (int k = 0; k <= D; ++k) own[static_cast<std::size_t>(k)] = load4(columns.column(k) + at);
  }

  std::array<Lanes4, D + 1> own;
};

/// The multipliers of a linear program are affine in the slopes of its candidate c. The solution for one c therefore
/// serves all candidates whose slopes lie between those of the same members, because the vertex of the hull below them
/// is the same. If weights below zero are left out, it serves some of their neighbours too. The weights need not be
/// right: the comparison is with the mean that they give.
template <int D>
struct Mixture {
  std::array<typename BoxColumns<D>::Plane, D + 1> member{};
  std::array<std::array<double, D + 1>, D + 1> weight{};  ///< Per member: the constant, then one factor per slope.

  /// Returns the lanes whose costs are above the mean by more than the margin all over a box of these widths, as bits.
  unsigned above(const Block<D>& block, const std::array<double, D>& width, double margin) const {
    std::array<Lanes4, D + 1> mean{};
    Lanes4 total{};
    for (std::size_t m = 0; m <= D; ++m) {
      Lanes4 w = all4(weight[m][0]);
      for (std::size_t a = 1; a <= D; ++a) w += block.own[a] * all4(weight[m][a]);
      w = w > all4(0) ? w : all4(0);
      total += w;
      for (std::size_t k = 0; k <= D; ++k) mean[k] += w * all4(member[m][k]);
    }
    Lanes4 least = block.own[0] * total - mean[0];
    for (std::size_t a = 0; a < D; ++a)
      least += lesser4(block.own[a + 1] * total - mean[a + 1], all4(0)) * all4(width[a]);
    return bits4(least > total * all4(margin));
  }
};

}  // namespace sorsweep
