// sweep: read, check, run, reduce, write.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "app/config.hpp"
#include "app/day_loader.hpp"
#include "app/progress.hpp"
#include "app/run_folder.hpp"
#include "app/signals.hpp"
#include "app/verbs.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/report/json_output.hpp"
#include "sorsweep/report/tables.hpp"
#include "sorsweep/router/router.hpp"
#include "sorsweep/store/day_file.hpp"
#include "sorsweep/sweep/graph.hpp"

namespace sorsweep {
namespace {

/// What a stored day may become in memory, a byte of its file: columns, a copy in order, the tape.
constexpr std::uint64_t kTapeBytesPerFileByte = 12;
constexpr std::uint64_t kSurfaceBytesPerPoint = 16;

std::uint64_t machine_memory() {
  return static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::string utc_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return format_iso_time(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

std::string host_name() {
  char name[256] = {};
  ::gethostname(name, sizeof name - 1);
  return name;
}

RunIdentity identify(const Config& config, Engine engine, const std::vector<DayKey>& units) {
  RunIdentity identity{semantic_lines(config), {}, engine};
  for (const auto& unit : units) identity.seals[to_string(unit)] = read_day_seal(day_path(config.store, unit));
  return identity;
}

/// How many units fit the memory budget at a time, beside the reducer.
/// \throws Error (resources) when not even one does.
std::size_t units_that_fit(const Config& config, const Grid& grid, const std::vector<DayKey>& units, int threads) {
  const auto budget = config.run.memory ? config.run.memory : machine_memory() / 2;
  std::uint64_t largest = 0;
  for (const auto& unit : units) largest = std::max(largest, std::filesystem::file_size(day_path(config.store, unit)));
  const auto fixed = grid.size() * Reducer::kBytesPerPoint;
  const auto each = grid.size() * kSurfaceBytesPerPoint + largest * kTapeBytesPerFileByte;
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
  RunIdentity identity;
  RunFolder folder;
  int threads;
  std::size_t resumed = 0;
};

Sweep prepare(const SweepCommand& command) {
  auto config = read_config(command.config, command.sets);
  if (command.threads) config.run.threads = *command.threads;
  if (command.memory) config.run.memory = *command.memory;
  auto grid = make_grid(config);
  auto units = select_units(config);
  auto identity = identify(config, command.engine, units);
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int threads = config.run.threads ? config.run.threads : cores;
  units_that_fit(config, grid, units, threads);  // refuses before anything is written
  RunFolder folder(command.run.empty() ? config.run.out / identity.id() : command.run, config, identity);
  return {std::move(config), std::move(grid), std::move(units), std::move(identity), std::move(folder), threads};
}

/// Runs the graph. \return units committed
std::size_t run_units(Sweep& sweep, Engine engine, Reducer& reducer, Progress& progress) {
  const GraphOptions options{sweep.units,
                             static_cast<double>(sweep.config.order.shares),
                             engine,
                             find_router(sweep.config.router)->any_axis_live(),
                             sweep.threads,
                             units_that_fit(sweep.config, sweep.grid, sweep.units, sweep.threads)};
  const GraphHooks hooks{
      [&](const DayKey& day) -> std::variant<EventTape, UnitResult> {
        if (auto finished = sweep.folder.read_unit(day, sweep.grid.size())) return std::move(*finished);
        return load_tape(sweep.config, day);
      },
      [&](UnitResult&& unit, bool fresh) {
        if (fresh) sweep.folder.write_unit(unit);
        if (!fresh) progress.add_points(sweep.grid.size());
        sweep.resumed += !fresh;
        reducer.add(unit);
        progress.add_unit();
      },
      [&](std::size_t points) { progress.add_points(points); }};
  return run_graph(sweep.grid, options, hooks, stop_on_signals());
}

Manifest describe_run(const Sweep& sweep, const std::string& started_at) {
  Manifest manifest;
  manifest.run_id = sweep.identity.id();
  manifest.config_hash = sweep.identity.config_hash();
  manifest.store_seals = sweep.identity.seals;
  manifest.engine = to_string(sweep.identity.engine);
  manifest.host = host_name();
  manifest.threads = sweep.threads;
  manifest.points = sweep.grid.size();
  manifest.units = sweep.units.size();
  manifest.units_resumed = sweep.resumed;
  manifest.started_at = started_at;
  return manifest;
}

void write_results(const Sweep& sweep, const SweepSummary& summary, Manifest manifest, double seconds) {
  manifest.result_hash = summary.result_hash;
  manifest.ended_at = utc_now();
  manifest.wall_seconds = seconds;
  sweep.folder.write("summary.csv", summary_csv(sweep.grid, summary));
  sweep.folder.write("days.csv", days_csv(sweep.grid, summary));
  sweep.folder.write("best.json", best_json(sweep.grid, summary));
  sweep.folder.write("manifest.json", manifest_json(manifest));
}

}  // namespace

Exit run_sweep(const SweepCommand& command, Log& log) {
  const auto started_at = utc_now();
  auto sweep = prepare(command);
  log.info(fmt::format("sweep: {} points × {} days, router {}, engine {}, {} threads → {}",
                       format_count(sweep.grid.size()), sweep.units.size(), sweep.config.router,
                       to_string(command.engine), sweep.threads, sweep.folder.path().string()));
  Reducer reducer(sweep.grid, static_cast<double>(sweep.config.order.shares));
  std::size_t committed = 0;
  double seconds = 0;
  {
    Progress progress(sweep.grid.size() * sweep.units.size(), sweep.units.size(), log.verbosity() < 0);
    committed = run_units(sweep, command.engine, reducer, progress);
    seconds = progress.seconds();
  }
  if (committed < sweep.units.size()) {
    log.info(fmt::format("sweep: stopped in order after {} of {} units: run the same command again", committed,
                         sweep.units.size()));
    return Exit::stopped;
  }

  const auto summary = reducer.finish(rows_to_rank(sweep.grid));
  write_results(sweep, summary, describe_run(sweep, started_at), seconds);
  fmt::print("{}", command.json ? best_json(sweep.grid, summary) : summary_text(sweep.grid, summary));
  const auto fresh = sweep.units.size() - sweep.resumed;
  log.info(fmt::format("sweep: {} units computed, {} taken from before, in {} ({:.2f} M points/s), peak memory {}",
                       fresh, sweep.resumed, format_seconds(seconds),
                       static_cast<double>(fresh * sweep.grid.size()) / seconds / 1e6, format_bytes(peak_memory())));
  log.info(fmt::format("sweep: result {}; files in {}", summary.result_hash, sweep.folder.path().string()));
  return Exit::ok;
}

}  // namespace sorsweep
