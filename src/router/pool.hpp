/// \file
/// Solver `pool`, for problems whose exact table would be too large: a local search on the samples (docs/model.md,
/// "Solvers").
#pragma once

#include <span>
#include <vector>

#include "sorsweep/router/placement.hpp"

namespace sorsweep::cont_kukanov {

/// Finds a placement that no move of one lot improves: one lot more or less of any order, or one lot moved between two
/// orders. The search starts from all-market, from each queue alone and from the equal split, and its moves shrink
/// from many lots to one. The cheapest end wins; among equals the lexicographically first.
///
/// The cost on samples is convex over real placements but not over lots, so the gap to the exact optimum has been
/// measured, not proven.
LotPlacement solve_pool(const SliceProblem& problem, const Penalties& penalties);

/// Collects candidates: the placements that solve_pool finds at the points of `lattice`, and all that are one move of
/// one lot away. They are ascending and distinct.
std::vector<LotPlacement> pool_of(const SliceProblem& problem, std::span<const Penalties> lattice);

}  // namespace sorsweep::cont_kukanov
