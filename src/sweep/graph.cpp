#include "sorsweep/sweep/graph.hpp"

#include <fmt/format.h>
#include <tbb/flow_graph.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "sorsweep/core/error.hpp"
#include "sorsweep/sweep/parallel.hpp"
#include "sweep/handover.hpp"
#include "sweep/point_sums.hpp"
#include "sweep/scratch_pool.hpp"

namespace sorsweep {
namespace {

namespace flow = tbb::flow;

constexpr std::size_t kPartsPerThread = 4;
constexpr std::size_t kLeastPointsPerPart = 4096;

/// What travels along the edges.
struct Job {
  std::size_t number = 0;
  DayData data;
  FinishedUnit unit;
  bool skipped = false;  ///< the stop came before it was loaded
};
using JobPtr = std::shared_ptr<Job>;

/// The stages, free of the graph that joins them.
class Stages {
 public:
  Stages(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
         const std::atomic<bool>& stop)
      : backtest_(backtest), grid_(grid), options_(options), hooks_(hooks), stop_(stop) {}

  JobPtr load(std::size_t number) const {
    auto job = std::make_shared<Job>();
    job->number = number;
    job->skipped = stop_;  // it had waited at the limiter
    if (job->skipped) return job;
    with_name(number, [&] {
      auto loaded = hooks_.load(unit(number));
      job->unit.fresh = std::holds_alternative<DayData>(loaded);
      if (job->unit.fresh) job->data = std::get<DayData>(std::move(loaded));
      if (!job->unit.fresh) job->unit.result = std::get<UnitResult>(std::move(loaded));
    });
    return job;
  }

  JobPtr evaluate(JobPtr job) const {
    if (!job->skipped)
      with_name(job->number, [&] {
        if (job->unit.fresh) evaluate_fresh(*job);
        if (!job->unit.fresh && !options_.keep_surfaces) restore(job->unit);
      });
    return job;
  }

  /// \return whether there was something to commit
  bool commit(const JobPtr& job) const {
    if (job->skipped) return false;
    // Taken out of the job, which may outlive this call: the limiter counts on the memory being free after it.
    auto unit = std::move(job->unit);
    with_name(job->number, [&] { hooks_.commit(std::move(unit)); });
    return true;
  }

 private:
  const DayKey& unit(std::size_t number) const { return options_.units[number]; }

  /// Runs a task; what it throws leaves with the unit's name, and with the command that repeats it alone.
  template <class Task>
  void with_name(std::size_t number, Task&& task) const {
    const auto name = to_string(unit(number));
    const auto alone = [&] { return fmt::format("alone: {}", hooks_.alone(unit(number))); };
    try {
      task();
    } catch (const Error& error) {
      throw Error(error.code(), fmt::format("{}: {}; {}", name, error.what(), alone()));
    } catch (const std::bad_alloc&) {
      throw Error(Exit::resources, fmt::format("{}: out of memory", name), "",
                  "take a smaller grid, fewer threads, or give more with --mem");
    } catch (const std::exception& error) {
      throw Error(Exit::internal, fmt::format("{}: {}", name, error.what()), "", alone());
    }
  }

  void evaluate_fresh(Job& job) const {
    auto evaluation = backtest_.prepare(std::move(job.data), options_.engine);
    job.data = {};
    auto& result = job.unit.result;
    if (options_.keep_surfaces) {
      result.surface = make_surface(grid_.size(), backtest_.is_sliced());
      for_all_rows([&](RowRange rows, std::size_t first, std::size_t count) {
        evaluation->evaluate(rows, slab_of(result.surface, first, count));
        hooks_.points_done(count);
      });
      for (const auto metric : options_.metrics) {
        auto& values = result.metrics.emplace_back(grid_.size());
        for_all_rows([&](RowRange rows, std::size_t first, std::size_t count) {
          evaluation->evaluate_metric(metric, rows, std::span(values).subspan(first, count));
        });
      }
      result.contenders = evaluation->winners();
    } else {
      result.contenders = evaluation->contenders();
      if (!backtest_.is_sliced()) {  // one region: a point of it is enough
        result.surface = make_surface(1, false);
        evaluation->evaluate({0, 1}, slab_of(result.surface, 0, 1));
      }
    }
    result.facts = evaluation->facts();
    for (std::size_t i = 0; options_.keep_surfaces && i < result.contenders.size(); ++i)
      result.facts.slices.slices[i].winners = static_cast<std::uint32_t>(result.contenders[i].size());
    job.unit.stats = evaluation->stats();
    if (!options_.keep_surfaces) job.unit.evaluation = std::move(evaluation);
  }

  void restore(FinishedUnit& unit) const {
    auto copy = unit.result;
    unit.evaluation = backtest_.restore(std::move(copy));
  }

  /// Calls `body(rows, first point, points)` in parallel, in parts of some rows: small enough to occupy all threads,
  /// large enough not to repeat work.
  template <class Body>
  void for_all_rows(const Body& body) const {
    const auto row = grid_.points_per_row();
    const auto least = std::max<std::size_t>(1, kLeastPointsPerPart / row);
    const auto parts = static_cast<std::size_t>(options_.threads) * kPartsPerThread;
    const auto rows_each = std::max(least, (grid_.rows() + parts - 1) / parts);
    const auto count = (grid_.rows() + rows_each - 1) / rows_each;
    parallel_ranges(count, 1, [&](std::size_t first, std::size_t last) {
      for (auto part = first; part < last; ++part) {
        const RowRange rows{part * rows_each, std::min(grid_.rows(), (part + 1) * rows_each)};
        body(rows, rows.first * row, rows.size() * row);
      }
    });
  }

  const Backtest& backtest_;
  const Grid& grid_;
  const GraphOptions& options_;
  const GraphHooks& hooks_;
  const std::atomic<bool>& stop_;
};

std::size_t run_in_arena(const Stages& stages, const GraphOptions& options, const std::atomic<bool>& stop) {
  std::size_t next = 0;
  std::size_t committed = 0;
  Handover done;
  const auto handing_over = [&](auto&& result) {
    done.give();
    return std::forward<decltype(result)>(result);
  };
  flow::graph graph;
  flow::input_node<std::size_t> units(graph, [&](tbb::flow_control& control) {
    if (next == options.units.size() || stop) control.stop();
    return handing_over(next == options.units.size() ? next : next++);
  });
  flow::limiter_node<std::size_t> in_flight(graph, options.units_in_flight);
  flow::function_node<std::size_t, JobPtr> load(graph, flow::serial,
                                                [&](std::size_t n) { return handing_over(stages.load(n)); });
  flow::function_node<JobPtr, JobPtr> evaluate(graph, flow::unlimited,
                                               [&](JobPtr job) { return handing_over(stages.evaluate(job)); });
  flow::sequencer_node<JobPtr> in_order(graph, [](const JobPtr& job) { return job->number; });
  flow::function_node<JobPtr, flow::continue_msg> commit(graph, flow::serial, [&](const JobPtr& job) {
    committed += stages.commit(job);
    return handing_over(flow::continue_msg());
  });

  flow::make_edge(units, in_flight);
  flow::make_edge(in_flight, load);
  flow::make_edge(load, evaluate);
  flow::make_edge(evaluate, in_order);
  flow::make_edge(in_order, commit);
  flow::make_edge(commit, in_flight.decrementer());
  units.activate();
  graph.wait_for_all();
  done.take();
  return committed;
}

/// What a thread walks a slab with.
struct SlabWalker {
  SlabReducer reducer;
  Surface surface;
};

/// One slab, all days: the slab's memory is used for each of them in turn.
SlabSummary walk_slab(SlabWalker& walker, const Grid& grid, RowRange rows,
                      const std::vector<const DayEvaluation*>& days, const PointsDone& points_done,
                      const std::atomic<bool>& stop) {
  const auto points = rows.size() * grid.points_per_row();
  walker.reducer.reset(rows);
  for (const auto* day : days) {
    if (stop) return {};
    day->evaluate(rows, slab_of(walker.surface, 0, points));
    walker.reducer.add(day->facts(), rows_of(walker.surface, 0, points));
    points_done(points);
  }
  return walker.reducer.finish();
}

/// Objectives of all points of a small grid: the sums that a slab would have, in the same order of days.
std::vector<double> objectives_of(const Grid& part, const ReduceOptions& options,
                                  const std::vector<const DayEvaluation*>& days) {
  const auto sums = make_point_sums(options);
  auto surface = make_surface(part.size(), options.is_sliced);
  sums->reset(part.size());
  for (const auto* day : days) {
    const auto on_part = day->on(part);
    parallel_ranges(part.rows(), 1, [&](std::size_t first, std::size_t last) {
      const auto row = part.points_per_row();
      on_part->evaluate({first, last}, slab_of(surface, first * row, (last - first) * row));
    });
    sums->add(day->facts(), rows_of(surface, 0, part.size()));
  }
  std::vector<double> objectives(part.size());
  sums->objectives(0, objectives);
  return objectives;
}

}  // namespace

void in_arena(int threads, const std::function<void()>& body) {
  // oneTBB counts from the machine's cores; this allows more threads than cores, which tests want.
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(std::max(1, threads)));
  tbb::task_arena arena(threads);
  arena.execute(body);
}

std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop) {
  const Stages stages(backtest, grid, options, hooks, stop);
  std::size_t committed = 0;
  in_arena(options.threads, [&] { committed = run_in_arena(stages, options, stop); });
  return committed;
}

std::optional<SweepSummary> walk_slabs(const Grid& grid, const ReduceOptions& options,
                                       const std::vector<const DayEvaluation*>& days, std::size_t slabs, int threads,
                                       const PointsDone& points_done, const std::atomic<bool>& stop) {
  const auto count = std::clamp<std::size_t>(slabs, 1, grid.rows());
  SharedFindings found(grid);
  const auto most_points = (grid.rows() + count - 1) / count * grid.points_per_row();
  ScratchPool<SlabWalker> walkers([&] {
    return SlabWalker{SlabReducer(grid, options, found), make_surface(most_points, options.is_sliced)};
  });
  const auto walk = [&](std::size_t s) {
    const RowRange rows{grid.rows() * s / count, grid.rows() * (s + 1) / count};
    return walk_slab(*walkers.take(), grid, rows, days, points_done, stop);
  };
  std::vector<DayFacts> facts;
  for (const auto* day : days) facts.push_back(day->facts());
  std::optional<SweepSummary> summary;
  in_arena(threads, [&] {
    const auto at_a_time = kSlabsAtATime * static_cast<std::size_t>(std::max(1, threads));
    summary = summarise_slabs(
        grid, options, facts, count, at_a_time, found, walk,
        [&](const GridBox& box) { return objectives_of(grid.part(box), options, days); }, stop);
  });
  return summary;
}

}  // namespace sorsweep
