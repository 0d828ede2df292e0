// tested by: tests/python/report_test.py (computation)
#include "job/sweep_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/files.hpp"
#include "core/parallel.hpp"
#include "job/data_quality.hpp"
#include "job/day_loader.hpp"
#include "job/replay.hpp"
#include "report/html.hpp"
#include "report/report_parts.hpp"
#include "report/tables.hpp"
#include "run/run_events.hpp"

namespace sorsweep {
namespace {

/// The page draws the slices of at most this many days one by one, so that it stays small.
constexpr std::size_t kMostDaysDrawn = 5;

/// Returns who computed the run, or nothing where no process has left a log.
std::optional<ReportComputation> report_computation(const std::vector<RunProcess>& processes) {
  if (processes.empty()) return std::nullopt;
  ReportComputation computation{efficiency_of(processes), {}};
  for (const auto& process : processes)
    computation.processes.push_back({process.start.host, process.start.shard, process.start.threads,
                                     process.units_computed, process.units_resumed, process.units_failed,
                                     process.wall_seconds, process.busy_seconds, process.units_peak_memory,
                                     process.start.slurm ? process.start.slurm->restart : 0});
  return computation;
}

/// Tells what a placement filled in a slice, with the shares of each venue.
SliceFills fills_of(const SliceCase& slice, const Placement& placement, const execution::Fills& filled) {
  SliceFills fills{filled, {}};
  for (std::size_t k = 0; k < slice.venues.size(); ++k) {
    const auto shares = execution::filled(slice.realised.queues[k], placement.limits[k]);
    if (shares > 0) fills.limit_by_venue.emplace_back(fmt::format("publisher {}", slice.venues[k]), shares);
  }
  return fills;
}

/// Replays the best point on the run's first days, which are loaded from the store.
/// \param days how many of them
std::vector<ReportExecution> replay_best(const RunPlan& plan, const SweepResults& results, std::size_t days) {
  const auto& config = plan.configs[results.best_structural_point];
  const auto& summary = results.best();
  const auto at = plan.grid.values(summary.best.point);
  std::vector<ReportExecution> executions;
  for (std::size_t d = 0; d < std::min(days, plan.days.size()); ++d) {
    const auto played = play_point(load_day(config, plan.days[d], plan.identity.content), config.slices, plan.grid, at);
    std::vector<SliceFills> fills;
    for (std::size_t i = 0; i < played.fills.size(); ++i)
      fills.push_back(fills_of(played.slices.cases[i], played.decisions[i].placement, played.fills[i]));
    executions.push_back(report_execution(summary.days[d].facts, fills));
  }
  return executions;
}

/// Collects what the page shows besides the tables.
ReportParts parts_of(const SweepJob& job, const Finished& finished, const Answer& answer, const std::string& no_store) {
  const auto& summary = finished.results->best();
  ReportParts parts;
  parts.computation = report_computation(read_history(job.folder.path()).processes);
  if (!parts.computation) parts.absent["computation"] = "the run has no event logs";
  if (summary.is_sliced) parts.drift_bps = answer.totals.drift_bps;
  if (summary.regions) {
    const bool is_bps = summary.is_sliced && job.plan.config().objective.kind != Objective::Kind::total_cost;
    parts.surface = report_surface(job.plan.grid, *summary.regions, is_bps ? "bps" : "USD");
  } else {
    parts.absent["surface"] = "some points did not trade the whole order, so costs cannot be compared";
  }
  add_trust(parts, answer.findings);
  if (!finished.best || finished.best->winners.empty()) {
    for (const auto* part : {"execution", "winners"})
      parts.absent[part] = "the router or its solver keeps no placements";
    return parts;
  }
  const auto& winners = finished.best->winners;
  parts.winners = report_winners(job.plan.grid, summary.best.point, summary.days[0].facts, winners[0]);
  if (no_store.empty()) {
    in_arena(job.threads(), [&] { parts.execution = replay_best(job.plan, *finished.results, kMostDaysDrawn); });
    return parts;
  }
  // Without the store the venues are not known.
  for (std::size_t d = 0; d < std::min(kMostDaysDrawn, summary.days.size()); ++d)
    parts.execution.push_back(report_execution(job.plan.grid, summary.best.point, summary.days[d].facts, winners[d]));
  return parts;
}

/// Judges what the sweep found.
/// \return nothing when `stop` became true first
std::optional<Findings> find(const SweepJob& job, Finished& finished, const std::string& no_store,
                             const std::atomic<bool>& stop) {
  const auto& results = *finished.results;
  const auto& objective = job.plan.configs[results.best_structural_point].objective;
  auto findings = finished.best
                      ? judge_sweep(job.plan.grid, results, objective, finished.best->sample, finished.best->winners)
                      : nothing_to_judge();
  findings.quality.skipped = no_store;
  if (!no_store.empty()) return findings;
  const auto quality = recost_without_flagged(job, results, stop);
  if (!quality) return std::nullopt;
  findings.quality = *quality;
  return findings;
}

void write_tables(const RunFolder& folder, const Answer& answer, const std::string& best) {
  folder.write("summary.csv", to_csv(answer.points));
  folder.write("days.csv", to_csv(answer.days));
  folder.write("axes.csv", to_csv(answer.axes));
  folder.write("out_of_sample.csv", to_csv(answer.out_of_sample));
  folder.write("summary.md", summary_md(answer));
  folder.write("best.json", best);
}

/// Writes the manifest of a run that ends now, or reads that of a run that ended before.
std::string write_manifest(SweepJob& job, bool is_new) {
  if (!is_new) return read_file(job.folder.path() / "manifest.json", Exit::integrity);
  job.plan.manifest.disk = bytes_of_results(job.folder);
  auto text = manifest_json(job.plan.manifest);
  job.folder.write("manifest.json", text);
  return text;
}

}  // namespace

std::optional<Outputs> write_outputs(SweepJob& job, Finished& finished, bool is_new, const std::atomic<bool>& stop) {
  const auto no_store = job.request.only_finished ? why_no_store(job.plan, job.folder) : "";
  if (!job.request.only_finished) check_store_again(job);
  auto findings = find(job, finished, no_store, stop);
  if (!findings) return std::nullopt;
  auto answer = make_answer(job.plan.grid, *finished.results, std::move(*findings));
  Outputs outputs{best_json(answer), summary_text(answer)};
  write_tables(job.folder, answer, outputs.best_json);
  const auto manifest = write_manifest(job, is_new);
  const auto parts = parts_of(job, finished, answer, no_store);
  const auto document = report_document(
      {outputs.best_json, manifest, std::move(answer.days), std::move(answer.points), std::move(answer.axes)}, parts);
  job.folder.write("report.html", make_report_html(document));
  return outputs;
}

}  // namespace sorsweep
