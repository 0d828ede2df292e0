#include "report/tables.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "core/text.hpp"
#include "report/table_cells.hpp"

namespace sorsweep {
namespace {

std::string total_cells(const PointTotal& total) {
  return fmt::format("{},{},{},{}", format_repr(total.total_cost), format_repr(total.avg_price()),
                     format_repr(total.filled_shares), format_repr(total.missing_shares));
}

std::string bps_cell(const notebook::YardstickCost& baseline, double avg_price) {
  return avg_price > 0 ? fmt::format("{:+.2f}", notebook::savings_bps(baseline.avg_price, avg_price)) : "-";
}

Row day_row(const DaySummary& day) {
  const auto& baselines = day.facts.notebook_yardsticks;
  const double price = day.best.avg_price();
  return {day.facts.day.symbol,
          format_date(day.facts.day.date),
          to_string(day.status),
          format_count(day.facts.snapshots),
          grouped(day.best.filled_shares, 1),
          grouped(day.best.total_cost, 2),
          fmt::format("{:.4f}", price),
          bps_cell(baselines.naive, price),
          bps_cell(baselines.twap, price),
          bps_cell(baselines.vwap, price)};
}

std::string event_days_header(const Grid& grid) {
  return fmt::format(
      "symbol,date,status,best_{},total_cost,avg_price,filled_shares,missing_shares,ties,naive_avg_price,"
      "twap_avg_price,vwap_avg_price,rows,outside_window,undefined_ask,duplicates,snapshots\n",
      point_names(grid));
}

std::string event_days_rows(const Grid& grid, const SweepSummary& summary) {
  std::string text;
  for (const auto& day : summary.days) {
    const auto& [key, counts, snapshots, baselines, slices] = day.facts;
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", key.symbol, format_date(key.date),
                        to_string(day.status), point_cells(grid, day.best.point), total_cells(day.best), day.ties,
                        format_repr(baselines.naive.avg_price), format_repr(baselines.twap.avg_price),
                        format_repr(baselines.vwap.avg_price), counts.rows, counts.outside_window, counts.undefined_ask,
                        counts.duplicates, snapshots);
  }
  return text;
}

Row total_row(const SweepSummary& summary) {
  const double price = summary.best.avg_price();
  return {"all",
          fmt::format("{} days", summary.days.size()),
          "",
          "",
          grouped(summary.best.filled_shares, 1),
          grouped(summary.best.total_cost, 2),
          fmt::format("{:.4f}", price),
          bps_cell(summary.notebook_yardsticks.naive, price),
          bps_cell(summary.notebook_yardsticks.twap, price),
          bps_cell(summary.notebook_yardsticks.vwap, price)};
}

std::string event_summary_text(const Grid& grid, const SweepSummary& summary) {
  auto text = days_table(summary,
                         {"symbol", "date", "status", "snapshots", "filled", "cost $", "avg $", "vs naive bps",
                          "vs TWAP bps", "vs VWAP bps"},
                         total_row(summary), day_row);
  text += "(bps: how much dearer the yardstick was than the router)\n";
  if (summary.best.filled_shares > 0)
    text += fmt::format("\nbest  {}\n      {}\n", point_text(grid, summary.best.point),
                        ties_text(grid.size(), summary.ties));
  else
    text += "\nbest  none: not a share was bought\n";
  text += unfilled_text(summary);
  return text;
}

/// The best of each structural point, where there are several.
std::string variants_text(const Grid& grid, const SweepResults& results) {
  if (results.structural_points.size() == 1) return "";
  std::vector<Row> rows{{"structural", "best point", "bps", "ties"}};
  for (const auto& variant : results.structural_points)
    rows.push_back({structural_text(variant), point_text(grid, variant.summary.best.point),
                    fmt::format("{:.3f}", variant.summary.best.slippage_bps), format_count(variant.summary.ties)});
  return align_table(rows, 2) + "\n";
}

}  // namespace

std::string point_text(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  std::vector<std::string> pairs;
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    pairs.push_back(fmt::format("{}={}", grid.name(a), format_decimal(values[a])));
  return fmt::format("{}", fmt::join(pairs, ","));
}

std::string axes_csv(const Grid& grid, const SweepResults& results) {
  std::string text = "axis,values,first,last,dead,effect,variance_share,weak,binding_share,edge\n";
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto& values = grid.axes()[a].values;
    const auto& audit = results.best().axes[a];
    text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", grid.name(a), values.size(), format_decimal(values.front()),
                        format_decimal(values.back()), audit.is_dead ? 1 : 0, format_repr(audit.effect),
                        format_repr(audit.variance_share), is_weak(audit) ? 1 : 0,
                        results.best().at_best.empty() ? "" : format_repr(audit.binding_share), edge_text(audit.edge));
  }
  return text;
}

std::string summary_csv(const Grid& grid, const SweepResults& results) {
  const bool is_sliced = results.best().is_sliced;
  auto text = fmt::format("rank,{}{}", structural_names(results),
                          is_sliced ? sliced_summary_header(grid)
                                    : point_names(grid) + ",total_cost,avg_price,filled_shares,missing_shares\n");
  const auto ranking = results.ranking();
  std::size_t rank = 0;
  for (std::size_t i = 0; i < ranking.size(); ++i) {
    const auto& [variant, total] = ranking[i];
    if (i == 0 || is_better(ranking[i - 1].total, total)) rank = i + 1;
    text += fmt::format("{},{}{}\n", rank, structural_cells(results.structural_points[variant]),
                        is_sliced ? sliced_summary_cells(grid, results.structural_points[variant].summary, total)
                                  : fmt::format("{},{}", point_cells(grid, total.point), total_cells(total)));
  }
  return text;
}

std::string days_csv(const Grid& grid, const SweepResults& results) {
  const bool is_sliced = results.best().is_sliced;
  auto text = structural_names(results) + (is_sliced ? sliced_days_header(grid) : event_days_header(grid));
  for (const auto& variant : results.structural_points)
    text += is_sliced ? sliced_days_rows(grid, variant.summary, structural_cells(variant))
                      : event_days_rows(grid, variant.summary);
  return text;
}

std::string summary_text(const Grid& grid, const SweepResults& results, const Findings& findings) {
  const auto& best = results.structural_points[results.best_structural_point];
  if (!best.summary.is_sliced) return event_summary_text(grid, best.summary);
  return variants_text(grid, results) + sliced_summary_text(grid, results) + verdict_text(findings);
}

}  // namespace sorsweep
