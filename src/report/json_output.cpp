#include "sorsweep/report/json_output.hpp"

#include <nlohmann/json.hpp>

#include "sorsweep/core/build_info.hpp"
#include "sorsweep/core/error.hpp"

namespace sorsweep {
namespace {

using Json = nlohmann::ordered_json;

Json parameters_json(const Grid& grid, std::size_t point) {
  const auto p = grid.parameters(point);
  return {{"lambda_over", p.lambda_over}, {"lambda_under", p.lambda_under}, {"theta_queue", p.theta_queue}};
}

Json baseline_json(const notebook::Baseline& baseline) {
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

}  // namespace

std::string best_json(const Grid& grid, const SweepSummary& summary) {
  const auto& best = summary.best;
  const bool traded = best.filled_shares > 0;
  const auto& base = summary.baselines;
  const double price = best.avg_price();
  Json json;
  json["best_parameters"] = traded ? parameters_json(grid, best.point) : Json();
  json["router_results"] = {
      {"total_cost", best.total_cost}, {"avg_price", price}, {"filled_shares", best.filled_shares}};
  json["baselines"] = {
      {"naive", baseline_json(base.naive)}, {"twap", baseline_json(base.twap)}, {"vwap", baseline_json(base.vwap)}};
  json["savings_bps"] = {{"vs_naive", notebook::savings_bps(base.naive.avg_price, price)},
                         {"vs_twap", notebook::savings_bps(base.twap.avg_price, price)},
                         {"vs_vwap", notebook::savings_bps(base.vwap.avg_price, price)}};
  json["ties"] = {{"points", summary.ties}, {"of", grid.size()}, {"all_tie", summary.ties == grid.size()}};
  json["days"] = days_json(summary);
  json["missing_shares"] = best.missing_shares;
  json["rows"] = rows_json(summary);
  json["result_hash"] = summary.result_hash;
  return json.dump(2) + "\n";
}

std::string manifest_json(const Manifest& m) {
  const auto& build = build_info();
  const Json json = {{"kind", "sorsweep.run"},
                     {"run_id", m.run_id},
                     {"program",
                      {{"version", build.version},
                       {"git_sha", build.git_sha},
                       {"compiler", build.compiler},
                       {"build_type", build.build_type},
                       {"cpu_baseline", build.baseline},
                       {"results_version", kResultsVersion}}},
                     {"config_hash", m.config_hash},
                     {"result_hash", m.result_hash},
                     {"identity", m.identity},
                     {"host", m.host},
                     {"threads", m.threads},
                     {"points", m.points},
                     {"units", m.units},
                     {"units_resumed", m.units_resumed},
                     {"started_at", m.started_at},
                     {"ended_at", m.ended_at},
                     {"wall_seconds", m.wall_seconds}};
  return json.dump(2) + "\n";
}

std::vector<std::string> read_identity(const std::string& name, const std::string& manifest_text) {
  try {
    return nlohmann::json::parse(manifest_text).at("identity").get<std::vector<std::string>>();
  } catch (const nlohmann::json::exception&) {
    throw Error(Exit::integrity, name + " is damaged", "", "delete the run, or choose another folder with -o");
  }
}

}  // namespace sorsweep
