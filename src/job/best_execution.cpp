#include "job/best_execution.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "job/day_loader.hpp"
#include "job/play_point.hpp"
#include "report/report_parts.hpp"

namespace sorsweep {
namespace {

SliceFills fills_of(const cont_kukanov::SliceCase& slice, const cont_kukanov::SharePlacement& placement,
                    const execution::Fills& filled) {
  SliceFills fills{filled, {}};
  for (std::size_t k = 0; k < slice.venues.size(); ++k) {
    const auto shares = execution::filled(slice.realised.queues[k], placement.limits[k]);
    if (shares > 0) fills.limit_by_venue.emplace_back(fmt::format("publisher {}", slice.venues[k]), shares);
  }
  return fills;
}

}  // namespace

std::vector<ReportExecution> replay_best(const RunPlan& plan, const SweepResults& results, std::size_t days) {
  const auto& config = plan.configs[results.best_variant];
  const auto& summary = results.best();
  const auto at = plan.grid.values(summary.best.point);
  std::vector<ReportExecution> executions;
  for (std::size_t d = 0; d < std::min(days, plan.days.size()); ++d) {
    const auto played = play_point(load_day(config, plan.days[d]), config.slices, plan.grid, at);
    std::vector<SliceFills> fills;
    for (std::size_t i = 0; i < played.fills.size(); ++i)
      fills.push_back(fills_of(played.slices.cases[i], played.decisions[i].placement, played.fills[i]));
    executions.push_back(report_execution(summary.days[d].facts, fills));
  }
  return executions;
}

}  // namespace sorsweep
