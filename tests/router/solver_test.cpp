#include "sorsweep/router/solver.hpp"

#include <rapidcheck.h>

#include <cmath>
#include <numeric>

#include "catch_compat.hpp"
#include "router/one_exchange.hpp"
#include "router/pool.hpp"
#include "router/stochastic.hpp"

using namespace sorsweep;
using namespace sorsweep::cont_kukanov;

namespace {

constexpr Nano kMill = 1'000'000;

SliceProblem random_problem(std::size_t least_queues, std::size_t most_queues) {
  SliceProblem problem;
  problem.lots = *rc::gen::inRange(1, 6);
  problem.lot = *rc::gen::inRange(1, 4) * 50;
  problem.half_spread = *rc::gen::inRange<Nano>(1, 30) * kMill;
  problem.taker_fee = *rc::gen::inRange<Nano>(0, 6) * kMill;
  problem.queues.resize(*rc::gen::inRange(least_queues, most_queues + 1));
  const auto samples = *rc::gen::inRange<std::size_t>(1, 40);
  for (auto& queue : problem.queues) {
    queue.ahead = *rc::gen::inRange(0, 6) * 100;
    queue.rebate = *rc::gen::inRange<Nano>(0, 4) * kMill;
    for (std::size_t n = 0; n < samples; ++n) queue.outflow.push_back(*rc::gen::inRange(0, 12) * 75);
  }
  return problem;
}

Penalties random_penalties() {
  const auto one = [] { return *rc::gen::inRange<Nano>(0, 12) * 5 * kMill; };
  return {one(), one(), one()};
}

std::int64_t cost(const SliceProblem& problem, const LotPlacement& placement, const Penalties& penalties) {
  return evaluate(problem, placement).cost(penalties);
}

std::int64_t least_cost(const CandidateTable& table, const Penalties& penalties) {
  return table.coefficients(table.solve(penalties)).cost(penalties);
}

bool is_allowed(const LotPlacement& x, std::int64_t lots) {
  if (x.market < 0 || x.market > lots) return false;
  for (const auto limit : x.limits)
    if (limit < 0 || limit > lots - x.market) return false;
  return std::accumulate(x.limits.begin(), x.limits.end(), x.market) >= lots;
}

/// Returns the allowed placements that differ from x by one lot in one order, or by one lot moved to another order.
std::vector<LotPlacement> neighbours(const LotPlacement& x, std::int64_t lots) {
  std::vector<LotPlacement> all;
  const auto orders = x.limits.size() + 1;
  const auto moved = [&](std::size_t order, std::int64_t by, LotPlacement from) {
    (order == 0 ? from.market : from.limits[order - 1]) += by;
    return from;
  };
  for (std::size_t i = 0; i < orders; ++i) {
    for (const std::int64_t by : {-1, 1}) all.push_back(moved(i, by, x));
    for (std::size_t j = 0; j < orders; ++j)
      if (i != j) all.push_back(moved(i, -1, moved(j, 1, x)));
  }
  std::erase_if(all, [&](const LotPlacement& y) { return !is_allowed(y, lots); });
  return all;
}

std::array<double, 3> dollars_of(const Penalties& p) {
  return {to_dollars(p.over), to_dollars(p.under), to_dollars(p.theta)};
}

std::vector<Placement> decide_at(const SliceProblem& problem, Solver solver, const std::array<double, 3>& at) {
  return decide_each(problem, solver, {{&at[0], 1}, {&at[1], 1}, {&at[2], 1}});
}

/// Returns the same problem with lots of one share.
SliceProblem in_shares(SliceProblem problem) {
  problem.lots = problem.shares();
  problem.lot = 1;
  return problem;
}

}  // namespace

TEST_CASE("exact has all placements, whatever the lattice", "[router][solver]") {
  CHECK(rc::check([] {
    const auto problem = random_problem(0, 3);
    const auto table = make_candidates(problem, Solver::exact, {}, 1'000'000);
    RC_ASSERT(table.size() == CandidateTable::count(problem.lots, problem.queues.size()));
  }));
}

TEST_CASE("a local optimum of the pool is no dearer than its starts and its neighbours", "[router][solver]") {
  CHECK(rc::check([] {
    const auto problem = random_problem(1, 3);
    const auto at = random_penalties();
    const auto found = solve_pool(problem, at);
    RC_ASSERT(is_allowed(found, problem.lots));
    const auto least = cost(problem, found, at);
    for (const auto& other : neighbours(found, problem.lots)) RC_ASSERT(least <= cost(problem, other, at));
    const std::vector<std::int64_t> none(problem.queues.size(), 0);
    RC_ASSERT(least <= cost(problem, {problem.lots, none}, at));
    for (std::size_t k = 0; k < none.size(); ++k) {
      auto limits = none;
      limits[k] = problem.lots;
      RC_ASSERT(least <= cost(problem, {0, limits}, at));
    }
  }));
}

TEST_CASE("the pool's table is allowed placements, ascending, and never beats exact", "[router][solver]") {
  CHECK(rc::check([] {
    const auto problem = random_problem(0, 3);
    const std::vector<Penalties> lattice = {random_penalties(), random_penalties(), random_penalties()};
    const auto pool = make_candidates(problem, Solver::pool, lattice, 1);
    const auto exact = make_candidates(problem, Solver::exact, {}, 1'000'000);
    for (std::size_t c = 0; c < pool.size(); ++c) {
      RC_ASSERT(is_allowed(pool.placement(c), problem.lots));
      if (c > 0) RC_ASSERT(pool.placement(c - 1) < pool.placement(c));  // its || would not stop at c == 0
      const auto fast = pool.coefficients(c), plain = evaluate(problem, pool.placement(c));
      RC_ASSERT(fast.cost(lattice[0]) == plain.cost(lattice[0]));
    }
    const auto elsewhere = random_penalties();
    RC_ASSERT(least_cost(pool, elsewhere) >= least_cost(exact, elsewhere));
    for (const auto& at : lattice) {
      RC_ASSERT(least_cost(pool, at) >= least_cost(exact, at));
      RC_ASSERT(least_cost(pool, at) <= cost(problem, solve_pool(problem, at), at));
    }
  }));
}

TEST_CASE("a queue from which nothing flows changes no cost", "[router][solver]") {
  CHECK(rc::check([] {
    const auto problem = random_problem(1, 2);
    auto more = problem;
    const auto place = *rc::gen::inRange<std::size_t>(0, problem.queues.size() + 1);
    const BidQueue dead{*rc::gen::inRange(0, 500), 2 * kMill,
                        std::vector<std::int64_t>(problem.queues[0].outflow.size(), 0)};
    more.queues.insert(more.queues.begin() + static_cast<std::ptrdiff_t>(place), dead);
    const auto at = random_penalties();
    RC_ASSERT(least_cost(CandidateTable(more, 1'000'000), at) == least_cost(CandidateTable(problem, 1'000'000), at));
  }));
}

TEST_CASE("stochastic is the paper's approximation, oldest sample first, in whole shares", "[router][solver]") {
  CHECK(rc::check([] {
    const auto problem = random_problem(1, 3);
    const auto at = dollars_of(random_penalties());
    Instance instance{static_cast<double>(problem.shares()),
                      to_dollars(problem.half_spread),
                      to_dollars(problem.taker_fee),
                      at[0],
                      at[1],
                      at[2],
                      {},
                      {}};
    for (const auto& queue : problem.queues) {
      instance.queues.push_back(static_cast<double>(queue.ahead));
      instance.rebates.push_back(to_dollars(queue.rebate));
    }
    std::vector<double> rows;
    for (std::size_t n = problem.queues[0].outflow.size(); n-- > 0;)
      for (const auto& queue : problem.queues) rows.push_back(static_cast<double>(queue.outflow[n]));
    const auto real = approximate(instance, rows);
    const auto whole = decide_at(problem, Solver::stochastic, at);
    RC_ASSERT(whole.size() == 1U);
    RC_ASSERT(std::abs(static_cast<double>(whole[0].market) - real.market) <= .5);
    // Rounding to whole shares may miss S by half a share per order, which some order then takes.
    const auto orders = static_cast<double>(problem.queues.size() + 1);
    auto sent = whole[0].market;
    for (std::size_t k = 0; k < problem.queues.size(); ++k) {
      const auto limit = whole[0].limits[k];
      RC_ASSERT(std::abs(static_cast<double>(limit) - real.limits[k]) <= .5 + .5 * orders);
      RC_ASSERT(limit >= 0);
      RC_ASSERT(limit <= problem.shares() - whole[0].market);
      sent += limit;
    }
    RC_ASSERT(sent >= problem.shares());
  }));
}

TEST_CASE("the closed form is as cheap as any whole number of shares on the samples", "[router][solver]") {
  CHECK(rc::check([] {
    auto problem = random_problem(1, 1);
    problem.lot = *rc::gen::inRange(1, 30);
    for (auto& flow : problem.queues[0].outflow) flow = *rc::gen::inRange(0, 300);
    problem.queues[0].ahead = *rc::gen::inRange(0, 200);
    problem = in_shares(problem);
    const auto at = random_penalties();
    const auto split = decide_at(problem, Solver::closed_form, dollars_of(at)).front();
    RC_ASSERT(split.market + split.limits[0] == problem.shares());
    RC_ASSERT(cost(problem, {split.market, split.limits}, at) == least_cost(CandidateTable(problem, 1'000'000), at));
  }));
}

TEST_CASE("the closed form by hand", "[router][solver]") {
  // Ten equally likely outflows 210, 220 … 300; Q = 200, S = 100. h = .02, r = .002, f = .003: (2h+f+r)/(λ_u+h+r) = .6
  // where λ_u = .053: the limit is the sixth outflow, 260, less the queue. With λ_u = .068 it is the fifth.
  SliceProblem problem{100, 1, 20 * kMill, 3 * kMill, {{200, 2 * kMill, {}}}};
  for (int flow = 300; flow > 200; flow -= 10) problem.queues[0].outflow.push_back(flow);
  const auto limit = [&](double under) { return decide_at(problem, Solver::closed_form, {.1, under, 0})[0].limits[0]; };
  CHECK(limit(.053 + 1e-6) == 60);
  CHECK(limit(.068 + 1e-6) == 50);
  CHECK(limit(.053 - .001) == 70);
  CHECK(limit(1e3) == 10);  // that many fill in any case
  CHECK(limit(0) == 100);
}
