#include "router/pool.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace sorsweep::cont_kukanov {
namespace {

/// A placement under change, with its cost.
struct Trial {
  Placement placement;
  std::int64_t cost = 0;

  bool operator<(const Trial& other) const {
    return cost != other.cost ? cost < other.cost : placement < other.placement;
  }
};

bool is_allowed(const Problem& problem, const Placement& x) {
  std::int64_t sent = x.market;
  for (const auto limit : x.limits) {
    if (limit < 0 || limit > problem.lots - x.market) return false;
    sent += limit;
  }
  return x.market >= 0 && x.market <= problem.lots && sent >= problem.lots;
}

std::int64_t& order(Placement& x, std::size_t i) {
  return i == 0 ? x.market : x.limits[i - 1];
}

/// Calls `visit` with every allowed placement that is `step` lots of one order, or from one order to another, away.
template <class Visit>
void for_each_move(const Problem& problem, const Placement& at, std::int64_t step, Visit&& visit) {
  const auto consider = [&](const Placement& x) {
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

/// Coefficients of placements, each evaluated once: searches from other starts and at other penalties meet them again.
class Evaluated {
 public:
  explicit Evaluated(const Problem& problem) : problem_(problem) {}

  const Coefficients& operator()(const Placement& placement) {
    const auto [entry, is_new] = known_.try_emplace(placement);
    if (is_new) entry->second = evaluate(problem_, placement);
    return entry->second;
  }

  const Problem& problem() const { return problem_; }

 private:
  const Problem& problem_;
  std::map<Placement, Coefficients> known_;
};

class Search {
 public:
  Search(Evaluated& evaluated, const Penalties& penalties)
      : evaluated_(evaluated), problem_(evaluated.problem()), penalties_(penalties) {}

  Trial descend(const Placement& start) const {
    Trial at{start, cost_of(start)};
    for (std::int64_t step = std::max<std::int64_t>(1, problem_.lots / 4); step > 0; step /= 2)
      while (const auto better = best_move(at, step)) at = *better;
    return at;
  }

 private:
  std::int64_t cost_of(const Placement& placement) const { return evaluated_(placement).cost(penalties_); }

  /// The best of all moves of `step` lots, if it beats `at`.
  std::optional<Trial> best_move(const Trial& at, std::int64_t step) const {
    std::optional<Trial> best;
    for_each_move(problem_, at.placement, step, [&](const Placement& x) {
      Trial trial{x, cost_of(x)};
      if (trial < (best ? *best : at)) best = std::move(trial);
    });
    return best;
  }

  Evaluated& evaluated_;
  const Problem& problem_;
  const Penalties& penalties_;
};

/// All-market, all at one queue each, and as equal as lots allow.
std::vector<Placement> starts(const Problem& problem) {
  const auto queues = problem.queues.size();
  const auto each = problem.lots / static_cast<std::int64_t>(queues + 1);
  std::vector<Placement> all = {
      all_market(problem),
      {problem.lots - each * static_cast<std::int64_t>(queues), std::vector<std::int64_t>(queues, each)}};
  for (std::size_t k = 0; k < queues; ++k) {
    all.push_back({0, std::vector<std::int64_t>(queues, 0)});
    all.back().limits[k] = problem.lots;
  }
  return all;
}

Placement solve(Evaluated& evaluated, const Penalties& penalties) {
  const Search search(evaluated, penalties);
  std::optional<Trial> best;
  for (const auto& start : starts(evaluated.problem())) {
    auto end = search.descend(start);
    if (!best || end < *best) best = std::move(end);
  }
  return best->placement;
}

}  // namespace

Placement solve_pool(const Problem& problem, const Penalties& penalties) {
  Evaluated evaluated(problem);
  return solve(evaluated, penalties);
}

std::vector<Placement> pool_of(const Problem& problem, std::span<const Penalties> lattice) {
  Evaluated evaluated(problem);
  std::vector<Placement> optima;
  for (const auto& penalties : lattice) optima.push_back(solve(evaluated, penalties));
  auto pool = optima;
  for (const auto& optimum : optima) for_each_move(problem, optimum, 1, [&](const Placement& x) { pool.push_back(x); });
  std::ranges::sort(pool);
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  return pool;
}

}  // namespace sorsweep::cont_kukanov
