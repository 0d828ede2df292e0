// tested by: tests/python/shards_test.py (structural)
#include "job/run_job.hpp"

#include <fmt/format.h>

#include <mutex>

#include "core/error.hpp"
#include "job/day_room.hpp"
#include "job/structural_run.hpp"
#include "job/unit_hooks.hpp"

namespace sorsweep {

Finished run(const SweepJob& job, const RunWatch& watch) {
  Finished finished;
  std::vector<StructuralResult> structural_points;
  std::optional<PointTotal> best;
  for (std::size_t s = 0; s < job.plan.configs.size(); ++s) {
    const auto left = finished.best ? finished.best->winners_share->bytes() : 0;
    auto outcome = run_structural_point(job, s, left, watch, finished.units);
    finished.stats += outcome.stats;
    if (!outcome.summary) return finished;
    if (outcome.sample && (!best || is_better(outcome.summary->best, *best))) {
      best = outcome.summary->best;
      finished.best =
          BestDecisions{std::move(*outcome.sample), std::move(outcome.winners), std::move(outcome.winners_share)};
    }
    structural_points.push_back({job.plan.configs[s].structural, std::move(*outcome.summary)});
  }
  finished.results = combine(std::move(structural_points));
  return finished;
}

Finished run_shard(const SweepJob& job, const RunWatch& watch) {
  Finished finished;
  std::optional<Error> first_error;
  std::mutex mutex;
  for (std::size_t s = 0; s < job.plan.configs.size() && !watch.stop; ++s) {
    const auto options = graph_options(job, s);
    if (options.days.empty()) continue;
    const auto backtest = make_backtest(job.plan.configs[s], job.plan.grid);
    UnitHooks units(job, s, watch, finished.units);
    auto hooks = units.make(false);
    DayRoom room(job.memory);
    hooks.commit = [&](FinishedDay&& day) {
      room.note_day(day.stats.contenders, job.plan.keeps_surfaces() ? day.stats.winners : day.stats.contenders);
      finished.stats += day.stats;
    };
    hooks.days_that_fit = [&] { return room.days_that_fit(); };
    hooks.failed = [&, tell = hooks.failed](const DayKey& day, RowRange rows, const Error& error) {
      tell(day, rows, error);
      if (error.code() == Exit::resources) return false;
      const std::lock_guard lock(mutex);
      if (!first_error) first_error = Error(error.code(), fmt::format("{}; alone: {}", error.what(), hooks.alone(day)));
      return true;
    };
    run_graph(*backtest, job.plan.grid, options, hooks, watch.stop);
  }
  if (first_error) throw Error(*first_error);
  return finished;
}

}  // namespace sorsweep
