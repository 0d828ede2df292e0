#include "job/sweep_output.hpp"

#include "core/files.hpp"
#include "core/parallel.hpp"
#include "job/best_execution.hpp"
#include "job/data_quality.hpp"
#include "report/html.hpp"
#include "report/json_output.hpp"
#include "report/report_parts.hpp"
#include "report/tables.hpp"
#include "run/run_events.hpp"

namespace sorsweep {
namespace {

/// Days whose slices are drawn one by one: the page has to stay small.
constexpr std::size_t kMostDaysDrawn = 5;

/// \return nothing where no process has left a log
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

/// The surface, and what contenders tell of days.
ReportParts parts_of(const SweepJob& job, const Finished& finished, const Outputs& outputs) {
  const auto& findings = outputs.findings;
  const auto& summary = finished.results->best();
  ReportParts parts;
  parts.computation = report_computation(read_history(job.folder.path()).processes);
  if (!parts.computation) parts.absent["computation"] = "the run has no event logs";
  if (summary.regions) {
    const bool is_bps = summary.is_sliced && job.plan.config().objective.kind != Objective::Kind::total_cost;
    parts.surface = report_surface(job.plan.grid, *summary.regions, is_bps ? "bps" : "USD");
  } else {
    parts.absent["surface"] = "points miss shares, so their costs cannot be compared";
  }
  if (findings.trust) {
    add_trust(parts, *findings.trust, findings.context);
  } else {
    for (const auto* part : {"verdict", "intervals", "walk_forward"}) parts.absent[part] = findings.skipped;
  }
  if (!finished.best || finished.best->winners.empty()) {
    for (const auto* part : {"execution", "winners"})
      parts.absent[part] = "the router or its solver leaves no placements";
    return parts;
  }
  const auto& winners = finished.best->winners;
  parts.winners = report_winners(job.plan.grid, summary.best.point, summary.days[0].facts, winners[0]);
  if (outputs.no_store.empty()) {
    in_arena(job.threads(), [&] { parts.execution = replay_best(job.plan, *finished.results, kMostDaysDrawn); });
    return parts;
  }
  for (std::size_t d = 0; d < std::min(kMostDaysDrawn, summary.days.size()); ++d)  // venues are not known
    parts.execution.push_back(report_execution(job.plan.grid, summary.best.point, summary.days[d].facts, winners[d]));
  return parts;
}

/// \return nothing when `stop` became true before they were written
std::optional<Outputs> write_tables(const SweepJob& job, const Finished& finished, const std::atomic<bool>& stop) {
  const auto& results = *finished.results;
  const auto& config = job.plan.configs[results.best_variant];
  Outputs outputs;
  outputs.findings = finished.best ? judge_sweep(job.plan.grid, results, config.objective, finished.best->sample,
                                                 finished.best->winners)
                                   : nothing_to_judge();
  outputs.no_store = why_no_store(job.plan, job.folder);
  outputs.findings.quality.skipped = outputs.no_store;
  if (outputs.no_store.empty()) {
    const auto quality = recost_without_flagged(job, results, stop);
    if (!quality) return std::nullopt;
    outputs.findings.quality = *quality;
  }
  outputs.best_json = best_json(job.plan.grid, results, outputs.findings);
  outputs.summary = summary_text(job.plan.grid, results, outputs.findings);
  job.folder.write("summary.csv", summary_csv(job.plan.grid, results));
  job.folder.write("days.csv", days_csv(job.plan.grid, results));
  job.folder.write("axes.csv", axes_csv(job.plan.grid, results));
  job.folder.write("out_of_sample.csv", out_of_sample_csv(job.plan.grid, outputs.findings));
  job.folder.write("summary.md", summary_md(job.plan.grid, results, outputs.findings));
  job.folder.write("best.json", outputs.best_json);
  return outputs;
}

/// Of the files that are there by now.
void write_report(const SweepJob& job, const Finished& finished, const Outputs& outputs) {
  const auto read = [&](const char* name) { return read_file(job.folder.path() / name, Exit::integrity); };
  const ReportFiles files{outputs.best_json, read("manifest.json"), read("days.csv"), read("summary.csv"),
                          read("axes.csv")};
  const auto document = report_document(files, parts_of(job, finished, outputs));
  job.folder.write("report.html", make_report_html(document));
}

}  // namespace

std::optional<Outputs> write_outputs(SweepJob& job, const Finished& finished, bool is_new,
                                     const std::atomic<bool>& stop) {
  auto outputs = write_tables(job, finished, stop);
  if (!outputs) return outputs;
  if (is_new) {
    job.plan.manifest.disk = bytes_of_results(job.folder);
    job.folder.write("manifest.json", manifest_json(job.plan.manifest));
  }
  write_report(job, finished, *outputs);
  return outputs;
}

}  // namespace sorsweep
