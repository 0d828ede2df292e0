// report: the tables and report.html of a run, once more from its units.
#include <fmt/format.h>

#include "app/output.hpp"
#include "app/sweep_output.hpp"
#include "app/verbs.hpp"
#include "sorsweep/report/html.hpp"

namespace sorsweep {

Exit run_report(const ReportCommand& command, Log& log) {
  auto job = prepare_report(command);
  Finished finished;
  {
    Progress progress(job.manifest.points * job.units.size(), job.manifest.units, 0, log.verbosity() < 0);
    finished = run(job, progress);
  }
  const auto outputs = finished.results ? write_outputs(job, finished) : std::nullopt;
  if (!outputs) {
    log.info("report: stopped in order: run the same command again");
    return Exit::stopped;
  }
  write_report(job, finished, *outputs);
  print_result(command.json ? outputs->best_json : outputs->summary);
  if (const auto lacks = report_shortcomings(); !lacks.empty()) log.info(fmt::format("report: {}", lacks));
  log.info(fmt::format("report: {}", (job.folder.path() / "report.html").string()));
  return Exit::ok;
}

}  // namespace sorsweep
