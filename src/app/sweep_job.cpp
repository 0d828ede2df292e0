#include "app/sweep_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/alone_command.hpp"
#include "app/day_loader.hpp"
#include "app/results_file.hpp"
#include "app/signals.hpp"
#include "sorsweep/core/build_info.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/core/machine.hpp"
#include "sorsweep/report/tables.hpp"
#include "sorsweep/sweep/graph.hpp"

namespace sorsweep {
namespace {

RunIdentity identify(const Config& config, Engine engine, const std::vector<DayHeader>& days) {
  RunIdentity identity{
      semantic_lines(config), {}, engine, config.run.metrics, config.run.surfaces != KeepSurfaces::none};
  for (const auto& day : days) identity.content[to_string(day.key)] = day.content;
  return identity;
}

ReduceOptions reduce_options(const Config& config, const Grid& grid, std::size_t days) {
  return {static_cast<double>(config.order.shares), is_sliced(config), config.objective, rows_to_rank(grid), days};
}

Manifest describe_run(const RunIdentity& identity, const Grid& grid, int threads) {
  Manifest manifest;
  manifest.run_id = identity.id();
  manifest.identity = identity.lines();
  manifest.config_hash = identity.config_hash();
  manifest.host = host_name();
  manifest.threads = threads;
  manifest.points = grid.size();
  manifest.units = identity.content.size();
  manifest.started_at = utc_now();
  return manifest;
}

/// The least that any structural point allows.
MemoryPlan plan_for_all(const std::vector<Config>& variants, const Grid& grid, std::size_t days,
                        std::size_t longest_day, int threads) {
  MemoryPlan least{SIZE_MAX, 1};
  for (const auto& config : variants) {
    const auto plan = plan_memory(config, grid, reduce_options(config, grid, days), longest_day, threads);
    least.units_in_flight = std::min(least.units_in_flight, plan.units_in_flight);
    least.reducer_slabs = plan.reducer_slabs;
  }
  return least;
}

int threads_of(const Config& config) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return config.run.threads ? config.run.threads : cores;
}

void overrule(std::vector<Config>& variants, const std::optional<int>& threads,
              const std::optional<std::uint64_t>& memory) {
  for (auto& config : variants) {
    if (threads) config.run.threads = *threads;
    if (memory) config.run.memory = *memory;
    config.run.is_threads_said = threads.has_value();
    config.run.is_memory_said = memory.has_value();
  }
}

/// In the order of the config's symbols, then of dates.
std::vector<DayKey> units_of(const RunRecord& record, const std::vector<std::string>& symbols) {
  auto units = record.units();
  const auto place = [&](const DayKey& day) { return std::ranges::find(symbols, day.symbol) - symbols.begin(); };
  std::ranges::stable_sort(units, {}, place);
  return units;
}

/// What the units of one structural point leave: sums where surfaces are kept, else the days themselves.
struct Outcome {
  std::unique_ptr<Backtest> backtest;  ///< the days refer to it
  std::optional<Reducer> reducer;
  std::vector<std::unique_ptr<DayEvaluation>> days;
  std::uint64_t contenders_of_days = 0;
  std::vector<std::vector<Contenders>> winners;  ///< of each unit, each slice
  std::optional<OutcomeSample> sample;
  EvaluationStats stats;
  std::size_t committed = 0;
};

/// Slabs to walk the grid in, beside what the days hold. \throws Error (resources)
std::size_t slabs_to_walk(const SweepJob& job, const Config& config, const Outcome& outcome) {
  return plan_slabs(config, job.grid, reduce_options(config, job.grid, job.units.size()), outcome.contenders_of_days,
                    job.manifest.threads);
}

void commit(SweepJob& job, const Config& config, FinishedUnit&& unit, Outcome& outcome, Progress& progress) {
  const UnitName name{unit.result.facts.day, text_of(config.structural)};
  if (unit.fresh) job.folder.write_unit(name, unit.result, config);
  job.manifest.units_resumed += !unit.fresh;
  if (unit.evaluation) {
    outcome.contenders_of_days += unit.evaluation->stats().contenders;
    slabs_to_walk(job, config, outcome);  // refuses now what could not be walked in the end
    outcome.days.push_back(std::move(unit.evaluation));
  } else {
    outcome.stats += unit.stats;
    if (!unit.fresh) progress.add_points(job.grid.size());
    outcome.reducer->add(unit.result);
    if (outcome.sample) outcome.sample->add(unit.result.surface);
    outcome.winners.push_back(std::move(unit.result.contenders));
  }
  progress.add_unit();
}

[[noreturn]] void refuse_missing() {
  throw Error(Exit::incomplete, "the run lacks this unit's file", "its sweep did not end, or the file was deleted",
              "run the sweep again: it computes what is missing");
}

/// Runs the graph.
void run_units(SweepJob& job, const Config& config, Outcome& outcome, Progress& progress) {
  const auto& command = job.command;
  const GraphOptions options{
      job.units,         command.engine, job.manifest.threads, job.memory.units_in_flight, job.keeps_surfaces(),
      config.run.metrics};
  const GraphHooks hooks{
      [&](const DayKey& day) -> std::variant<DayData, UnitResult> {
        if (auto finished =
                job.folder.read_unit({day, text_of(config.structural)}, job.points_kept(), is_sliced(config)))
          return std::move(*finished);
        if (job.only_finished) refuse_missing();
        return load_day(config, day);
      },
      [&](FinishedUnit&& unit) { commit(job, config, std::move(unit), outcome, progress); },
      [&](std::size_t points) { progress.add_points(points); },
      [&](const DayKey& day) { return alone_command(command, config.structural, day, job.folder.path()); }};
  outcome.committed = run_graph(*outcome.backtest, job.grid, options, hooks, stop_on_signals());
}

/// What the best point does on each day, and what axes do to decisions.
void describe_decisions(const SweepJob& job, const Outcome& outcome, SweepSummary& summary) {
  const auto [over, under, theta, half_spread] = job.grid.values(summary.best.point);
  const cont_kukanov::Penalties at{over, under, theta, half_spread};
  for (std::size_t d = 0; d < summary.days.size(); ++d)
    summary.at_best.push_back(describe_point(summary.days[d].facts.slices, outcome.winners[d], at));
  audit_decisions(job.grid, outcome.winners, summary);
}

/// Walks the grid with days that were made ready; what the other way leaves as it goes is asked of them at the end.
std::optional<SweepSummary> walk(const SweepJob& job, const Config& config, Outcome& outcome, Progress& progress) {
  std::vector<const DayEvaluation*> days;
  for (const auto& day : outcome.days) days.push_back(day.get());
  auto summary = walk_slabs(
      job.grid, reduce_options(config, job.grid, job.units.size()), days, slabs_to_walk(job, config, outcome),
      job.manifest.threads, [&](std::size_t points) { progress.add_points(points); }, stop_on_signals());
  if (!summary) return summary;
  for (const auto* day : days) {
    outcome.stats += day->stats();
    outcome.winners.push_back(day->winners());
    if (!outcome.sample) continue;
    const auto& part = outcome.sample->grid();
    auto surface = make_surface(part.size(), true);
    in_arena(job.manifest.threads, [&] {
      day->on(part)->evaluate({0, part.rows()}, slab_of(surface, 0, part.size()));
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
std::optional<SweepSummary> run_variant(SweepJob& job, const Config& config, Outcome& outcome, Progress& progress) {
  outcome.backtest = make_backtest(config, job.grid);
  if (is_sliced(config)) outcome.sample.emplace(job.grid, job.units.size());
  if (job.keeps_surfaces())
    outcome.reducer.emplace(job.grid, reduce_options(config, job.grid, job.units.size()), job.memory.reducer_slabs);
  run_units(job, config, outcome, progress);
  if (outcome.committed < job.units.size()) return std::nullopt;
  std::optional<SweepSummary> summary;
  if (job.keeps_surfaces()) {
    in_arena(job.manifest.threads, [&] { summary = outcome.reducer->finish(); });
  } else {
    summary = walk(job, config, outcome, progress);
  }
  if (!summary) return summary;
  const bool has_candidates = is_sliced(config) && cont_kukanov::has_candidates(config.slices.solver);
  if (!has_candidates) outcome.winners.clear();
  if (has_candidates) describe_decisions(job, outcome, *summary);
  write_surfaces(job, config, outcome, *summary);
  return summary;
}

}  // namespace

std::size_t SweepJob::points_kept() const {
  if (keeps_surfaces()) return grid.size();
  return is_sliced(config()) ? 0 : 1;
}

SweepJob prepare_sweep(const SweepCommand& command) {
  auto variants = read_configs(command.config, command.sets);
  overrule(variants, command.threads, command.memory);
  for (const auto& config : variants) check_surfaces(config, command.engine);
  const auto& config = variants.front();
  auto grid = make_grid(config);
  auto units = select_units(config);
  const auto days = check_days(config, units);
  const auto identity = identify(config, command.engine, days);
  auto manifest = describe_run(identity, grid, threads_of(config));
  manifest.points *= variants.size();
  manifest.units *= variants.size();
  const auto longest = std::ranges::max(days, {}, &DayHeader::rows).rows;
  const auto memory = plan_for_all(variants, grid, days.size(), longest, manifest.threads);
  RunFolder folder(command.run.empty() ? config.run.out / manifest.run_id : command.run, config, manifest);
  return {command, std::move(variants), std::move(grid), std::move(units), std::move(manifest),
          memory,  std::move(folder)};
}

SweepJob prepare_report(const ReportCommand& command) {
  const auto record = read_run(command.run);
  const auto version = fmt::format("results version: {}", kResultsVersion);
  if (std::ranges::find(record.lines, version) == record.lines.end())
    throw Error(Exit::usage, fmt::format("{} was made by another version of sorsweep", command.run.string()),
                "its results need not be those of this one", "sweep it again");
  auto variants = read_configs(command.run / "config.resolved.yaml", {});
  overrule(variants, command.threads, command.memory);
  const auto& config = variants.front();
  auto grid = make_grid(config);
  Manifest manifest;
  manifest.run_id = record.id();
  manifest.threads = threads_of(config);
  auto units = units_of(record, config.symbols);
  manifest.points = grid.size() * variants.size();
  manifest.units = units.size() * variants.size();
  const auto memory = plan_for_all(variants, grid, units.size(), 0, manifest.threads);
  SweepCommand sweep;
  sweep.config = command.run / "config.resolved.yaml";
  sweep.run = command.run;
  return {std::move(sweep),
          std::move(variants),
          std::move(grid),
          std::move(units),
          std::move(manifest),
          memory,
          RunFolder(command.run, record.id()),
          true};
}

Finished run(SweepJob& job, Progress& progress) {
  Finished finished;
  std::vector<Variant> variants;
  std::optional<PointTotal> best;
  for (const auto& config : job.variants) {
    Outcome outcome;
    auto summary = run_variant(job, config, outcome, progress);
    finished.units += outcome.committed;
    finished.stats += outcome.stats;
    if (!summary) return finished;
    if (outcome.sample && (!best || is_better(summary->best, *best))) {
      best = summary->best;
      finished.best = BestVariant{std::move(*outcome.sample), std::move(outcome.winners)};
    }
    variants.push_back({config.structural, std::move(*summary)});
  }
  finished.results = combine(std::move(variants));
  return finished;
}

}  // namespace sorsweep
