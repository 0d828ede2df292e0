// tested by: tests/python/results_file_test.py (structural)
#include "job/structural_run.hpp"

#include <malloc.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "job/day_room.hpp"
#include "job/unit_hooks.hpp"
#include "reduce/walk.hpp"
#include "run/results_file.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// Unites the winners of a day's units into those of the whole day. The facts of the first unit then count them.
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

/// Returns how many placements the units of a day hold.
std::uint64_t placements_of(const std::vector<FinishedUnit>& units) {
  std::uint64_t count = 0;
  for (const auto& unit : units) count += count_of(unit.result.contenders);
  return count;
}

/// A structural point at work. If surfaces are kept, days are added to a reducer as they come. If not, the days stay,
/// and the grid is walked with all of them at the end.
class StructuralRun {
 public:
  StructuralRun(const SweepJob& job, std::size_t structural_point, std::uint64_t left, const RunWatch& watch)
      : job_(job),
        plan_(job.plan),
        structural_point_(structural_point),
        config_(plan_.configs[structural_point]),
        options_(reduce_options(plan_, config_)),
        watch_(watch),
        backtest_(make_backtest(config_, plan_.grid)),
        room_(job.memory, left, structural_point + 1 == plan_.configs.size()) {}

  StructuralOutcome run(UnitCounts& counts) {
    if (is_sliced(config_)) outcome_.sample.emplace(plan_.grid, plan_.days.size());
    auto options = graph_options(job_, structural_point_);
    if (plan_.keeps_surfaces())
      reducer_.emplace(plan_.grid, options_, job_.memory.reducer_slabs, options.days.front().units);
    UnitHooks units(job_, structural_point_, watch_, counts);
    auto hooks = units.make(true);
    hooks.commit = [&](FinishedDay&& day) { commit(std::move(day)); };
    if (has_placements()) hooks.days_that_fit = [&] { return room_.days_that_fit(); };
    const auto committed = run_graph(*backtest_, plan_.grid, options, hooks, watch_.stop);
    room_.end_days();
    malloc_trim(0);  // What days have freed lies in the arenas of all threads. The next phase takes as much elsewhere.
    if (committed == plan_.days.size()) summarise();
    outcome_.winners_share.emplace(room_.take_winners());
    return std::move(outcome_);
  }

 private:
  bool has_placements() const { return is_sliced(config_) && has_candidates(config_.slices); }

  /// Takes a day. If it throws a lack of memory, the same day may come again.
  void commit(FinishedDay&& day) {
    if (day.evaluation) return keep(std::move(day.evaluation));
    room_.note_day(day.stats.contenders, std::max(day.stats.winners, placements_of(day.units)));
    auto winners = unite_winners(day.units);
    room_.keep_winners(winners);
    outcome_.winners.push_back(std::move(winners));
    outcome_.stats += day.stats;
    for (const auto& unit : day.units) {
      reducer_->add(unit.result);
      if (outcome_.sample)
        outcome_.sample->add(unit.result.surface, unit.result.first_row * plan_.grid.points_per_row());
    }
  }

  /// Keeps a day for the walk. It refuses now what could not be walked at the end.
  void keep(std::unique_ptr<DayEvaluation>&& day) {
    const auto contenders = day->stats().contenders;
    room_.note_day(contenders, contenders);
    slabs_to_walk(contenders_ + contenders);
    room_.keep_day(contenders);
    contenders_ += contenders;
    days_.push_back(std::move(day));
  }

  /// Returns how many slabs the grid is walked in, with the memory that the days leave. \throws Error (resources)
  std::size_t slabs_to_walk(std::uint64_t contenders) const {
    return plan_slabs(shape_of(plan_, structural_point_, job_.sizes), contenders, job_.memory.resources);
  }

  void summarise() {
    if (reducer_)
      in_arena(job_.threads(), [&] { outcome_.summary = reducer_->finish(); });
    else
      walk();
    if (!outcome_.summary) return;
    if (!has_placements()) outcome_.winners.clear();
    if (has_placements()) describe_decisions(*outcome_.summary);
    write_surfaces(*outcome_.summary);
  }

  /// Walks the grid, and collects at the end what days otherwise leave as they come.
  void walk() {
    std::vector<const DayEvaluation*> days;
    for (const auto& day : days_) days.push_back(day.get());
    outcome_.summary = walk_slabs(
        plan_.grid, options_, days, slabs_to_walk(contenders_), job_.threads(),
        [&](std::size_t points) { watch_.observer.add_points(points); }, watch_.stop);
    if (!outcome_.summary) return;
    for (auto& day : days_) {
      outcome_.stats += day->stats();
      outcome_.winners.push_back(day->winners());
      room_.keep_winners(outcome_.winners.back());
      if (outcome_.sample) add_to_sample(*day);
      day.reset();  // Its winners take the place of all its placements.
    }
  }

  void add_to_sample(const DayEvaluation& day) {
    const auto& part = outcome_.sample->grid();
    auto surface = make_surface(part.size(), true);
    in_arena(job_.threads(), [&] {
      day.on(part)->evaluate({0, part.rows()}, writable_rows_of(surface, 0, part.size()));
    });
    outcome_.sample->add_own(std::move(surface));
  }

  /// Adds what the best point does on each day, and what the axes do to decisions.
  void describe_decisions(SweepSummary& summary) const {
    const auto at = penalties_at(plan_.grid.values(summary.best.point));
    for (std::size_t d = 0; d < summary.days.size(); ++d)
      summary.at_best.push_back(describe_point(summary.days[d].facts.slices, outcome_.winners[d], at));
    audit_decisions(plan_.grid, outcome_.winners, summary);
  }

  /// Writes the surfaces over all days. All threads make chunks.
  void write_surfaces(const SweepSummary& summary) const {
    const auto structural = text_of(config_.structural);
    const auto* reducer = reducer_ ? &*reducer_ : nullptr;
    in_arena(job_.threads(), [&] {
      write_results_file(job_.folder.path() / results_file_name(structural), plan_.grid, reducer, summary,
                         {plan_.manifest.run_id, objective_text(config_.objective), structural},
                         {job_.threads(), job_.memory.file, job_.memory.most_file});
    });
  }

  const SweepJob& job_;
  const RunPlan& plan_;
  const std::size_t structural_point_;
  const Config& config_;
  const ReduceOptions options_;
  const RunWatch watch_;
  const std::unique_ptr<Backtest> backtest_;  ///< The days refer to it.
  DayRoom room_;
  std::optional<Reducer> reducer_;                    ///< Present if surfaces are kept.
  std::vector<std::unique_ptr<DayEvaluation>> days_;  ///< Filled if surfaces are not kept.
  std::uint64_t contenders_ = 0;                      ///< Contenders of these days.
  StructuralOutcome outcome_;
};

}  // namespace

StructuralOutcome run_structural_point(const SweepJob& job, std::size_t structural_point, std::uint64_t left,
                                       const RunWatch& watch, UnitCounts& counts) {
  return StructuralRun(job, structural_point, left, watch).run(counts);
}

}  // namespace sorsweep
