/// \file
/// What a whole sweep came to: a summary for each structural point.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

/// A choice of what is no parameter of the router but of the backtest around it: keys and values, as written.
using StructuralPoint = std::vector<std::pair<std::string, std::string>>;

/// "slice=5m,lot=100"
std::string text_of(const StructuralPoint& structural);

/// One choice of what is no parameter of the router (slice, lot, venues_max, …), swept over the whole grid.
struct Variant {
  StructuralPoint structural;  ///< empty where nothing is chosen
  SweepSummary summary;
};

/// A point of the grid at a structural point.
struct RankedPoint {
  std::size_t variant = 0;
  PointTotal total;
};

struct SweepResults {
  std::vector<Variant> variants;  ///< at least one
  std::size_t best_variant = 0;   ///< the first among equals
  std::size_t ties = 0;           ///< over all variants
  std::string result_hash;        ///< of one variant its own, else over all of theirs

  const SweepSummary& best() const { return variants[best_variant].summary; }

  /// All variants' best points in one order; at most as many as the longest ranking.
  std::vector<RankedPoint> ranking() const;
};

/// \param variants in the order of the config, at least one
SweepResults combine(std::vector<Variant> variants);

}  // namespace sorsweep
