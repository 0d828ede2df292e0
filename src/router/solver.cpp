#include "sorsweep/router/solver.hpp"

#include <algorithm>
#include <cmath>

#include "router/one_exchange.hpp"
#include "router/pool.hpp"
#include "router/stochastic.hpp"

namespace sorsweep::cont_kukanov {
namespace {

std::int64_t whole(double shares) {
  return std::llround(shares);
}

Instance to_instance(const SliceProblem& problem) {
  Instance instance;
  instance.shares = static_cast<double>(problem.shares());
  instance.half_spread = to_dollars(problem.half_spread);
  instance.taker_fee = to_dollars(problem.taker_fee);
  for (const auto& queue : problem.queues) {
    instance.queues.push_back(static_cast<double>(queue.ahead));
    instance.rebates.push_back(to_dollars(queue.rebate));
  }
  return instance;
}

/// Makes N rows of K outflows, the oldest window first, so that the pass over the samples runs forward in time.
std::vector<double> outflow_rows(const SliceProblem& problem) {
  std::vector<double> rows;
  for (auto n = static_cast<std::size_t>(problem.samples()); n-- > 0;)
    for (const auto& queue : problem.queues) rows.push_back(static_cast<double>(queue.outflow[n]));
  return rows;
}

/// Rounds to whole shares within the feasible set. Rounding each order alone can leave a share or two missing; they go
/// to the first queues with room.
Placement round(std::int64_t shares, const RealPlacement& real) {
  Placement placement{std::clamp<std::int64_t>(whole(real.market), 0, shares), {}};
  const auto rest = shares - placement.market;
  auto missing = rest;
  for (const auto limit : real.limits) {
    placement.limits.push_back(std::clamp<std::int64_t>(whole(limit), 0, rest));
    missing -= placement.limits.back();
  }
  for (auto& limit : placement.limits) {
    const auto more = std::clamp<std::int64_t>(missing, 0, rest - limit);
    limit += more;
    missing -= more;
  }
  return placement;
}

std::vector<Placement> approximate_each(const SliceProblem& problem, const ParameterColumns& points) {
  const auto found = approximate_lanes(
      to_instance(problem), {points.lambda_over, points.lambda_under, points.theta_queue}, outflow_rows(problem));
  std::vector<Placement> placements;
  placements.reserve(found.size());
  for (const auto& real : found) placements.push_back(round(problem.shares(), real));
  return placements;
}

std::vector<Placement> solve_each(const SliceProblem& problem, const ParameterColumns& points) {
  const auto& queue = problem.queues.front();
  const std::vector<double> samples(queue.outflow.begin(), queue.outflow.end());
  const auto law = empirical_law(samples);
  OneExchange exchange{
      static_cast<double>(problem.shares()), static_cast<double>(queue.ahead), to_dollars(problem.half_spread),
      to_dollars(problem.taker_fee),         to_dollars(queue.rebate),         0};
  std::vector<Placement> placements;
  for (std::size_t p = 0; p < points.size(); ++p) {
    exchange.theta = points.theta_queue[p];
    const auto limit = whole(solve_one_exchange(exchange, law, points.lambda_under[p]).limit);
    placements.push_back({problem.shares() - limit, {limit}});
  }
  return placements;
}

}  // namespace

CandidateTable make_candidates(const SliceProblem& problem, Solver solver, std::span<const Penalties> lattice,
                               std::size_t max_candidates) {
  if (solver == Solver::exact) return CandidateTable(problem, max_candidates);
  return CandidateTable(problem, pool_of(problem, lattice));
}

std::vector<Placement> decide_each(const SliceProblem& problem, Solver solver, const ParameterColumns& points) {
  return solver == Solver::stochastic ? approximate_each(problem, points) : solve_each(problem, points);
}

}  // namespace sorsweep::cont_kukanov
