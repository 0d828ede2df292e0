// sweep: read, check, run, reduce, write.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/config.hpp"
#include "app/day_loader.hpp"
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

/// What a row of a day takes in memory while its tape is made: its columns, the file's image, the tape.
constexpr std::uint64_t kTapeBytesPerRow = 256;
constexpr std::uint64_t kSurfaceBytesPerPoint = 16;

RunIdentity identify(const Config& config, Engine engine, const std::vector<DayHeader>& days) {
  RunIdentity identity{semantic_lines(config), {}, engine};
  for (const auto& day : days) identity.content[to_string(day.key)] = day.content;
  return identity;
}

/// How many units fit the memory budget at a time, beside the reducer.
/// \throws Error (resources) when not even one does.
std::size_t units_that_fit(const Config& config, const Grid& grid, const std::vector<DayHeader>& days, int threads) {
  const auto budget = config.run.memory ? config.run.memory : machine_memory() / 2;
  const auto longest = std::ranges::max(days, {}, &DayHeader::rows).rows;
  const auto fixed = grid.size() * Reducer::bytes_per_point(is_sliced(config), config.objective);
  const auto each = grid.size() * kSurfaceBytesPerPoint + longest * kTapeBytesPerRow;
  if (fixed + each > budget)
    throw Error(Exit::resources,
                fmt::format("{} points need {} of memory", format_count(grid.size()), format_bytes(fixed + each)),
                fmt::format("the budget is {}", format_bytes(budget)), "take a coarser grid, or give more with --mem");
  // Twice the threads keeps everyone busy; more would only hold memory.
  return std::clamp<std::size_t>((budget - fixed) / each, 1, 2 * static_cast<std::size_t>(threads));
}

/// All that a sweep holds while it runs.
struct Sweep {
  Config config;
  Grid grid;
  std::vector<DayKey> units;
  Manifest manifest;
  std::size_t units_in_flight;
  RunFolder folder;
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
  const auto units_in_flight = units_that_fit(config, grid, days, manifest.threads);
  RunFolder folder(command.run.empty() ? config.run.out / manifest.run_id : command.run, config, manifest);
  return {std::move(config),   std::move(grid), std::move(units),
          std::move(manifest), units_in_flight, std::move(folder)};
}

/// Runs the graph. \return units committed
std::size_t run_units(Sweep& sweep, const SweepCommand& command, Reducer& reducer, Progress& progress) {
  const GraphOptions options{sweep.units, command.engine, sweep.manifest.threads, sweep.units_in_flight};
  const auto backtest = make_backtest(sweep.config);
  const GraphHooks hooks{[&](const DayKey& day) -> std::variant<DayData, UnitResult> {
                           if (auto finished = sweep.folder.read_unit(day, sweep.grid.size(), is_sliced(sweep.config)))
                             return std::move(*finished);
                           return load_day(sweep.config, day);
                         },
                         [&](UnitResult&& unit, bool fresh) {
                           if (fresh) sweep.folder.write_unit(unit);
                           if (!fresh) progress.add_points(sweep.grid.size());
                           sweep.manifest.units_resumed += !fresh;
                           reducer.add(unit);
                           progress.add_unit();
                         },
                         [&](std::size_t points) { progress.add_points(points); },
                         [&](const DayKey& day) {
                           return fmt::format("sorsweep sweep {} --set 'symbols=[{}]' --set 'days=[{}]' --threads 1",
                                              command.config.string(), day.symbol, format_date(day.date));
                         }};
  return run_graph(*backtest, sweep.grid, options, hooks, stop_on_signals());
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
  Reducer reducer(sweep.grid, static_cast<double>(sweep.config.order.shares), is_sliced(sweep.config),
                  sweep.config.objective);
  std::size_t committed = 0;
  {
    Progress progress(manifest.points * manifest.units, manifest.units, log.verbosity() < 0);
    committed = run_units(sweep, command, reducer, progress);
    manifest.wall_seconds = progress.seconds();
  }
  if (committed < manifest.units) {
    log.info(fmt::format("sweep: stopped in order after {} of {} units: run the same command again", committed,
                         manifest.units));
    return Exit::stopped;
  }

  const auto summary = reducer.finish(rows_to_rank(sweep.grid));
  manifest.result_hash = summary.result_hash;
  manifest.ended_at = utc_now();
  write_results(sweep, summary);
  print_result(command.json ? best_json(sweep.grid, summary) : summary_text(sweep.grid, summary));
  const auto fresh = manifest.units - manifest.units_resumed;
  log.info(fmt::format("sweep: {} units computed, {} taken from before, in {} ({:.3g} M points/s), peak memory {}",
                       fresh, manifest.units_resumed, format_seconds(manifest.wall_seconds),
                       static_cast<double>(fresh * manifest.points) / manifest.wall_seconds / 1e6,
                       format_bytes(peak_memory())));
  log.info(fmt::format("sweep: result {}; files in {}", summary.result_hash, sweep.folder.path().string()));
  return Exit::ok;
}

}  // namespace sorsweep
