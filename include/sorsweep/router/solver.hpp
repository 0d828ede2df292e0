/// \file
/// The solvers behind one door: what a slice's problem leads to, at one point of the grid or at many (MODEL §4).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "sorsweep/router/candidates.hpp"
#include "sorsweep/router/parameters.hpp"
#include "sorsweep/router/placement.hpp"

namespace sorsweep::cont_kukanov {

/// Names as in a config's `model.solver`: kSolverNames, in this order.
enum class Solver {
  exact,        ///< the cheapest of all placements in lots
  pool,         ///< the cheapest of the local optima found at a coarse lattice of the grid, and of their neighbours
  stochastic,   ///< the paper's stochastic approximation on the samples, in whole shares
  closed_form,  ///< one exchange under the samples' law, in whole shares
};
inline constexpr std::array<std::string_view, 4> kSolverNames = {"exact", "pool", "stochastic", "closed_form"};

/// Whether the decision is the cheapest of a table that no penalty changes. Then cost is affine in the penalties and
/// the collapse applies (ENGINE §1); else every point is decided on its own.
constexpr bool has_candidates(Solver solver) {
  return solver == Solver::exact || solver == Solver::pool;
}

/// The table of a solver that has candidates. \param lattice points at which `pool` looks for local optima
/// \throws Error (resources) where `exact` would need more than `max_candidates`
CandidateTable make_candidates(const SliceProblem& problem, Solver solver, std::span<const Penalties> lattice,
                               std::size_t max_candidates);

/// The decisions of `stochastic` or `closed_form`, one for each point.
/// \param problem with one queue or more; exactly one for `closed_form`
std::vector<Placement> decide_each(const SliceProblem& problem, Solver solver, const ParameterColumns& points);

}  // namespace sorsweep::cont_kukanov
