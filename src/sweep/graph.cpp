#include "sweep/graph.hpp"

#include <fmt/format.h>
#include <tbb/flow_graph.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "core/parallel.hpp"

namespace sorsweep {
namespace {

namespace flow = tbb::flow;

constexpr std::size_t kPartsPerThread = 4;
constexpr std::size_t kLeastPointsPerPart = 4096;

/// A day on its way through the graph.
struct Job {
  std::size_t number = 0;
  std::optional<DayData> data;  ///< Set if a unit has to be computed.
  FinishedDay done;
  std::vector<bool> found;  ///< For each unit, whether an earlier run left its result.
  bool skipped = false;     ///< Set on failure, or if the stop came first. The day is not committed then.
};
using JobPtr = std::shared_ptr<Job>;

/// How many days the limiter lets in: at most as many as there are places.
class Places {
 public:
  Places(std::size_t most, const std::function<std::size_t()>& days_that_fit)
      : most_(static_cast<int>(most)),
        days_that_fit_(days_that_fit),
        open_(days_that_fit ? 1 : most_),
        is_shared_(open_ > 1) {}

  int closed() const { return most_ - open_; }

  /// Returns whether several days may have been in flight at any time so far. Any thread may ask.
  bool is_shared() const { return is_shared_; }

  /// Returns how many days may begin now that one is committed. Places close one at a time: that of the committed day.
  int after_commit() {
    if (!days_that_fit_) return 1;
    const auto wanted = static_cast<int>(std::clamp<std::size_t>(days_that_fit_(), 1, static_cast<std::size_t>(most_)));
    const auto opened = std::max(wanted - open_, -1);
    open_ += opened;
    if (open_ > 1) is_shared_ = true;
    return 1 + opened;
  }

 private:
  const int most_;
  const std::function<std::size_t()>& days_that_fit_;
  int open_;
  std::atomic<bool> is_shared_;
};

/// Thrown by a day that lacked memory while others may have been in flight. It may have enough when it is alone.
struct Crowded {};

/// How far a graph came.
struct Passed {
  std::size_t days = 0;       ///< Days that are over, committed or left out.
  std::size_t committed = 0;  ///< Days of these.
};

/// The stages, without the graph that connects them.
class Stages {
 public:
  Stages(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
         const Places& places, const std::atomic<bool>& stop)
      : backtest_(backtest), grid_(grid), options_(options), hooks_(hooks), places_(places), stop_(stop) {}

  JobPtr load(std::size_t number) const {
    auto job = std::make_shared<Job>();
    job->number = number;
    job->done.day = day(number);
    job->skipped = stop_;  // The stop may have come while it waited at the limiter.
    RowRange at;
    if (!job->skipped) with_name(*job, at, [&] { find_or_load(*job, at); });
    return job;
  }

  JobPtr evaluate(JobPtr job) const {
    RowRange at;
    const auto work = [&] {
      if (options_.keep_surfaces) {
        evaluate_units(*job, at);
      } else {
        make_ready(*job, at);
      }
    };
    if (!job->skipped) with_name(*job, at, work);
    job->data.reset();
    return job;
  }

  /// Commits a day. \return whether it was committed
  bool commit(const JobPtr& job) const {
    if (job->skipped) return false;
    // The job may outlive this call. Take its result out, because the limiter relies on the memory being free
    // afterwards.
    auto done = std::move(job->done);
    RowRange at = wanted(*job).front();
    with_name(*job, at, [&] { hooks_.commit(std::move(done)); });
    return !job->skipped;
  }

 private:
  const DayKey& day(std::size_t number) const { return options_.days[number].day; }
  const std::vector<RowRange>& wanted(const Job& job) const { return options_.days[job.number].units; }

  /// Runs a task. An error gets the day's name, and the command that repeats the day alone. A lack of memory or disk
  /// gets none, because alone the day may have enough.
  /// \param at the unit at work, which the task updates
  template <class Task>
  void with_name(Job& job, const RowRange& at, Task&& task) const {
    const auto name = to_string(day(job.number));
    const auto fail = [&](const Error& error) {
      job.skipped = true;
      job.done = {};
      if (error.code() == Exit::resources && places_.is_shared()) throw Crowded{};
      if (hooks_.failed(day(job.number), at, error)) return;
      if (error.code() == Exit::resources) throw error;
      throw Error(error.code(), fmt::format("{}; alone: {}", error.what(), hooks_.alone(day(job.number))));
    };
    try {
      task();
    } catch (const Error& error) {
      fail(Error(error.code(), fmt::format("{}: {}", name, error.what())));
    } catch (const std::bad_alloc&) {
      fail(Error(Exit::resources, fmt::format("{}: out of memory", name), "",
                 "take a smaller grid, fewer threads, or give more with --mem"));
    } catch (const std::exception& error) {
      fail(Error(Exit::internal, fmt::format("{}: {}", name, error.what())));
    }
  }

  void find_or_load(Job& job, RowRange& at) const {
    for (const auto& unit : wanted(job)) {
      at = unit;
      auto found = hooks_.find(job.done.day, unit);
      job.found.push_back(found.has_value());
      job.done.units.push_back({found ? std::move(*found) : UnitResult(), !job.found.back()});
    }
    const auto missing = std::ranges::find(job.found, false) - job.found.begin();
    if (missing == std::ssize(job.found)) return;
    at = wanted(job)[static_cast<std::size_t>(missing)];
    hooks_.begin(job.done.day, at);
    job.data = hooks_.load(job.done.day);
  }

  /// Evaluates one unit after the other, each on all threads.
  void evaluate_units(Job& job, RowRange& at) const {
    std::unique_ptr<DayEvaluation> evaluation;
    for (std::size_t u = 0; u < job.found.size(); ++u) {
      if (job.found[u]) continue;
      at = wanted(job)[u];
      if (evaluation && stop_) {
        job.skipped = true;
        return;
      }
      if (evaluation) {
        hooks_.begin(job.done.day, at);
      } else {
        evaluation = backtest_.prepare(std::move(*job.data), options_.engine);
        job.data.reset();
      }
      auto result = evaluate_rows(*evaluation, at);
      hooks_.publish(job.done.day, at, result);
      result.metrics.clear();  // They are only published, and take as much memory as the surface or more.
      if (options_.commit_results) job.done.units[u].result = std::move(result);
    }
    if (evaluation) job.done.stats = evaluation->stats();
  }

  UnitResult evaluate_rows(DayEvaluation& evaluation, RowRange rows) const {
    UnitResult result;
    const auto row = grid_.points_per_row();
    result.first_row = rows.first;
    result.surface = make_surface(rows.size() * row, backtest_.is_sliced());
    evaluation.forget_winners();
    for_parts_of(rows, [&](RowRange part, std::size_t first, std::size_t count) {
      evaluation.evaluate(part, writable_rows_of(result.surface, first, count));
      hooks_.points_done(count);
    });
    for (const auto metric : options_.metrics) {
      auto& values = result.metrics.emplace_back(result.surface.size());
      for_parts_of(rows, [&](RowRange part, std::size_t first, std::size_t count) {
        evaluation.evaluate_metric(metric, part, std::span(values).subspan(first, count));
      });
    }
    result.contenders = evaluation.winners();
    result.facts = evaluation.facts();
    for (std::size_t i = 0; i < result.contenders.size(); ++i)
      result.facts.slices.slices[i].winners = static_cast<std::uint32_t>(result.contenders[i].size());
    return result;
  }

  /// Prepares a day for walk_slabs, when surfaces are not kept.
  void make_ready(Job& job, RowRange& at) const {
    at = wanted(job).front();
    auto& result = job.done.units.front().result;
    if (job.found.front()) {
      if (options_.commit_results) job.done.evaluation = backtest_.restore(UnitResult(result));
      return;
    }
    auto evaluation = backtest_.prepare(std::move(*job.data), options_.engine);
    result.contenders = evaluation->contenders();
    if (!backtest_.is_sliced()) {  // All points have the same result.
      result.surface = make_surface(1, false);
      evaluation->evaluate({0, 1}, writable_rows_of(result.surface, 0, 1));
    }
    result.facts = evaluation->facts();
    hooks_.publish(job.done.day, at, result);
    job.done.stats = evaluation->stats();
    if (options_.commit_results) {
      job.done.evaluation = std::move(evaluation);
    } else {
      result = {};
    }
  }

  /// Calls `body(rows, first point in the range, points)` in parallel on parts of the rows. Parts are small enough to
  /// occupy all threads and large enough not to repeat work.
  template <class Body>
  void for_parts_of(RowRange rows, const Body& body) const {
    const auto row = grid_.points_per_row();
    const auto least = std::max<std::size_t>(1, kLeastPointsPerPart / row);
    const auto parts = static_cast<std::size_t>(options_.threads) * kPartsPerThread;
    const auto rows_each = std::max(least, (rows.size() + parts - 1) / parts);
    const auto count = (rows.size() + rows_each - 1) / rows_each;
    parallel_ranges(count, 1, [&](std::size_t first, std::size_t last) {
      for (auto part = first; part < last; ++part) {
        const auto begin = part * rows_each;
        const auto end = std::min(rows.size(), begin + rows_each);
        body(RowRange{rows.first + begin, rows.first + end}, begin * row, (end - begin) * row);
      }
    });
  }

  const Backtest& backtest_;
  const Grid& grid_;
  const GraphOptions& options_;
  const GraphHooks& hooks_;
  const Places& places_;
  const std::atomic<bool>& stop_;
};

/// Waits until no task of a graph is left, however the scope ends. A task must not outlive the nodes that it runs for:
/// if an exception left the scope first (memory may be refused even for waiting), its nodes would be gone.
class WaitForAll {
 public:
  explicit WaitForAll(flow::graph& graph) : graph_(graph) {}
  ~WaitForAll() {
    while (!is_done_) {
      try {
        graph_.cancel();
        graph_.wait_for_all();
        is_done_ = true;
      } catch (...) {  // The first exception is on its way already. Tasks that end give memory back meanwhile.
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
  }
  WaitForAll(const WaitForAll&) = delete;
  WaitForAll& operator=(const WaitForAll&) = delete;

  void wait() {
    graph_.wait_for_all();
    is_done_ = true;
  }

 private:
  flow::graph& graph_;
  bool is_done_ = false;
};

void run_in_arena(const Stages& stages, const GraphOptions& options, Places& places, const std::atomic<bool>& stop,
                  Passed& passed) {
  std::size_t next = 0;
  Handover done;
  const auto handing_over = [&](auto&& result) {
    done.give();
    return std::forward<decltype(result)>(result);
  };
  flow::graph graph;
  flow::input_node<std::size_t> days(graph, [&](tbb::flow_control& control) {
    if (next == options.days.size() || stop) control.stop();
    return handing_over(next == options.days.size() ? next : next++);
  });
  flow::limiter_node<std::size_t, int> in_flight(graph, options.days_in_flight);
  flow::function_node<std::size_t, JobPtr> load(graph, flow::serial,
                                                [&](std::size_t n) { return handing_over(stages.load(n)); });
  flow::function_node<JobPtr, JobPtr> evaluate(graph, flow::unlimited,
                                               [&](const JobPtr& job) { return handing_over(stages.evaluate(job)); });
  flow::sequencer_node<JobPtr> in_order(graph, [](const JobPtr& job) { return job->number; });
  flow::function_node<JobPtr, int> commit(graph, flow::serial, [&](const JobPtr& job) {
    passed.committed += stages.commit(job);
    ++passed.days;
    return handing_over(places.after_commit());
  });
  WaitForAll all(graph);  // after the nodes, so that it ends before them

  flow::make_edge(days, in_flight);
  flow::make_edge(in_flight, load);
  flow::make_edge(load, evaluate);
  flow::make_edge(evaluate, in_order);
  flow::make_edge(in_order, commit);
  flow::make_edge(commit, in_flight.decrementer());
  in_flight.decrementer().try_put(-places.closed());
  days.activate();
  all.wait();
  done.take();
}

}  // namespace

std::size_t run_graph(const Backtest& backtest, const Grid& grid, const GraphOptions& options, const GraphHooks& hooks,
                      const std::atomic<bool>& stop) {
  Passed passed;
  const auto run = [&](const GraphOptions& how) {
    Places places(how.days_in_flight, hooks.days_that_fit);
    const Stages stages(backtest, grid, how, hooks, places, stop);
    in_arena(how.threads, [&] { run_in_arena(stages, how, places, stop, passed); });
  };
  try {
    run(options);
  } catch (const Crowded&) {
    auto rest = options;
    rest.days.erase(rest.days.begin(), rest.days.begin() + static_cast<std::ptrdiff_t>(passed.days));
    rest.days_in_flight = 1;
    run(rest);
  }
  return passed.committed;
}

}  // namespace sorsweep
