#include "sorsweep/sweep/graph.hpp"

#include <fmt/format.h>
#include <tbb/flow_graph.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>

#include "sorsweep/core/error.hpp"

namespace sorsweep {
namespace {

namespace flow = tbb::flow;

/// What travels along the edges.
struct Job {
  std::size_t number = 0;
  DayData data;
  UnitResult result;
  bool fresh = true;
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
      job->fresh = std::holds_alternative<DayData>(loaded);
      if (job->fresh) job->data = std::get<DayData>(std::move(loaded));
      if (!job->fresh) job->result = std::get<UnitResult>(std::move(loaded));
    });
    return job;
  }

  JobPtr evaluate(JobPtr job) const {
    if (job->fresh && !job->skipped)
      with_name(job->number, [&] {
        job->result = backtest_.run(std::move(job->data), grid_, options_.engine, hooks_.points_done);
        job->data = {};
      });
    return job;
  }

  /// \return whether there was something to commit
  bool commit(const JobPtr& job) const {
    if (job->skipped) return false;
    // Taken out of the job, which may outlive this call: the limiter counts on the memory being free after it.
    UnitResult result = std::move(job->result);
    with_name(job->number, [&] { hooks_.commit(std::move(result), job->fresh); });
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

  const Backtest& backtest_;
  const Grid& grid_;
  const GraphOptions& options_;
  const GraphHooks& hooks_;
  const std::atomic<bool>& stop_;
};

std::size_t run_in_arena(const Stages& stages, const GraphOptions& options, const std::atomic<bool>& stop) {
  std::size_t next = 0;
  std::size_t committed = 0;
  flow::graph graph;
  flow::input_node<std::size_t> units(graph, [&](tbb::flow_control& control) {
    if (next == options.units.size() || stop) control.stop();
    return next == options.units.size() ? next : next++;
  });
  flow::limiter_node<std::size_t> in_flight(graph, options.units_in_flight);
  flow::function_node<std::size_t, JobPtr> load(graph, flow::serial, [&](std::size_t n) { return stages.load(n); });
  flow::function_node<JobPtr, JobPtr> evaluate(graph, flow::unlimited,
                                               [&](JobPtr job) { return stages.evaluate(job); });
  flow::sequencer_node<JobPtr> in_order(graph, [](const JobPtr& job) { return job->number; });
  flow::function_node<JobPtr, flow::continue_msg> commit(graph, flow::serial, [&](const JobPtr& job) {
    committed += stages.commit(job);
    return flow::continue_msg();
  });

  flow::make_edge(units, in_flight);
  flow::make_edge(in_flight, load);
  flow::make_edge(load, evaluate);
  flow::make_edge(evaluate, in_order);
  flow::make_edge(in_order, commit);
  flow::make_edge(commit, in_flight.decrementer());
  units.activate();
  graph.wait_for_all();
  return committed;
}

}  // namespace

std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop) {
  // oneTBB counts from the machine's cores; this allows more threads than cores, which tests want.
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(std::max(1, options.threads)));
  tbb::task_arena arena(options.threads);
  const Stages stages(backtest, grid, options, hooks, stop);
  std::size_t committed = 0;
  arena.execute([&] { committed = run_in_arena(stages, options, stop); });
  return committed;
}

}  // namespace sorsweep
