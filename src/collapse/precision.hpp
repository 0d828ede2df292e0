/// \file
/// How far doubles can be trusted with a slice's costs.
#pragma once

#include <span>

#include "collapse/effective_axes.hpp"

namespace sorsweep {

using SlopeColumns = std::array<std::span<const std::int64_t>, kMostAffineAxes>;  ///< by effective axis

/// What decisions in doubles need to be safe.
struct Precision {
  double rounding = 0;  ///< more than a hundred roundings of numbers within four times the largest cost come to
  double margin = 0;    ///< the same, or zero where costs are exact: sums of magnitudes of terms below 2^51
};
Precision precision_of(const EffectiveAxes& axes, std::span<const double> base, const SlopeColumns& slope);

}  // namespace sorsweep
