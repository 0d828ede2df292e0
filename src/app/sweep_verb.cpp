// sweep: read, check, run, reduce, write.
#include <fmt/format.h>

#include "app/output.hpp"
#include "app/progress.hpp"
#include "app/sweep_job.hpp"
#include "app/sweep_output.hpp"
#include "app/verbs.hpp"
#include "sorsweep/core/machine.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/report/json_output.hpp"
#include "sorsweep/report/tables.hpp"

namespace sorsweep {
namespace {

/// Where surfaces are not kept, units are made ready before any point is done: a guess, for the bar to move.
constexpr double kShareOfMakingReady = 0.2;

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

}  // namespace

Exit run_sweep(const SweepCommand& command, Log& log) {
  auto job = prepare_sweep(command);
  auto& manifest = job.manifest;
  log.info(fmt::format("sweep: {} points × {} days, router {}, engine {}, {} threads → {}",
                       format_count(manifest.points), job.units.size(), job.config().router, to_string(command.engine),
                       manifest.threads, job.folder.path().string()));
  Finished finished;
  {
    Progress progress(job.grid.size() * manifest.units, manifest.units, job.keeps_surfaces() ? 0 : kShareOfMakingReady,
                      log.verbosity() < 0);
    finished = run(job, progress);
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
  const auto texts = write_outputs(job, finished);
  if (!texts) {
    log.info("sweep: stopped in order, all units are there: run the same command again");
    return Exit::stopped;
  }
  job.folder.write("manifest.json", manifest_json(manifest));
  write_report(job, finished, *texts);
  print_result(command.json ? texts->best_json : texts->summary);
  const auto fresh = manifest.units - manifest.units_resumed;
  log.info(fmt::format("sweep: {} units computed, {} taken from before, in {} ({:.3g} M points/s), peak memory {}",
                       fresh, manifest.units_resumed, format_seconds(manifest.wall_seconds),
                       static_cast<double>(fresh * job.grid.size()) / manifest.wall_seconds / 1e6,
                       format_bytes(peak_memory())));
  if (command.stats) log.info(stats_text(finished.stats));
  log.info(fmt::format("sweep: result {}; files in {}", results.result_hash, job.folder.path().string()));
  return Exit::ok;
}

}  // namespace sorsweep
