#include <utility>

#include "report/report_parts.hpp"
#include "trust/words.hpp"

namespace sorsweep {
namespace {

/// Returns the comparison that the verdict begins with; null where there is none.
const trust::Comparison* told_first(std::vector<trust::Comparison>& comparisons, const TrustContext& context) {
  if (!context.runner_up.empty()) comparisons.pop_back();  // The runner-up comes last.
  return trust::comparison_to_tell(comparisons);
}

/// Turns a difference, where negative is better, into a saving, where positive is better.
ReportInterval saving_of(const trust::Comparison& one, const TrustContext& context) {
  const auto& interval = one.interval;
  ReportInterval saved{one.name == context.runner_up ? "runner_up" : one.name,
                       -interval.mean,
                       {},
                       {},
                       context.confidence,
                       one.out_of_sample};
  if (!interval.skipped.empty()) return saved;
  saved.low = -interval.high;
  saved.high = -interval.low;
  return saved;
}

ReportWalkForward walk_of(const trust::WalkForward& walk, const TrustContext& context) {
  ReportWalkForward shown{context.unit, {}, {{"walk_forward", {}}}};
  if (!context.best_by_day.empty()) shown.series.push_back({"in_sample", {}});
  shown.series.push_back({"hindsight", {}});
  for (const auto& step : walk.steps) {
    shown.days.push_back(context.days[step.day]);
    shown.series.front().values.push_back(step.out_of_sample);
    if (!context.best_by_day.empty()) shown.series[1].values.push_back(context.best_by_day[step.day]);
    shown.series.back().values.push_back(step.hindsight);
  }
  for (const auto& against : walk.against) {
    ReportWalkForward::Series yardstick{against.name, {}};
    for (std::size_t s = 0; s < walk.steps.size(); ++s)
      yardstick.values.push_back(walk.steps[s].out_of_sample - against.values[s]);
    shown.series.push_back(std::move(yardstick));
  }
  return shown;
}

void add_intervals(ReportParts& parts, const trust::Trust& trust, const TrustContext& context) {
  if (context.unit != "bps") {
    parts.absent["intervals"] = "the intervals are in dollars; the verdict has them";
    return;
  }
  for (const auto& one : trust.comparisons) {
    parts.intervals.push_back(saving_of(one, context));
    if (!one.interval.skipped.empty()) parts.absent["intervals"] = one.interval.skipped;
  }
}

}  // namespace

void add_trust(ReportParts& parts, const Findings& findings) {
  if (!findings.trust) {
    for (const auto* part : {"verdict", "intervals", "walk_forward"}) parts.absent[part] = findings.skipped;
    return;
  }
  const auto& trust = *findings.trust;
  const auto& context = findings.context;
  auto comparisons = trust.comparisons;
  const auto* told = told_first(comparisons, context);
  parts.verdict =
      ReportVerdict{to_string(told != nullptr ? told->standing : trust::Standing::unknown), trust.verdict, {}};
  if (trust.overfitting.skipped.empty()) parts.verdict->pbo = trust.overfitting.probability;
  add_intervals(parts, trust, context);
  if (trust.walk_forward.skipped.empty())
    parts.walk_forward = walk_of(trust.walk_forward, context);
  else
    parts.absent["walk_forward"] = trust.walk_forward.skipped;
}

}  // namespace sorsweep
