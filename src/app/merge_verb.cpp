// merge, report: reduce the units of a run to its results.
#include <fmt/format.h>

#include "app/failure.hpp"
#include "app/progress.hpp"
#include "app/run_options.hpp"
#include "app/signals.hpp"
#include "core/error.hpp"
#include "core/machine.hpp"
#include "core/temporaries.hpp"
#include "core/text.hpp"
#include "job/sweep_output.hpp"
#include "report/html.hpp"
#include "run/coverage.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {
namespace {

/// The options of merge and of report.
struct ReportCommand {
  std::filesystem::path run;
  std::optional<int> threads;
  std::optional<std::uint64_t> memory;
  bool json = false;
};

void declare(VerbOptions& options, ReportCommand& command) {
  add_run_folder(options, command.run);
  add_threads(options, command.threads, "as the config says");
  add_memory(options, command.memory);
  options.json(command.json);
}

/// Runs the job with a bar. If a unit is damaged, it names all damaged ones before the error is thrown on.
Finished run_with_progress(SweepJob& job, const char* verb, int verbosity) {
  Progress progress(job.plan.manifest.points * job.plan.days.size(), job.plan.manifest.units, 0, verbosity < 0, verb);
  try {
    auto finished = run(job, {progress, nullptr, stop_on_signals()});
    job.plan.manifest.wall_seconds = progress.seconds();
    return finished;
  } catch (const Error& error) {
    if (error.code() == Exit::integrity) name_damaged(job.folder, job.plan.units, job.request.engine);
    throw;
  }
}

std::optional<Outputs> finish(SweepJob& job, Finished& finished, bool is_new, const char* verb, Log& log) {
  return with_ticker(verb, kFinishing, log.verbosity() < 0,
                     [&] { return write_outputs(job, finished, is_new, stop_on_signals()); });
}

Exit run_report(const ReportCommand& command, Log& log) {
  auto job = prepare_report(command.run, command.threads, command.memory);
  check_coverage(job.folder, job.plan.units, job.request.engine);
  auto finished = run_with_progress(job, "report", log.verbosity());
  if (!finished.results) return tell_stopped("report: stopped cleanly", command.json, log);
  const auto outputs = finish(job, finished, false, "report", log);
  if (!outputs) return tell_stopped("report: stopped cleanly", command.json, log);
  print_result(command.json ? outputs->best_json : outputs->summary);
  if (const auto lacks = report_shortcomings(); !lacks.empty()) log.info(fmt::format("report: {}", lacks));
  log.info(fmt::format("report: {}", (job.folder.path() / "report.html").string()));
  return Exit::ok;
}

Exit run_merge(const ReportCommand& command, Log& log) {
  auto job = prepare_report(command.run, command.threads, command.memory);
  check_coverage(job.folder, job.plan.units, job.request.engine);
  auto finished = run_with_progress(job, "merge", log.verbosity());
  if (!finished.results) return tell_stopped("merge: stopped cleanly", command.json, log);
  job.plan.manifest.result_hash = finished.results->result_hash;
  job.plan.manifest.units_resumed = job.plan.manifest.units;
  job.plan.manifest.ended_at = utc_now();
  job.plan.manifest.peak_memory = peak_memory();
  const auto outputs = finish(job, finished, true, "merge", log);
  if (!outputs) return tell_stopped("merge: stopped cleanly", command.json, log);
  remove_dead_temporaries(job.folder.units());
  remove_dead_temporaries(job.folder.path());
  print_result(command.json ? outputs->best_json : outputs->summary);
  log.info(fmt::format("merge: {} units in {}, peak memory {}", job.plan.manifest.units,
                       format_seconds(job.plan.manifest.wall_seconds), format_bytes(peak_memory())));
  log.info(fmt::format("merge: result {}; files in {}", job.plan.manifest.result_hash, job.folder.path().string()));
  return Exit::ok;
}

}  // namespace

Verb merge_verb() {
  return make_verb("merge", "Check that all shards of a run are done, reduce and report", {"sorsweep merge runs/first"},
                   declare, run_merge);
}

Verb report_verb() {
  return make_verb("report", "Rewrite report.html and the tables of a run", {"sorsweep report runs/first"}, declare,
                   run_report);
}

}  // namespace sorsweep
