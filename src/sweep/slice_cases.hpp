/// \file
/// The slices of a day, ready to be decided, for `sweep` and `replay`.
#pragma once

#include <span>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// The slices of a day and the facts about them.
struct SliceCases {
  std::vector<SliceCase> cases;
  SliceDay facts;      ///< Has one record for each case.
  Nano mirror_px = 0;  ///< For a sell order, market price = mirror_px − the case's price.
};

/// Cuts the order into the day's slices and makes each of them, in parallel.
/// \param grid Its largest penalties decide which slices could leave 64 bits. If it has an axis half_spread, the
///         cases' own h is 0. For a registered router penalties count as 0.
SliceCases make_slice_cases(const DayData& day, const SliceSettings& settings, const Grid& grid);

/// What a router does in a slice at one point, and what it expects. Expectations are 0 if the model did not decide.
struct Decision {
  Placement placement;  ///< Without the odd shares.
  /// Means over the samples: the cost v(X, ξ) with penalties, and the shares short of and beyond the order.
  double expected_cost = 0;                      ///< Dollars.
  double expected_under = 0, expected_over = 0;  ///< Shares.
  bool meets_assumptions = false;                ///< Whether A1–A3 of the paper hold.
};

/// The penalties at a point of λ_over × λ_under × θ_queue [× half_spread].
cont_kukanov::Penalties penalties_at(const Grid::Values& at);

/// Decides a slice at one point, on the grid or off it.
/// \param grid gives solver `pool` its candidates
/// \param at values of the router's parameters. Those of a registered router are not penalties: its expected cost has
///         none, and the paper's assumptions are not checked.
/// \throws Error (usage) if the point is so far off the grid that costs leave 64 bits; otherwise as candidates_of does
Decision decide(const SliceCase& slice, const SliceSettings& settings, const Grid& grid, const Grid::Values& at);

/// Lets a registered router decide a slice. \param slice must be one that the model decides (is_by_model)
/// \throws Error (internal), with the router's name, if it throws or returns an invalid placement
Placement decide_by(const RouterInfo& router, const SliceCase& slice, std::span<const double> point);

/// Makes the table of a slice's candidates on this grid. \throws Error (resources) if `exact` would need more than
/// max_candidates
cont_kukanov::CandidateTable candidates_of(const SliceCase& slice, const SliceSettings& settings, const Grid& grid);

}  // namespace sorsweep
