// tested by: tests/router/solver_test.cpp (solve_pool)
#include "router/pool.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace sorsweep::cont_kukanov {
namespace {

/// A placement of the search and its cost.
struct Trial {
  LotPlacement placement;
  std::int64_t cost = 0;

  bool operator<(const Trial& other) const {
    return cost != other.cost ? cost < other.cost : placement < other.placement;
  }
};

bool is_allowed(const SliceProblem& problem, const LotPlacement& x) {
  std::int64_t sent = x.market;
  for (const auto limit : x.limits) {
    if (limit < 0 || limit > problem.lots - x.market) return false;
    sent += limit;
  }
  return x.market >= 0 && x.market <= problem.lots && sent >= problem.lots;
}

std::int64_t& order(LotPlacement& x, std::size_t i) {
  return i == 0 ? x.market : x.limits[i - 1];
}

/// Calls `visit` with every allowed placement that adds or removes `step` lots of one order, or moves them between
/// two.
template <class Visit>
void for_each_move(const SliceProblem& problem, const LotPlacement& at, std::int64_t step, Visit&& visit) {
  const auto consider = [&](const LotPlacement& x) {
    if (is_allowed(problem, x)) visit(x);
  };
  const auto orders = problem.queues.size() + 1;
  for (std::size_t i = 0; i < orders; ++i)
    for (const auto change : {step, -step}) {
      auto moved = at;
      order(moved, i) += change;
      consider(moved);
      for (std::size_t j = 0; change > 0 && j < orders; ++j) {
        if (j == i) continue;
        auto exchanged = moved;
        order(exchanged, j) -= step;
        consider(exchanged);
      }
    }
}

/// Evaluates placements and remembers the results: searches from other starts and at other penalties reach them again.
class Evaluated {
 public:
  explicit Evaluated(const SliceProblem& problem) : problem_(problem) {}

  const Coefficients& operator()(const LotPlacement& placement) {
    const auto [entry, is_new] = known_.try_emplace(placement);
    if (is_new) entry->second = evaluate(problem_, placement);
    return entry->second;
  }

  const SliceProblem& problem() const { return problem_; }

 private:
  const SliceProblem& problem_;
  std::map<LotPlacement, Coefficients> known_;
};

/// A local search at one point.
class Search {
 public:
  Search(Evaluated& evaluated, const Penalties& penalties)
      : evaluated_(evaluated), problem_(evaluated.problem()), penalties_(penalties) {}

  Trial descend(const LotPlacement& start) const {
    Trial at{start, cost_of(start)};
    for (std::int64_t step = std::max<std::int64_t>(1, problem_.lots / 4); step > 0; step /= 2)
      while (const auto better = best_move(at, step)) at = *better;
    return at;
  }

 private:
  std::int64_t cost_of(const LotPlacement& placement) const { return evaluated_(placement).cost(penalties_); }

  /// The best move of `step` lots, if it improves on `at`.
  std::optional<Trial> best_move(const Trial& at, std::int64_t step) const {
    std::optional<Trial> best;
    for_each_move(problem_, at.placement, step, [&](const LotPlacement& x) {
      Trial trial{x, cost_of(x)};
      if (trial < (best ? *best : at)) best = std::move(trial);
    });
    return best;
  }

  Evaluated& evaluated_;
  const SliceProblem& problem_;
  const Penalties& penalties_;
};

/// The starts of the search: all to the market, all to each one queue, and equal parts as far as lots allow.
std::vector<LotPlacement> starts(const SliceProblem& problem) {
  const auto queues = problem.queues.size();
  const auto each = problem.lots / static_cast<std::int64_t>(queues + 1);
  std::vector<LotPlacement> all = {
      all_market(problem),
      {problem.lots - each * static_cast<std::int64_t>(queues), std::vector<std::int64_t>(queues, each)}};
  for (std::size_t k = 0; k < queues; ++k) {
    all.push_back({0, std::vector<std::int64_t>(queues, 0)});
    all.back().limits[k] = problem.lots;
  }
  return all;
}

LotPlacement solve(Evaluated& evaluated, const Penalties& penalties) {
  const Search search(evaluated, penalties);
  std::optional<Trial> best;
  for (const auto& start : starts(evaluated.problem())) {
    auto end = search.descend(start);
    if (!best || end < *best) best = std::move(end);
  }
  return best->placement;
}

}  // namespace

LotPlacement solve_pool(const SliceProblem& problem, const Penalties& penalties) {
  Evaluated evaluated(problem);
  return solve(evaluated, penalties);
}

std::vector<LotPlacement> pool_of(const SliceProblem& problem, std::span<const Penalties> lattice) {
  Evaluated evaluated(problem);
  std::vector<LotPlacement> optima;
  for (const auto& penalties : lattice) optima.push_back(solve(evaluated, penalties));
  auto pool = optima;
  for (const auto& optimum : optima)
    for_each_move(problem, optimum, 1, [&](const LotPlacement& x) { pool.push_back(x); });
  std::ranges::sort(pool);
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  return pool;
}

}  // namespace sorsweep::cont_kukanov
