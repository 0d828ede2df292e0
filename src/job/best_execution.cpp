#include "job/best_execution.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "job/day_loader.hpp"
#include "report/report_parts.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

SliceFills fills_of(const SliceCase& slice, const Placement& placement) {
  SliceFills fills{slice.execute(placement.market, placement.limits), {}};
  for (std::size_t k = 0; k < slice.venues.size(); ++k) {
    const auto shares = execution::filled(slice.realised.queues[k], placement.limits[k]);
    if (shares > 0) fills.limit_by_venue.emplace_back(fmt::format("publisher {}", slice.venues[k]), shares);
  }
  return fills;
}

}  // namespace

std::vector<ReportExecution> replay_best(const SweepJob& job, const SweepResults& results, std::size_t days) {
  const auto& settings = job.variants[results.best_structural_point].slices;
  const auto& summary = results.best();
  const auto at = job.grid.values(summary.best.point);
  std::vector<ReportExecution> executions;
  for (std::size_t d = 0; d < std::min(days, job.days.size()); ++d) {
    const auto made =
        make_slice_cases(load_day(job.variants[results.best_structural_point], job.days[d]), settings, job.grid);
    std::vector<SliceFills> fills;
    for (const auto& slice : made.cases)
      fills.push_back(fills_of(slice, decide(slice, settings, job.grid, at).placement));
    executions.push_back(report_execution(summary.days[d].facts, fills));
  }
  return executions;
}

}  // namespace sorsweep
