#include "report/report_trust.hpp"

#include <algorithm>

namespace sorsweep {
namespace {

/// The baseline that did best, out of sample where that was looked at: the first sentence of the verdict is about it.
const trust::Comparison* toughest(const trust::Trust& trust, const TrustContext& context) {
  const trust::Comparison* worst = nullptr;
  for (const auto& one : trust.comparisons) {
    if (one.name == context.runner_up || one.standing == trust::Standing::unknown) continue;
    const bool replaces = worst == nullptr || one.out_of_sample > worst->out_of_sample ||
                          (one.out_of_sample == worst->out_of_sample && one.interval.mean > worst->interval.mean);
    if (replaces) worst = &one;
  }
  return worst;
}

/// `trust` says what ours cost more; the report says what it saved.
ReportInterval savings(const trust::Comparison& one, const TrustContext& context) {
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
    ReportWalkForward::Series baseline{against.name, {}};
    for (std::size_t s = 0; s < walk.steps.size(); ++s)
      baseline.values.push_back(walk.steps[s].out_of_sample - against.values[s]);
    shown.series.push_back(std::move(baseline));
  }
  return shown;
}

void add_intervals(ReportParts& parts, const trust::Trust& trust, const TrustContext& context) {
  if (context.unit != "bps") {
    parts.absent["intervals"] = "they are in dollars, and stand in the verdict";
    return;
  }
  for (const auto& one : trust.comparisons) {
    parts.intervals.push_back(savings(one, context));
    if (!one.interval.skipped.empty()) parts.absent["intervals"] = one.interval.skipped;
  }
}

}  // namespace

void add_trust(ReportParts& parts, const trust::Trust& trust, const TrustContext& context) {
  const auto* told = toughest(trust, context);
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
