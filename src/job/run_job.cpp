#include "job/run_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "job/day_loader.hpp"
#include "reduce/walk.hpp"
#include "run/alone_command.hpp"
#include "run/results_file.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// What the units of one structural point leave: sums where surfaces are kept, else the days themselves.
struct Outcome {
  std::unique_ptr<Backtest> backtest;  ///< the days refer to it
  std::optional<Reducer> reducer;
  std::vector<std::unique_ptr<DayEvaluation>> days;
  std::uint64_t contenders_of_days = 0;
  std::vector<std::vector<Contenders>> winners;  ///< of each day, each slice
  std::optional<OutcomeSample> sample;
  EvaluationStats stats;
  std::size_t committed = 0;  ///< days
};

/// The units of a structural point, by day and rows.
class UnitNames {
 public:
  UnitNames(const SweepJob& job, std::size_t variant) {
    for (const auto& unit : job.plan)
      if (unit.variant == variant) names_[key(unit.name.day, unit.name.rows)] = &unit.name;
  }
  const UnitName& of(const DayKey& day, RowRange rows) const { return *names_.at(key(day, rows)); }

 private:
  static std::string key(const DayKey& day, RowRange rows) { return fmt::format("{} {}", to_string(day), rows.first); }
  std::unordered_map<std::string, const UnitName*> names_;
};

/// Slabs to walk the grid in, beside what the days hold. \throws Error (resources)
std::size_t slabs_to_walk(const SweepJob& job, const Config& config, const Outcome& outcome) {
  return plan_slabs(config, job.grid, reduce_options(config, job.grid, job.days.size()), outcome.contenders_of_days,
                    job.manifest.threads);
}

/// The winners of a day's units as those of the whole day; the first unit's facts then count them.
std::vector<Contenders> unite_winners(std::vector<FinishedUnit>& units) {
  auto winners = std::move(units.front().result.contenders);
  for (std::size_t u = 1; u < units.size(); ++u) {
    const auto& more = units[u].result.contenders;
    if (more.size() != winners.size())
      throw Error(Exit::integrity, "the units of a day differ in their slices", "they are not of one run",
                  "sweep again, into another folder");
    for (std::size_t i = 0; i < winners.size(); ++i) winners[i] = unite(winners[i], more[i]);
  }
  auto& slices = units.front().result.facts.slices.slices;
  for (std::size_t i = 0; i < winners.size(); ++i) slices[i].winners = static_cast<std::uint32_t>(winners[i].size());
  return winners;
}

void commit(const SweepJob& job, const Config& config, FinishedDay&& day, Outcome& outcome) {
  if (day.evaluation) {
    outcome.contenders_of_days += day.evaluation->stats().contenders;
    slabs_to_walk(job, config, outcome);  // refuses now what could not be walked in the end
    outcome.days.push_back(std::move(day.evaluation));
    return;
  }
  outcome.stats += day.stats;
  outcome.winners.push_back(unite_winners(day.units));
  for (const auto& unit : day.units) {
    outcome.reducer->add(unit.result);
    if (outcome.sample) outcome.sample->add(unit.result.surface, unit.result.first_row * job.grid.points_per_row());
  }
}

[[noreturn]] void refuse_missing() {
  throw Error(Exit::incomplete, "the run lacks a unit's file", "its sweep did not end, or the file was deleted",
              "run the sweep again: it computes what is missing");
}

/// The hooks that a run and a shard have in common.
class UnitHooks {
 public:
  UnitHooks(SweepJob& job, std::size_t variant, Finished& finished, RunObserver& observer, EventLog* events)
      : job_(job),
        config_(job.variants[variant]),
        names_(job, variant),
        finished_(finished),
        observer_(observer),
        events_(events) {}

  /// \param reads whether results are wanted, or only that they are there
  GraphHooks make(bool reads) {
    GraphHooks hooks;
    hooks.find = [this, reads](const DayKey& day, RowRange rows) { return find(names_.of(day, rows), reads); };
    hooks.begin = [this](const DayKey& day, RowRange rows) {
      if (events_) events_->unit_begin(to_string(names_.of(day, rows)));
    };
    hooks.load = [this](const DayKey& day) { return load_day(config_, day, job_.content.at(to_string(day))); };
    hooks.publish = [this](const DayKey& day, RowRange rows, const UnitResult& unit) {
      publish(names_.of(day, rows), unit);
    };
    hooks.points_done = [this](std::size_t points) { observer_.add_points(points); };
    hooks.alone = [this](const DayKey& day) { return alone(day); };
    hooks.failed = [this](const DayKey& day, RowRange rows, const Error& error) {
      if (events_) events_->unit_failed(to_string(names_.of(day, rows)), error.code(), error.what(), alone(day));
      return false;
    };
    return hooks;
  }

 private:
  std::string alone(const DayKey& day) const {
    return alone_command(job_.request, config_.structural, day, job_.folder.path());
  }

  std::optional<UnitResult> find(const UnitName& name, bool reads) {
    std::optional<UnitResult> found;
    if (reads) {
      found = job_.folder.read_unit(name, job_.points_kept(name.rows), is_sliced(config_));
    } else if (job_.folder.has_unit(name)) {
      found.emplace();
    }
    if (!found && job_.only_finished) refuse_missing();
    if (!found) return found;
    if (events_) events_->unit_done(to_string(name), false);
    const std::lock_guard lock(mutex_);
    ++finished_.resumed;
    observer_.add_unit();
    if (job_.keeps_surfaces()) observer_.add_points(name.rows.size() * job_.grid.points_per_row());
    return found;
  }

  void publish(const UnitName& name, const UnitResult& unit) {
    job_.folder.write_unit(name, unit, config_);
    if (events_) events_->unit_done(to_string(name), true);
    const std::lock_guard lock(mutex_);
    ++finished_.computed;
    observer_.add_unit();
  }

  SweepJob& job_;
  const Config& config_;
  const UnitNames names_;
  Finished& finished_;
  RunObserver& observer_;
  EventLog* events_;
  std::mutex mutex_;
};

GraphOptions graph_options(const SweepJob& job, std::size_t variant) {
  return {job.days_of(variant),      job.request.engine,   job.manifest.threads,
          job.memory.days_in_flight, job.keeps_surfaces(), job.variants[variant].run.metrics,
          !job.request.shard};
}

/// Runs the graph.
void run_units(SweepJob& job, std::size_t variant, Outcome& outcome, Finished& finished, RunObserver& observer,
               EventLog* events, const std::atomic<bool>& stop) {
  UnitHooks units(job, variant, finished, observer, events);
  auto hooks = units.make(true);
  hooks.commit = [&](FinishedDay&& day) { commit(job, job.variants[variant], std::move(day), outcome); };
  outcome.committed = run_graph(*outcome.backtest, job.grid, graph_options(job, variant), hooks, stop);
}

/// What the best point does on each day, and what axes do to decisions.
void describe_decisions(const SweepJob& job, const Outcome& outcome, SweepSummary& summary) {
  const auto at = penalties_at(job.grid.values(summary.best.point));
  for (std::size_t d = 0; d < summary.days.size(); ++d)
    summary.at_best.push_back(describe_point(summary.days[d].facts.slices, outcome.winners[d], at));
  audit_decisions(job.grid, outcome.winners, summary);
}

/// Walks the grid with days that were made ready; what the other way leaves as it goes is asked of them at the end.
std::optional<SweepSummary> walk(const SweepJob& job, const Config& config, Outcome& outcome, RunObserver& observer,
                                 const std::atomic<bool>& stop) {
  std::vector<const DayEvaluation*> days;
  for (const auto& day : outcome.days) days.push_back(day.get());
  auto summary = walk_slabs(
      job.grid, reduce_options(config, job.grid, job.days.size()), days, slabs_to_walk(job, config, outcome),
      job.manifest.threads, [&](std::size_t points) { observer.add_points(points); }, stop);
  if (!summary) return summary;
  for (const auto* day : days) {
    outcome.stats += day->stats();
    outcome.winners.push_back(day->winners());
    if (!outcome.sample) continue;
    const auto& part = outcome.sample->grid();
    auto surface = make_surface(part.size(), true);
    in_arena(job.manifest.threads, [&] {
      day->on(part)->evaluate({0, part.rows()}, writable_rows_of(surface, 0, part.size()));
    });
    outcome.sample->add_own(std::move(surface));
  }
  return summary;
}

/// The structural point's surfaces over all days; the chunks are made by all threads.
void write_surfaces(const SweepJob& job, const Config& config, const Outcome& outcome, const SweepSummary& summary) {
  const auto structural = text_of(config.structural);
  const auto* reducer = outcome.reducer ? &*outcome.reducer : nullptr;
  in_arena(job.manifest.threads, [&] {
    write_results_file(job.folder.path() / results_file_name(structural), job.grid, reducer, summary,
                       {job.manifest.run_id, objective_text(config.objective), structural});
  });
}

/// One structural point. \return nothing when the sweep was stopped before its end
std::optional<SweepSummary> run_variant(SweepJob& job, std::size_t variant, Outcome& outcome, Finished& finished,
                                        RunObserver& observer, EventLog* events, const std::atomic<bool>& stop) {
  const auto& config = job.variants[variant];
  outcome.backtest = make_backtest(config, job.grid);
  if (is_sliced(config)) outcome.sample.emplace(job.grid, job.days.size());
  if (job.keeps_surfaces())
    outcome.reducer.emplace(job.grid, reduce_options(config, job.grid, job.days.size()), job.memory.reducer_slabs,
                            job.days_of(variant).front().units);
  run_units(job, variant, outcome, finished, observer, events, stop);
  if (outcome.committed < job.days.size()) return std::nullopt;
  std::optional<SweepSummary> summary;
  if (job.keeps_surfaces()) {
    in_arena(job.manifest.threads, [&] { summary = outcome.reducer->finish(); });
  } else {
    summary = walk(job, config, outcome, observer, stop);
  }
  if (!summary) return summary;
  const bool has_placements = is_sliced(config) && has_candidates(config.slices);
  if (!has_placements) outcome.winners.clear();
  if (has_placements) describe_decisions(job, outcome, *summary);
  write_surfaces(job, config, outcome, *summary);
  return summary;
}

}  // namespace

Finished run(SweepJob& job, RunObserver& observer, EventLog* events, const std::atomic<bool>& stop) {
  Finished finished;
  std::vector<StructuralResult> variants;
  std::optional<PointTotal> best;
  for (std::size_t v = 0; v < job.variants.size(); ++v) {
    Outcome outcome;
    auto summary = run_variant(job, v, outcome, finished, observer, events, stop);
    finished.stats += outcome.stats;
    if (!summary) return finished;
    if (outcome.sample && (!best || is_better(summary->best, *best))) {
      best = summary->best;
      finished.best = BestVariant{std::move(*outcome.sample), std::move(outcome.winners)};
    }
    variants.push_back({job.variants[v].structural, std::move(*summary)});
  }
  finished.results = combine(std::move(variants));
  return finished;
}

Finished run_shard(SweepJob& job, RunObserver& observer, EventLog& events, const std::atomic<bool>& stop) {
  Finished finished;
  std::optional<Error> first_error;
  std::mutex mutex;
  for (std::size_t v = 0; v < job.variants.size() && !stop; ++v) {
    if (job.days_of(v).empty()) continue;
    const auto backtest = make_backtest(job.variants[v], job.grid);
    UnitHooks units(job, v, finished, observer, &events);
    auto hooks = units.make(false);
    hooks.commit = [&](FinishedDay&& day) { finished.stats += day.stats; };
    hooks.failed = [&, tell = hooks.failed](const DayKey& day, RowRange rows, const Error& error) {
      tell(day, rows, error);
      if (error.code() == Exit::resources) return false;
      const std::lock_guard lock(mutex);
      if (!first_error) first_error = Error(error.code(), fmt::format("{}; alone: {}", error.what(), hooks.alone(day)));
      return true;
    };
    run_graph(*backtest, job.grid, graph_options(job, v), hooks, stop);
  }
  if (first_error) throw Error(*first_error);
  return finished;
}

}  // namespace sorsweep
