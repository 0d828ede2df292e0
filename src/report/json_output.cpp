#include "report/json_output.hpp"

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "report/table_cells.hpp"

namespace sorsweep {
namespace {

using Json = nlohmann::ordered_json;

/// A path need not be UTF-8.
std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json parameters_json(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  Json json;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) json[grid.name(a)] = to_dollars(values[a]);
  return json;
}

/// "USD" is dollars a share, "1" a number.
Json units_json(const Grid& grid) {
  Json json;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) json[grid.name(a)] = grid.is_money(a) ? "USD" : "1";
  return json;
}

Json baseline_json(const notebook::YardstickCost& baseline) {
  return {{"total_cost", baseline.total_cost}, {"avg_price", baseline.avg_price}};
}

/// Σ over days of what became of the stored rows.
Json rows_json(const SweepSummary& summary) {
  TapeCounts sum;
  std::size_t snapshots = 0;
  for (const auto& day : summary.days) {
    sum.rows += day.facts.counts.rows;
    sum.outside_window += day.facts.counts.outside_window;
    sum.undefined_ask += day.facts.counts.undefined_ask;
    sum.duplicates += day.facts.counts.duplicates;
    snapshots += day.facts.snapshots;
  }
  return {{"stored", sum.rows},
          {"outside_window", sum.outside_window},
          {"undefined_ask", sum.undefined_ask},
          {"duplicates", sum.duplicates},
          {"used", sum.rows - sum.outside_window - sum.undefined_ask - sum.duplicates},
          {"snapshots", snapshots}};
}

Json days_json(const SweepSummary& summary) {
  return {{"total", summary.days.size()},
          {"filled", summary.count(DayStatus::filled)},
          {"not_filled", summary.count(DayStatus::not_filled)},
          {"no_data", summary.count(DayStatus::no_data)}};
}

Json structural_json(const StructuralResult& variant) {
  Json json = Json::object();
  for (const auto& [key, value] : variant.structural) json[key] = value;
  return json;
}

Json slippage_json(double bps, double dollars) {
  return {{"bps", bps}, {"dollars", dollars}};
}

Json at_best_json(const std::vector<DayDetail>& days) {
  const auto sum = add_up(days);
  return {{"market_shares", sum.market},
          {"limit_shares", sum.limit},
          {"cleanup_shares", sum.cleanup},
          {"unwound_shares", sum.unwound},
          {"slice_slippage_std", std_over_slices(sum)},
          {"slices_breaking_a1_to_a3", sum.breaks_assumptions},
          {"slices", sum.slices.size()}};
}

/// What routers that work in slices add.
void add_slices(Json& json, const SweepSummary& summary) {
  std::size_t slices = 0;
  std::size_t cold = 0;
  std::size_t pooled = 0;
  std::size_t unpriced = 0;
  std::size_t early_closes = 0;
  for (const auto& day : summary.days) {
    const auto& facts = day.facts.slices;
    slices += facts.slices.size();
    cold += facts.cold();
    pooled += facts.pooled();
    unpriced += facts.unpriced;
    early_closes += facts.is_early_close;
  }
  json["objective"] = summary.best.objective;
  json["slippage"] = slippage_json(summary.best.slippage_bps, summary.best.slippage);
  json["slippage"]["std_bps"] = summary.best.std_bps;
  json["slippage"]["worst_day_bps"] = summary.best.worst_day_bps;
  json["worst_slippage"] = slippage_json(summary.worst.slippage_bps, summary.worst.slippage);
  for (std::size_t y = 0; y < kYardsticks; ++y)
    json["yardsticks"][kYardstickNames[y]] =
        slippage_json(summary.yardsticks[y].slippage_bps, summary.yardsticks[y].slippage);
  if (!summary.at_best.empty()) json["at_best"] = at_best_json(summary.at_best);
  json["slices"] = {
      {"total", slices}, {"cold", cold}, {"pooled", pooled}, {"unpriced", unpriced}, {"early_closes", early_closes}};
}

/// The range to try where the best lies at an end of the axis: as far again. Penalties are not negative, nor is what is
/// below zero asked for where the axis is not.
Json range_beyond(const Axis& axis, Edge edge) {
  const auto first = axis.values.front();
  const auto last = axis.values.back();
  if (edge == Edge::last) return {to_dollars(last), to_dollars(last + (last - first))};
  const auto lower = first < 0 ? first - (last - first) : std::max<Nano>(0, first - (last - first));
  return lower < first ? Json{to_dollars(lower), to_dollars(first)} : Json();
}

Json audit_json(const Grid& grid, const SweepSummary& summary) {
  Json json;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto& audit = summary.axes[a];
    auto& of = json[grid.name(a)];
    of = {{"dead", audit.is_dead}, {"effect", audit.effect}, {"variance_share", audit.variance_share}};
    of["weak"] = is_weak(audit);
    if (!summary.at_best.empty()) of["binding_share"] = audit.binding_share;
    of["edge"] = edge_text(audit.edge);
    if (audit.edge != Edge::none) of["look_beyond"] = range_beyond(grid.axes()[a], audit.edge);
  }
  for (const auto& pair : summary.confounded)
    json["confounded"].push_back({{"axes", {grid.name(pair.first), grid.name(pair.second)}}, {"ratio", pair.ratio}});
  return json;
}

Json box_json(const Grid& grid, const GridBox& box) {
  Json json;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto& values = grid.axes()[a].values;
    json[grid.name(a)] = {to_dollars(values[box.first[a]]), to_dollars(values[box.last[a] - 1])};
  }
  return json;
}

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

/// Each structural point with its best, where there are several.
Json variants_json(const Grid& grid, const SweepResults& results) {
  auto json = Json::array();
  for (const auto& variant : results.structural_points) {
    const auto& best = variant.summary.best;
    json.push_back({{"structural", structural_json(variant)},
                    {"best_parameters", parameters_json(grid, best.point)},
                    {"objective", best.objective},
                    {"slippage", slippage_json(best.slippage_bps, best.slippage)},
                    {"ties", variant.summary.ties},
                    {"result_hash", variant.summary.result_hash}});
  }
  return json;
}

}  // namespace

std::string best_json(const Grid& grid, const SweepResults& results, const Findings& findings) {
  const auto& summary = results.best();
  const auto points = grid.size() * results.structural_points.size();
  const auto& best = summary.best;
  const bool traded = best.filled_shares > 0;
  const auto& base = summary.notebook_yardsticks;
  const double price = best.avg_price();
  Json json;
  json["best_parameters"] = traded ? parameters_json(grid, best.point) : Json();
  json["router_results"] = {
      {"total_cost", best.total_cost}, {"avg_price", price}, {"filled_shares", best.filled_shares}};
  json["baselines"] = {
      {"naive", baseline_json(base.naive)}, {"twap", baseline_json(base.twap)}, {"vwap", baseline_json(base.vwap)}};
  const auto savings = [&](const notebook::YardstickCost& baseline) {
    const double bps = notebook::savings_bps(baseline.avg_price, price);
    return summary.is_sell ? -bps : bps;
  };
  json["savings_bps"] = {
      {"vs_naive", savings(base.naive)}, {"vs_twap", savings(base.twap)}, {"vs_vwap", savings(base.vwap)}};
  json["parameter_units"] = units_json(grid);
  json["ties"] = {{"points", results.ties}, {"of", points}, {"all_tie", results.ties == points}};
  json["ties"]["box"] = box_json(grid, summary.tied);
  if (summary.plateau)
    json["plateau"] = {{"parameters", parameters_json(grid, summary.plateau->point)},
                       {"point", summary.plateau->point},
                       {"worst_objective_within_5_percent", summary.plateau->worst_objective}};
  if (summary.runner_up)
    json["runner_up"] = {{"parameters", parameters_json(grid, summary.runner_up->point)},
                         {"point", summary.runner_up->point},
                         {"objective", summary.runner_up->objective}};
  if (summary.is_sliced) add_slices(json, summary);
  json["out_of_sample"] = out_of_sample_json(findings);
  json["data_quality"] = quality_json(findings.quality);
  json["audit"] = audit_json(grid, summary);
  json["days"] = days_json(summary);
  json["missing_shares"] = best.missing_shares;
  if (!summary.is_sliced) json["rows"] = rows_json(summary);
  if (results.structural_points.size() > 1) {
    json["structural"] = structural_json(results.structural_points[results.best_structural_point]);
    json["variants"] = variants_json(grid, results);
  }
  json["result_hash"] = results.result_hash;
  return text_of(json);
}

}  // namespace sorsweep
