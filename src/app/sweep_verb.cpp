// sweep: read, check, run, reduce, write.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/config.hpp"
#include "app/day_loader.hpp"
#include "app/memory_plan.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
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
  RunIdentity identity{semantic_lines(config), {}, engine, config.run.surfaces != KeepSurfaces::none};
  for (const auto& day : days) identity.content[to_string(day.key)] = day.content;
  return identity;
}

ReduceOptions reduce_options(const Config& config, const Grid& grid) {
  return {static_cast<double>(config.order.shares), is_sliced(config), config.objective, rows_to_rank(grid)};
}

/// All that a sweep holds while it runs.
struct Sweep {
  Config config;
  Grid grid;
  std::vector<DayKey> units;
  Manifest manifest;
  MemoryPlan memory;
  RunFolder folder;

  bool keeps_surfaces() const { return config.run.surfaces != KeepSurfaces::none; }

  /// Points of a unit's surface that stay in its file.
  std::size_t points_kept() const {
    if (keeps_surfaces()) return grid.size();
    return is_sliced(config) ? 0 : 1;
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

Sweep prepare(const SweepCommand& command) {
  auto config = read_config(command.config, command.sets);
  if (command.threads) config.run.threads = *command.threads;
  if (command.memory) config.run.memory = *command.memory;
  auto grid = make_grid(config);
  auto units = select_units(config);
  const auto days = check_days(config, units);
  const auto identity = identify(config, command.engine, days);
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  auto manifest = describe_run(identity, grid, config.run.threads ? config.run.threads : cores);
  check_surfaces(config, command.engine);
  const auto longest = std::ranges::max(days, {}, &DayHeader::rows).rows;
  const auto memory = plan_memory(config, grid, reduce_options(config, grid), longest, manifest.threads);
  RunFolder folder(command.run.empty() ? config.run.out / manifest.run_id : command.run, config, manifest);
  return {std::move(config), std::move(grid), std::move(units), std::move(manifest), memory, std::move(folder)};
}

/// What the units leave: sums where surfaces are kept, else the days themselves.
struct Outcome {
  std::optional<Reducer> reducer;
  std::vector<std::unique_ptr<DayEvaluation>> days;
  std::vector<std::vector<Contenders>> contenders;  ///< of each unit
  EvaluationStats stats;
  std::size_t committed = 0;
};

void commit(Sweep& sweep, FinishedUnit&& unit, Outcome& outcome, Progress& progress) {
  if (unit.fresh) sweep.folder.write_unit(unit.result, is_sliced(sweep.config));
  sweep.manifest.units_resumed += !unit.fresh;
  if (unit.evaluation) {
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
void run_units(const Backtest& backtest, Sweep& sweep, const SweepCommand& command, Outcome& outcome,
               Progress& progress) {
  const GraphOptions options{sweep.units, command.engine, sweep.manifest.threads, sweep.memory.units_in_flight,
                             sweep.keeps_surfaces()};
  const GraphHooks hooks{
      [&](const DayKey& day) -> std::variant<DayData, UnitResult> {
        if (auto finished = sweep.folder.read_unit(day, sweep.points_kept(), is_sliced(sweep.config)))
          return std::move(*finished);
        return load_day(sweep.config, day);
      },
      [&](FinishedUnit&& unit) { commit(sweep, std::move(unit), outcome, progress); },
      [&](std::size_t points) { progress.add_points(points); },
      [&](const DayKey& day) {
        return fmt::format("sorsweep sweep {} --set 'symbols=[{}]' --set 'days=[{}]' --threads 1",
                           command.config.string(), day.symbol, format_date(day.date));
      }};
  outcome.committed = run_graph(backtest, sweep.grid, options, hooks, stop_on_signals());
}

/// What the best point does on each day.
void describe_best(const Sweep& sweep, const Outcome& outcome, SweepSummary& summary) {
  const bool has_candidates = cont_kukanov::has_candidates(sweep.config.slices.solver);
  if (!summary.is_sliced || !has_candidates) return;
  const auto [over, under, theta, half_spread] = sweep.grid.values(summary.best.point);
  for (std::size_t d = 0; d < summary.days.size(); ++d) {
    const auto& contenders = outcome.days.empty() ? outcome.contenders[d] : outcome.days[d]->contenders();
    summary.at_best.push_back(
        describe_point(summary.days[d].facts.slices, contenders, {over, under, theta, half_spread}));
  }
}

/// \return nothing when the sweep was stopped before its end
std::optional<SweepSummary> run(Sweep& sweep, const SweepCommand& command, Outcome& outcome, Progress& progress) {
  const auto backtest = make_backtest(sweep.config, sweep.grid);
  run_units(*backtest, sweep, command, outcome, progress);
  if (outcome.committed < sweep.manifest.units) return std::nullopt;
  if (sweep.keeps_surfaces()) {
    std::optional<SweepSummary> summary;
    in_arena(sweep.manifest.threads, [&] { summary = outcome.reducer->finish(); });
    return summary;
  }
  std::vector<const DayEvaluation*> days;
  for (const auto& day : outcome.days) days.push_back(day.get());
  auto summary = walk_slabs(
      sweep.grid, reduce_options(sweep.config, sweep.grid), days, sweep.memory.slabs, sweep.manifest.threads,
      [&](std::size_t points) { progress.add_points(points); }, stop_on_signals());
  for (const auto* day : days) outcome.stats += day->stats();
  return summary;
}

std::string stats_text(const EvaluationStats& stats) {
  const auto& collapse = stats.collapse;
  return fmt::format(
      "stats: {} slices; {} candidates, {} contenders after pruning, {} different winners\n"
      "stats: {} boxes, {} lines, {} segments, {} evaluations of a candidate\n"
      "stats: thread time: books and samples {}, candidates and pruning {}, boxes and integration {}",
      format_count(stats.slices), format_count(stats.candidates), format_count(stats.contenders),
      format_count(stats.winners), format_count(collapse.boxes), format_count(collapse.lines),
      format_count(collapse.segments), format_count(collapse.evaluations), format_seconds(stats.books_seconds),
      format_seconds(stats.candidates_seconds), format_seconds(stats.boxes_seconds));
}

void write_results(const Sweep& sweep, const SweepSummary& summary) {
  sweep.folder.write("summary.csv", summary_csv(sweep.grid, summary));
  sweep.folder.write("days.csv", days_csv(sweep.grid, summary));
  sweep.folder.write("axes.csv", axes_csv(sweep.grid, summary));
  sweep.folder.write("best.json", best_json(sweep.grid, summary));
  sweep.folder.write("manifest.json", manifest_json(sweep.manifest));
}

}  // namespace

Exit run_sweep(const SweepCommand& command, Log& log) {
  auto sweep = prepare(command);
  auto& manifest = sweep.manifest;
  log.info(fmt::format("sweep: {} points × {} days, router {}, engine {}, {} threads → {}",
                       format_count(manifest.points), manifest.units, sweep.config.router, to_string(command.engine),
                       manifest.threads, sweep.folder.path().string()));
  Outcome outcome;
  if (sweep.keeps_surfaces())
    outcome.reducer.emplace(sweep.grid, reduce_options(sweep.config, sweep.grid), sweep.memory.reducer_slabs);
  std::optional<SweepSummary> finished;
  {
    Progress progress(manifest.points * manifest.units, manifest.units, log.verbosity() < 0);
    finished = run(sweep, command, outcome, progress);
    manifest.wall_seconds = progress.seconds();
  }
  if (!finished) {
    log.info(fmt::format("sweep: stopped in order after {} of {} units: run the same command again", outcome.committed,
                         manifest.units));
    return Exit::stopped;
  }
  auto& summary = *finished;
  describe_best(sweep, outcome, summary);
  manifest.result_hash = summary.result_hash;
  manifest.ended_at = utc_now();
  write_results(sweep, summary);
  print_result(command.json ? best_json(sweep.grid, summary) : summary_text(sweep.grid, summary));
  const auto fresh = manifest.units - manifest.units_resumed;
  log.info(fmt::format("sweep: {} units computed, {} taken from before, in {} ({:.3g} M points/s), peak memory {}",
                       fresh, manifest.units_resumed, format_seconds(manifest.wall_seconds),
                       static_cast<double>(fresh * manifest.points) / manifest.wall_seconds / 1e6,
                       format_bytes(peak_memory())));
  if (command.stats) log.info(stats_text(outcome.stats));
  log.info(fmt::format("sweep: result {}; files in {}", summary.result_hash, sweep.folder.path().string()));
  return Exit::ok;
}

}  // namespace sorsweep
