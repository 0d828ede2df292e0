/// \file
/// The result of a whole sweep: a summary for each structural point.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

/// A choice of settings that are not parameters of the router but of the backtest around it: keys and values, as
/// written.
using StructuralPoint = std::vector<std::pair<std::string, std::string>>;

/// Returns a text such as "slice=5m,lot=100".
std::string text_of(const StructuralPoint& structural);

/// A structural point (a choice of slice, lot, venues_max, …) with the result of the sweep over the whole grid.
struct StructuralResult {
  StructuralPoint structural;  ///< Empty where the config has no choice.
  SweepSummary summary;
};

/// A point of the grid at a structural point.
struct RankedPoint {
  std::size_t structural_point = 0;
  PointTotal total;
};

/// The results of all structural points.
struct SweepResults {
  std::vector<StructuralResult> structural_points;  ///< At least one, in the order of the config.
  std::size_t best_structural_point = 0;            ///< The first among equals.
  std::size_t ties = 0;                             ///< Points as good as the best, over all structural points.
  std::string result_hash;  ///< The only structural point's own hash, or a hash over the hashes of all.

  const SweepSummary& best() const { return structural_points[best_structural_point].summary; }

  /// Ranks the best points of all structural points together. It is as long as the longest of their rankings.
  std::vector<RankedPoint> ranking() const;
};

/// Puts structural points together. \param structural_points in the order of the config, at least one
SweepResults combine(std::vector<StructuralResult> structural_points);

}  // namespace sorsweep
