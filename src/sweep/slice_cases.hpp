/// \file
/// A day's slices, ready to be decided: what `sweep` and `replay` share.
#pragma once

#include <span>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

struct SliceCases {
  std::vector<SliceCase> cases;
  SliceDay facts;      ///< with a record for each case
  Nano mirror_px = 0;  ///< of a sell order: the market's price is this less the case's
};

/// Cuts the order into the day's slices and makes each of them, in parallel.
/// \param grid its largest penalties decide what could leave 64 bits; where it has an axis for it, h of the cases is 0.
///        Of a registered router only its own orders count: penalties are none of its costs.
SliceCases make_slice_cases(const DayData& day, const SliceSettings& settings, const Grid& grid);

/// What the router does in a slice at one point, and what it expects of it: all 0 where the model did not decide (is_by_model).
struct Decision {
  Placement placement;  ///< without the odd shares
  /// v(X, ξ) with the penalties, and shares short of and beyond the order: means over the samples.
  double expected_cost = 0;                      ///< dollars
  double expected_under = 0, expected_over = 0;  ///< shares
  bool meets_assumptions = false;                ///< A1–A3 of the paper
};

/// A point of λ_over × λ_under × θ_queue [× half_spread].
cont_kukanov::Penalties penalties_at(const Grid::Values& at);

/// Decides a slice at one point, on the grid or off it.
/// \param grid from which solver `pool` draws its candidates
/// \param at   values of the router's parameters. Those of a registered router are no penalties: what it expects is
///             without any, and nothing is said of the paper's assumptions.
/// \throws Error (usage) for a point so far off the grid that costs leave 64 bits; as candidates_of does
Decision decide(const SliceCase& slice, const SliceSettings& settings, const Grid& grid, const Grid::Values& at);

/// Lets a registered router decide a slice. \param slice must be one that the model decides (is_by_model)
/// \throws Error (internal), with the router's name, if it throws or returns an invalid placement
Placement decide_by(const RouterInfo& router, const SliceCase& slice, std::span<const double> point);

/// The table of a slice's candidates on this grid. \throws Error (resources) where `exact` would need more than max_candidates
cont_kukanov::CandidateTable candidates_of(const SliceCase& slice, const SliceSettings& settings, const Grid& grid);

}  // namespace sorsweep
