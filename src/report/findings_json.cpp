// tested by: tests/python/data_quality_test.py (difference_bps)
#include "report/json.hpp"

namespace sorsweep {
namespace {

Json comparison_json(const trust::Comparison& one) {
  const auto& interval = one.interval;
  Json json = {{"against", one.name},
               {"out_of_sample", one.out_of_sample},
               {"mean", interval.mean},
               {"days", interval.days},
               {"standing", to_string(one.standing)}};
  if (!interval.skipped.empty()) {
    json["skipped"] = interval.skipped;
    return json;
  }
  json["low"] = interval.low;
  json["high"] = interval.high;
  json["share_not_below_zero"] = interval.share_not_below_zero;
  return json;
}

Json walk_json(const trust::WalkForward& walk) {
  if (!walk.skipped.empty()) return {{"skipped", walk.skipped}};
  return {{"steps", walk.steps.size()},
          {"in_sample", walk.mean_in_sample},
          {"out_of_sample", walk.mean_out_of_sample},
          {"hindsight", walk.mean_hindsight}};
}

Json overfitting_json(const trust::Overfitting& found) {
  if (!found.skipped.empty()) return {{"skipped", found.skipped}};
  Json json = {{"probability", found.probability},
               {"mean_logit", found.mean_logit},
               {"splits", found.splits},
               {"groups", found.groups}};
  if (!found.note.empty()) json["note"] = found.note;
  return json;
}

}  // namespace

Json out_of_sample_json(const Findings& findings) {
  if (!findings.trust) return {{"skipped", findings.skipped}};
  const auto& trust = *findings.trust;
  Json json = {{"unit", findings.context.unit},
               {"days", trust.days},
               {"points", findings.looked_at},
               {"points_are_a_sample", findings.is_sampled},
               {"distinct_outcomes", trust.outcomes}};
  json["walk_forward"] = walk_json(trust.walk_forward);
  json["overfitting"] = overfitting_json(trust.overfitting);
  json["comparisons"] = Json::array();
  for (const auto& one : trust.comparisons) json["comparisons"].push_back(comparison_json(one));
  json["verdict"] = trust.verdict;
  return json;
}

Json quality_json(const DataQuality& quality) {
  if (!quality.skipped.empty()) return {{"skipped", quality.skipped}};
  const auto& rows = quality.removed;
  Json json = {{"days_looked_at", quality.days_looked_at},
               {"rows_removed", rows.all()},
               {"bad_time", rows.bad_time},
               {"bad_book", rows.bad_book},
               {"one_sided", rows.one_sided},
               {"crossed", rows.crossed}};
  json["days_lost"] = quality.days_lost;
  json["difference_bps"] = quality.difference_bps;
  return json;
}

}  // namespace sorsweep
