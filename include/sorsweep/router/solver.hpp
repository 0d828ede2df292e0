/// \file
/// The solvers of router `cont_kukanov`, at one point of the grid or at many (docs/model.md, "Solvers").
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

/// The solvers, in the order of kSolverNames, which are the values of `model.solver` in a config.
enum class Solver {
  exact,        ///< The cheapest of all placements in lots.
  pool,         ///< The cheapest of a pool: local optima at a coarse lattice of the grid, and their neighbours.
  stochastic,   ///< The paper's stochastic approximation on the samples, in whole shares.
  closed_form,  ///< The closed form for one exchange under the empirical law of the samples, in whole shares.
};
inline constexpr std::array<std::string_view, 4> kSolverNames = {"exact", "pool", "stochastic", "closed_form"};

/// Whether the solver takes the cheapest placement of a table that does not depend on penalties. Then costs are affine
/// in the penalties and the collapse applies; otherwise every point is decided on its own.
constexpr bool has_candidates(Solver solver) {
  return solver == Solver::exact || solver == Solver::pool;
}

/// Makes the table of a solver that has candidates. \param lattice points at which `pool` searches for local optima
/// \throws Error (resources) if `exact` would need more than `max_candidates`
CandidateTable make_candidates(const SliceProblem& problem, Solver solver, std::span<const Penalties> lattice,
                               std::size_t max_candidates);

/// Decides every point with `stochastic` or `closed_form`. \param problem at least one queue; exactly one for
/// `closed_form`
/// \return one placement for each point
std::vector<Placement> decide_each(const SliceProblem& problem, Solver solver, const ParameterColumns& points);

}  // namespace sorsweep::cont_kukanov
