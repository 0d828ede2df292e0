// tested by: tests/sweep/slice_cases_test.cpp (expected_cost)
// One slice at one point, as `replay` shows it, and the candidates that a grid gives rise to.
#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

using cont_kukanov::Penalties;

/// The points at which `pool` searches for local optima: both ends and the middle of every axis.
std::vector<Penalties> coarse_lattice(const Grid& grid) {
  std::array<std::vector<Nano>, Grid::kAxes> values;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto& all = grid.axes()[a].values;
    values[a] = {all.front(), all[all.size() / 2], all.back()};
    values[a].erase(std::unique(values[a].begin(), values[a].end()), values[a].end());
  }
  std::vector<Penalties> lattice;
  for (const auto over : values[0])
    for (const auto under : values[1])
      for (const auto theta : values[2])
        for (const auto half_spread : values[3]) lattice.push_back({over, under, theta, half_spread});
  return lattice;
}

Placement in_shares(const LotPlacement& placement, std::int64_t lot) {
  Placement shares{placement.market * lot, placement.limits};
  for (auto& limit : shares.limits) limit *= lot;
  return shares;
}

Placement place(const SliceCase& slice, const SliceSettings& settings, const Grid& grid, const Grid::Values& at) {
  const auto& problem = slice.problem;
  if (!is_by_model(slice.decided)) return in_shares(all_market(problem), problem.lot);
  if (has_candidates(settings)) {
    const auto table = candidates_of(slice, settings, grid);
    return in_shares(table.placement(table.solve(penalties_at(at))), problem.lot);
  }
  std::array<double, Grid::kAxes> dollars;
  std::ranges::transform(at, dollars.begin(), to_dollars);
  if (settings.registered) return decide_by(*settings.registered, slice, std::span(dollars).first(grid.dimensions()));
  const ParameterColumns point{std::span(&dollars[0], 1), std::span(&dollars[1], 1), std::span(&dollars[2], 1)};
  return cont_kukanov::decide_each(problem, settings.solver, point).front();
}

}  // namespace

cont_kukanov::CandidateTable candidates_of(const SliceCase& slice, const SliceSettings& settings, const Grid& grid) {
  const auto solver = slice.decided == Decided::pooled ? cont_kukanov::Solver::pool : settings.solver;
  return cont_kukanov::make_candidates(slice.problem, solver, coarse_lattice(grid), settings.max_candidates);
}

cont_kukanov::Penalties penalties_at(const Grid::Values& at) {
  return {at[0], at[1], at[2], at[3]};
}

Decision decide(const SliceCase& slice, const SliceSettings& settings, const Grid& grid, const Grid::Values& at) {
  const auto penalties = settings.registered ? Penalties{} : penalties_at(at);
  if (is_by_model(slice.decided) && !fits_int64(slice.problem, penalties))
    throw Error(Exit::usage, "the costs of a slice leave 64 bits at this point", "it lies far outside the grid");
  Decision decision{place(slice, settings, grid, at), 0, 0, 0, false};
  auto in_single_shares = slice.problem;
  in_single_shares.lots = slice.problem.shares();
  in_single_shares.lot = 1;
  decision.meets_assumptions =
      !settings.registered && meets_assumptions(cont_kukanov::terms_of(slice.problem), penalties);
  if (!is_by_model(slice.decided)) return decision;  // Nothing was expected.
  const auto sums = cont_kukanov::evaluate(in_single_shares, {decision.placement.market, decision.placement.limits});
  const auto samples = static_cast<double>(slice.problem.samples());
  decision.expected_cost = 1e-9 * static_cast<double>(sums.cost(penalties)) / samples;
  decision.expected_under = static_cast<double>(sums.under) / samples;
  decision.expected_over = static_cast<double>(sums.over) / samples;
  return decision;
}

}  // namespace sorsweep
