// sweep: read, check, run, reduce, write.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/alone_command.hpp"
#include "app/config.hpp"
#include "app/day_loader.hpp"
#include "app/memory_plan.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "app/results_file.hpp"
#include "app/run_folder.hpp"
#include "app/signals.hpp"
#include "app/verbs.hpp"
#include "sorsweep/core/machine.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/report/json_output.hpp"
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

ReduceOptions reduce_options(const Config& config, const Grid& grid) {
  return {static_cast<double>(config.order.shares), is_sliced(config), config.objective, rows_to_rank(grid)};
}

/// Where surfaces are not kept, units are made ready before any point is done: a guess, for the bar to move.
constexpr double kShareOfMakingReady = 0.2;

/// All that a sweep holds while it runs.
struct Sweep {
  std::vector<Config> variants;  ///< of the structural points: they differ in order and model only
  Grid grid;
  std::vector<DayKey> units;
  Manifest manifest;
  MemoryPlan memory;
  RunFolder folder;

  const Config& config() const { return variants.front(); }
  bool keeps_surfaces() const { return config().run.surfaces != KeepSurfaces::none; }

  /// Points of a unit's surface that stay in its file.
  std::size_t points_kept() const {
    if (keeps_surfaces()) return grid.size();
    return is_sliced(config()) ? 0 : 1;
  }
};

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
MemoryPlan plan_for_all(const std::vector<Config>& variants, const Grid& grid, std::size_t longest_day, int threads) {
  MemoryPlan least{SIZE_MAX, 1};
  for (const auto& config : variants) {
    const auto plan = plan_memory(config, grid, reduce_options(config, grid), longest_day, threads);
    least.units_in_flight = std::min(least.units_in_flight, plan.units_in_flight);
    least.reducer_slabs = plan.reducer_slabs;
  }
  return least;
}

Sweep prepare(const SweepCommand& command) {
  auto variants = read_configs(command.config, command.sets);
  for (auto& config : variants) {
    if (command.threads) config.run.threads = *command.threads;
    if (command.memory) config.run.memory = *command.memory;
    check_surfaces(config, command.engine);
  }
  const auto& config = variants.front();
  auto grid = make_grid(config);
  auto units = select_units(config);
  const auto days = check_days(config, units);
  const auto identity = identify(config, command.engine, days);
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  auto manifest = describe_run(identity, grid, config.run.threads ? config.run.threads : cores);
  manifest.points *= variants.size();
  manifest.units *= variants.size();
  const auto longest = std::ranges::max(days, {}, &DayHeader::rows).rows;
  const auto memory = plan_for_all(variants, grid, longest, manifest.threads);
  RunFolder folder(command.run.empty() ? config.run.out / manifest.run_id : command.run, config, manifest);
  return {std::move(variants), std::move(grid), std::move(units), std::move(manifest), memory, std::move(folder)};
}

/// What the units of one structural point leave: sums where surfaces are kept, else the days themselves.
struct Outcome {
  std::unique_ptr<Backtest> backtest;  ///< the days refer to it
  std::optional<Reducer> reducer;
  std::vector<std::unique_ptr<DayEvaluation>> days;
  std::uint64_t contenders_of_days = 0;
  std::vector<std::vector<Contenders>> contenders;  ///< of each unit
  EvaluationStats stats;
  std::size_t committed = 0;
};

/// Slabs to walk the grid in, beside what the days hold. \throws Error (resources)
std::size_t slabs_to_walk(const Sweep& sweep, const Config& config, const Outcome& outcome) {
  return plan_slabs(config, sweep.grid, reduce_options(config, sweep.grid), outcome.contenders_of_days,
                    sweep.manifest.threads);
}

void commit(Sweep& sweep, const Config& config, FinishedUnit&& unit, Outcome& outcome, Progress& progress) {
  const UnitName name{unit.result.facts.day, text_of(config.structural)};
  if (unit.fresh) sweep.folder.write_unit(name, unit.result, config);
  sweep.manifest.units_resumed += !unit.fresh;
  if (unit.evaluation) {
    outcome.contenders_of_days += unit.evaluation->stats().contenders;
    slabs_to_walk(sweep, config, outcome);  // refuses now what could not be walked in the end
    outcome.days.push_back(std::move(unit.evaluation));
  } else {
    outcome.stats += unit.stats;
    if (!unit.fresh) progress.add_points(sweep.grid.size());
    outcome.reducer->add(unit.result);
    outcome.contenders.push_back(std::move(unit.result.contenders));
  }
  progress.add_unit();
}

/// Runs the graph.
void run_units(Sweep& sweep, const Config& config, const SweepCommand& command, Outcome& outcome, Progress& progress) {
  const GraphOptions options{
      sweep.units,       command.engine, sweep.manifest.threads, sweep.memory.units_in_flight, sweep.keeps_surfaces(),
      config.run.metrics};
  const GraphHooks hooks{
      [&](const DayKey& day) -> std::variant<DayData, UnitResult> {
        if (auto finished =
                sweep.folder.read_unit({day, text_of(config.structural)}, sweep.points_kept(), is_sliced(config)))
          return std::move(*finished);
        return load_day(config, day);
      },
      [&](FinishedUnit&& unit) { commit(sweep, config, std::move(unit), outcome, progress); },
      [&](std::size_t points) { progress.add_points(points); },
      [&](const DayKey& day) { return alone_command(command, config.structural, day, sweep.folder.path()); }};
  outcome.committed = run_graph(*outcome.backtest, sweep.grid, options, hooks, stop_on_signals());
}

/// What the best point does on each day.
void describe_best(const Sweep& sweep, const Config& config, const Outcome& outcome, SweepSummary& summary) {
  const bool has_candidates = cont_kukanov::has_candidates(config.slices.solver);
  if (!summary.is_sliced || !has_candidates) return;
  const auto [over, under, theta, half_spread] = sweep.grid.values(summary.best.point);
  const cont_kukanov::Penalties at{over, under, theta, half_spread};
  for (std::size_t d = 0; d < summary.days.size(); ++d) {
    const auto describe = [&](const std::vector<Contenders>& contenders) {
      summary.at_best.push_back(describe_point(summary.days[d].facts.slices, contenders, at));
    };
    outcome.days.empty() ? describe(outcome.contenders[d]) : describe(outcome.days[d]->contenders());
  }
}

/// The structural point's surfaces over all days; the chunks are made by all threads.
void write_surfaces(const Sweep& sweep, const Config& config, const Outcome& outcome, const SweepSummary& summary) {
  const auto structural = text_of(config.structural);
  const auto* reducer = outcome.reducer ? &*outcome.reducer : nullptr;
  in_arena(sweep.manifest.threads, [&] {
    write_results_file(sweep.folder.path() / results_file_name(structural), sweep.grid, reducer, summary,
                       {sweep.manifest.run_id, objective_text(config.objective), structural});
  });
}

/// One structural point. \return nothing when the sweep was stopped before its end
std::optional<SweepSummary> run_variant(Sweep& sweep, const Config& config, const SweepCommand& command,
                                        Outcome& outcome, Progress& progress) {
  outcome.backtest = make_backtest(config, sweep.grid);
  const auto reduce = reduce_options(config, sweep.grid);
  if (sweep.keeps_surfaces()) outcome.reducer.emplace(sweep.grid, reduce, sweep.memory.reducer_slabs);
  run_units(sweep, config, command, outcome, progress);
  if (outcome.committed < sweep.units.size()) return std::nullopt;
  std::optional<SweepSummary> summary;
  if (sweep.keeps_surfaces()) {
    in_arena(sweep.manifest.threads, [&] { summary = outcome.reducer->finish(); });
  } else {
    std::vector<const DayEvaluation*> days;
    for (const auto& day : outcome.days) days.push_back(day.get());
    summary = walk_slabs(
        sweep.grid, reduce, days, slabs_to_walk(sweep, config, outcome), sweep.manifest.threads,
        [&](std::size_t points) { progress.add_points(points); }, stop_on_signals());
    for (const auto* day : days) outcome.stats += day->stats();
  }
  if (!summary) return summary;
  describe_best(sweep, config, outcome, *summary);
  write_surfaces(sweep, config, outcome, *summary);
  return summary;
}

/// What all structural points came to.
struct Finished {
  std::optional<SweepResults> results;  ///< nothing when the sweep was stopped before its end
  EvaluationStats stats;
  std::size_t units = 0;
};

Finished run(Sweep& sweep, const SweepCommand& command, Progress& progress) {
  Finished finished;
  std::vector<Variant> variants;
  for (const auto& config : sweep.variants) {
    Outcome outcome;
    auto summary = run_variant(sweep, config, command, outcome, progress);
    finished.units += outcome.committed;
    finished.stats += outcome.stats;
    if (!summary) return finished;
    variants.push_back({config.structural, std::move(*summary)});
  }
  finished.results = combine(std::move(variants));
  return finished;
}

std::string stats_text(const EvaluationStats& stats) {
  const auto& collapse = stats.collapse;
  return fmt::format(
      "stats: {} slices, {} of them left to pool; {} candidates, {} contenders after pruning, {} different winners\n"
      "stats: {} boxes, {} lines, {} segments, {} evaluations of a candidate\n"
      "stats: time in threads: books and samples {}, tables {}, pruning {}, execution {}, boxes and integration {}",
      format_count(stats.slices), format_count(stats.pooled), format_count(stats.candidates),
      format_count(stats.contenders), format_count(stats.winners), format_count(collapse.boxes),
      format_count(collapse.lines), format_count(collapse.segments), format_count(collapse.evaluations),
      format_seconds(stats.books_seconds), format_seconds(stats.tables_seconds), format_seconds(stats.pruning_seconds),
      format_seconds(stats.executing_seconds), format_seconds(stats.boxes_seconds));
}

void write_results(const Sweep& sweep, const SweepResults& results) {
  sweep.folder.write("summary.csv", summary_csv(sweep.grid, results));
  sweep.folder.write("days.csv", days_csv(sweep.grid, results));
  sweep.folder.write("axes.csv", axes_csv(sweep.grid, results));
  sweep.folder.write("best.json", best_json(sweep.grid, results));
  sweep.folder.write("manifest.json", manifest_json(sweep.manifest));
}

}  // namespace

Exit run_sweep(const SweepCommand& command, Log& log) {
  auto sweep = prepare(command);
  auto& manifest = sweep.manifest;
  log.info(fmt::format("sweep: {} points × {} days, router {}, engine {}, {} threads → {}",
                       format_count(manifest.points), sweep.units.size(), sweep.config().router,
                       to_string(command.engine), manifest.threads, sweep.folder.path().string()));
  Finished finished;
  {
    Progress progress(sweep.grid.size() * manifest.units, manifest.units,
                      sweep.keeps_surfaces() ? 0 : kShareOfMakingReady, log.verbosity() < 0);
    finished = run(sweep, command, progress);
    manifest.wall_seconds = progress.seconds();
  }
  if (!finished.results) {
    log.info(fmt::format("sweep: stopped in order after {} of {} units: run the same command again", finished.units,
                         manifest.units));
    return Exit::stopped;
  }
  const auto& results = *finished.results;
  manifest.result_hash = results.result_hash;
  manifest.ended_at = utc_now();
  write_results(sweep, results);
  print_result(command.json ? best_json(sweep.grid, results) : summary_text(sweep.grid, results));
  const auto fresh = manifest.units - manifest.units_resumed;
  log.info(fmt::format("sweep: {} units computed, {} taken from before, in {} ({:.3g} M points/s), peak memory {}",
                       fresh, manifest.units_resumed, format_seconds(manifest.wall_seconds),
                       static_cast<double>(fresh * sweep.grid.size()) / manifest.wall_seconds / 1e6,
                       format_bytes(peak_memory())));
  if (command.stats) log.info(stats_text(finished.stats));
  log.info(fmt::format("sweep: result {}; files in {}", results.result_hash, sweep.folder.path().string()));
  return Exit::ok;
}

}  // namespace sorsweep
