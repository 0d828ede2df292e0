/// \file
/// Solver `pool`: where the exact table would be too large. Local optima on the samples, from several starts (MODEL §4).
#pragma once

#include <span>
#include <vector>

#include "sorsweep/router/placement.hpp"

namespace sorsweep::cont_kukanov {

/// A placement that no move of one lot improves: one more or one less of any order, or one lot from any order to any
/// other. The search starts from all-market, all-limit at one queue each, and equal split, with moves of many lots that
/// shrink to one; the cheapest end is kept, the lexicographically first among equals. The cost on samples is convex in
/// the placement taken as real numbers, but not on lots: the gap to the exact optimum is measured, not proven.
LotPlacement solve_pool(const SliceProblem& problem, const Penalties& penalties);

/// A table's worth of placements: those that solve_pool finds at the points of `lattice`, and all that are one move of
/// one lot away from them; ascending, each once.
std::vector<LotPlacement> pool_of(const SliceProblem& problem, std::span<const Penalties> lattice);

}  // namespace sorsweep::cont_kukanov
