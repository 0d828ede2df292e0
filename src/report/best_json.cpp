// tested by: tests/python/notebook_test.py (baselines)
// Makes best.json.
#include "report/json.hpp"
#include "report/phrases.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

Json parameters_json(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  Json json;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) json[grid.name(a)] = to_dollars(values[a]);
  return json;
}

/// Names the unit of each parameter: "USD" for dollars a share, "1" for a number.
Json units_json(const Grid& grid) {
  Json json;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) json[grid.name(a)] = grid.is_money(a) ? "USD" : "1";
  return json;
}

Json cost_json(const notebook::YardstickCost& yardstick) {
  return {{"total_cost", yardstick.total_cost}, {"avg_price", yardstick.avg_price}};
}

/// Counts what became of the stored rows of all days.
Json event_rows_json(const Totals& totals) {
  const auto& sum = totals.rows;
  return {{"stored", sum.rows},
          {"outside_window", sum.outside_window},
          {"undefined_ask", sum.undefined_ask},
          {"duplicates", sum.duplicates},
          {"used", sum.rows - sum.outside_window - sum.undefined_ask - sum.duplicates},
          {"snapshots", totals.snapshots}};
}

/// Adds what was paid, beside the notebook's yardsticks.
void add_costs(Json& json, const SweepSummary& summary) {
  const auto& [naive, twap, vwap] = summary.notebook_yardsticks;
  const double price = summary.best.avg_price();
  json["router_results"] = {
      {"total_cost", summary.best.total_cost}, {"avg_price", price}, {"filled_shares", summary.best.filled_shares}};
  json["baselines"] = {{"naive", cost_json(naive)}, {"twap", cost_json(twap)}, {"vwap", cost_json(vwap)}};
  json["savings_bps"] = {{"vs_naive", saved_bps(summary, naive, price)},
                         {"vs_twap", saved_bps(summary, twap, price)},
                         {"vs_vwap", saved_bps(summary, vwap, price)}};
}

Json days_json(const SweepSummary& summary) {
  return {{"total", summary.days.size()},
          {"filled", summary.count(DayStatus::filled)},
          {"not_filled", summary.count(DayStatus::not_filled)},
          {"no_data", summary.count(DayStatus::no_data)}};
}

Json structural_json(const StructuralResult& structural_point) {
  Json json = Json::object();
  for (const auto& [key, value] : structural_point.structural) json[key] = value;
  return json;
}

Json slippage_json(double bps, double dollars) {
  return {{"bps", bps}, {"dollars", dollars}};
}

Json at_best_json(const DayDetail& sum) {
  return {{"market_shares", sum.market},
          {"limit_shares", sum.limit},
          {"cleanup_shares", sum.cleanup},
          {"unwound_shares", sum.unwound},
          {"slice_slippage_std", std_over_slices(sum)},
          {"slices_breaking_a1_to_a3", sum.breaks_assumptions},
          {"slices", sum.slices.size()}};
}

/// Adds the keys of routers that work in slices.
void add_slices(Json& json, const SweepSummary& summary, const Totals& totals) {
  json["objective"] = summary.best.objective;
  json["slippage"] = slippage_json(summary.best.slippage_bps, summary.best.slippage);
  json["slippage"]["std_bps"] = summary.best.std_bps;
  json["slippage"]["worst_day_bps"] = summary.best.worst_day_bps;
  json["worst_slippage"] = slippage_json(summary.worst.slippage_bps, summary.worst.slippage);
  for (std::size_t y = 0; y < kYardsticks; ++y)
    json["yardsticks"][kYardstickNames[y]] =
        slippage_json(summary.yardsticks[y].slippage_bps, summary.yardsticks[y].slippage);
  if (!summary.at_best.empty()) json["at_best"] = at_best_json(totals.at_best);
  json["slices"] = {{"total", totals.slices},
                    {"cold", totals.cold},
                    {"pooled", totals.pooled},
                    {"unpriced", totals.unpriced},
                    {"early_closes", totals.early_closes}};
}

/// Returns the range to try where the best point lies at an end of the axis: as far again beyond that end. It goes
/// below zero only where the axis does.
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

/// Lists the structural points, each with its best point.
Json structural_points_json(const Grid& grid, const SweepResults& results) {
  auto json = Json::array();
  for (const auto& structural_point : results.structural_points) {
    const auto& best = structural_point.summary.best;
    json.push_back({{"structural", structural_json(structural_point)},
                    {"best_parameters", parameters_json(grid, best.point)},
                    {"objective", best.objective},
                    {"slippage", slippage_json(best.slippage_bps, best.slippage)},
                    {"ties", structural_point.summary.ties},
                    {"result_hash", structural_point.summary.result_hash}});
  }
  return json;
}

}  // namespace

std::string best_json(const Answer& answer) {
  const auto& grid = answer.grid;
  const auto& results = answer.results;
  const auto& summary = results.best();
  const auto& best = summary.best;
  const auto points = answer.totals.points;
  Json json;
  json["best_parameters"] = best.filled_shares > 0 ? parameters_json(grid, best.point) : Json();
  add_costs(json, summary);
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
  if (summary.is_sliced) add_slices(json, summary, answer.totals);
  json["out_of_sample"] = out_of_sample_json(answer.findings);
  json["data_quality"] = quality_json(answer.findings.quality);
  json["audit"] = audit_json(grid, summary);
  json["days"] = days_json(summary);
  json["missing_shares"] = best.missing_shares;
  if (!summary.is_sliced) json["rows"] = event_rows_json(answer.totals);
  if (results.structural_points.size() > 1) {
    json["structural"] = structural_json(results.structural_points[results.best_structural_point]);
    json["variants"] = structural_points_json(grid, results);
  }
  json["result_hash"] = results.result_hash;
  return pretty(json);
}

}  // namespace sorsweep
