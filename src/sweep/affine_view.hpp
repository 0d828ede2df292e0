/// \file
/// The grid of a sweep as the collapse sees it.
#pragma once

#include <array>

#include "sorsweep/collapse/affine.hpp"
#include "sorsweep/sweep/grid.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Holds a grid's points in their order, with the first axis that has more than one value in front, so that its planes
/// are the grid's rows. Moving an axis with one value does not change the order of points.
class AffineView {
 public:
  explicit AffineView(const Grid& grid);

  const AffineGrid& grid() const { return grid_; }

  /// Arranges the columns of candidates by axis. \param under,over,sent,spread the coefficients of λ_u, λ_o, θ and h
  AffineCosts costs(std::span<const std::int64_t> base, std::span<const std::int64_t> under,
                    std::span<const std::int64_t> over, std::span<const std::int64_t> sent,
                    std::span<const std::int64_t> spread) const;

 private:
  std::array<std::size_t, Grid::kAxes> order_;  ///< The grid's axis at each position.
  AffineGrid grid_;
};

}  // namespace sorsweep
