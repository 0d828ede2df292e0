// The tables of routers that work in slices: slippage against the arrival mid, beside that of the yardsticks.
#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "report/table_cells.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

std::string sliced_cells(const PointTotal& total) {
  return fmt::format("{},{},{},{},{},{}", format_repr(total.slippage_bps), format_repr(total.slippage),
                     format_repr(total.total_cost), format_repr(total.avg_price()), format_repr(total.filled_shares),
                     format_repr(total.missing_shares));
}

/// Slippage in bps of the arrival value; 0 where nothing was traded.
double bps_of(const SliceDay& day, Nano slippage) {
  return day.shares() > 0 ? 1e-5 * static_cast<double>(slippage) / arrival_value(day) : 0;
}

double yardstick_bps(const SliceDay& day, std::size_t yardstick) {
  return bps_of(day, day.arrival_slippage(static_cast<Yardstick>(yardstick)));
}

std::string bps(double value) {
  return fmt::format("{:.3f}", value);
}

Row day_row(const DaySummary& day) {
  const auto& slices = day.facts.slices;
  Row row{day.facts.day.symbol,
          format_date(day.facts.day.date),
          fmt::format("{}{}", to_string(day.status), slices.is_early_close ? ", early close" : ""),
          format_count(slices.slices.size()),
          format_count(slices.cold()),
          format_count(static_cast<std::uint64_t>(slices.shares())),
          bps(day.best.slippage_bps),
          format_count(day.ties)};
  for (std::size_t y = 0; y < kYardsticks; ++y) row.push_back(bps(yardstick_bps(slices, y)));
  row.push_back(bps(bps_of(slices, slices.drift)));
  return row;
}

Row total_row(const SweepSummary& summary) {
  std::size_t slices = 0;
  std::size_t cold = 0;
  for (const auto& day : summary.days) {
    slices += day.facts.slices.slices.size();
    cold += day.facts.slices.cold();
  }
  Row row{"all",
          fmt::format("{} days", summary.days.size()),
          "",
          format_count(slices),
          format_count(cold),
          grouped(summary.best.filled_shares, 0),
          bps(summary.best.slippage_bps),
          format_count(summary.ties)};
  for (const auto& yardstick : summary.yardsticks) row.push_back(bps(yardstick.slippage_bps));
  return row;
}

std::string detail_cells(const SliceDay& day, const DayDetail& detail) {
  return fmt::format("{},{},{},{},{}", format_repr(bps_of(day, detail.slippage)), detail.market, detail.limit,
                     detail.cleanup, detail.unwound);
}

/// Shares of the best point by kind, and what to know of it.
std::string best_detail(const SweepSummary& summary) {
  if (summary.at_best.empty()) return "";
  const auto sum = add_up(summary.at_best);
  const auto shares = [](std::int64_t count) { return grouped(static_cast<double>(count), 0); };
  auto text = fmt::format("      {} shares by market order, {} by limit order, {} at the end of slices, {} sold back\n",
                          shares(sum.market), shares(sum.limit), shares(sum.cleanup), shares(sum.unwound));
  if (sum.breaks_assumptions > 0)
    text += fmt::format("      breaks the paper's assumptions A1-A3 in {} of {} slices\n", sum.breaks_assumptions,
                        sum.slices.size());
  return text;
}

std::string axis_text(const std::string& name, const AxisAudit& axis) {
  if (axis.is_dead) return fmt::format("{} dead", name);
  return fmt::format("{} {:.4g}{}", name, axis.effect, is_weak(axis) ? " (weak)" : "");
}

/// The best point, beside the pick of the plateau and the runner-up.
std::string best_text(const Grid& grid, const SweepResults& results) {
  const auto& summary = results.best();
  const auto structural = structural_text(results.structural_points[results.best_structural_point]);
  std::string text = "\nbest  none: not a share was traded\n";
  if (summary.best.filled_shares > 0)
    text = fmt::format("\nbest  {}{}{}\n      {}\n      {} bps, {}; the worst point {} bps\n", structural,
                       structural.empty() ? "" : ",", point_text(grid, summary.best.point),
                       ties_text(grid.size() * results.structural_points.size(), results.ties),
                       bps(summary.best.slippage_bps), money(summary.best.slippage), bps(summary.worst.slippage_bps)) +
           best_detail(summary);
  if (summary.plateau)
    text += fmt::format("plateau  {}: nowhere within 5 % of each axis worse than {:.4g}\n",
                        point_text(grid, summary.plateau->point), summary.plateau->worst_objective);
  if (summary.runner_up)
    text += fmt::format("runner-up  {}: {:.4g}, more than 5 % away\n", point_text(grid, summary.runner_up->point),
                        summary.runner_up->objective);
  return text;
}

/// What the axes do.
std::string audit_text(const Grid& grid, const SweepSummary& summary) {
  std::vector<std::string> axes;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) axes.push_back(axis_text(grid.name(a), summary.axes[a]));
  auto text = fmt::format("axes  {} (how much the mean objective of an axis' values differs)\n", fmt::join(axes, ", "));
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    if (summary.axes[a].edge != Edge::none)
      text += fmt::format("edge  the best lies at the {} of {}: look beyond\n",
                          summary.axes[a].edge == Edge::first ? "low end" : "high end", grid.name(a));
  for (const auto& pair : summary.confounded)
    text += fmt::format("confounded  only {} + {:.4g} × {} matters\n", grid.name(pair.first), pair.ratio,
                        grid.name(pair.second));
  return text;
}

}  // namespace

std::string sliced_summary_header(const Grid& grid) {
  auto text = fmt::format(
      "{},objective,slippage_bps,slippage,total_cost,avg_price,filled_shares,missing_shares,std_bps,worst_day_bps",
      point_names(grid));
  for (const auto* name : kYardstickNames) text += fmt::format(",vs_{}_bps", name);
  return text + "\n";
}

std::string sliced_summary_cells(const Grid& grid, const SweepSummary& summary, const PointTotal& total) {
  auto text = fmt::format("{},{},{},{},{}", point_cells(grid, total.point), format_repr(total.objective),
                          sliced_cells(total), format_repr(total.std_bps), format_repr(total.worst_day_bps));
  for (const auto& yardstick : summary.yardsticks)
    text += fmt::format(",{}", format_repr(total.slippage_bps - yardstick.slippage_bps));
  return text;
}

std::string sliced_days_header(const Grid& grid) {
  auto text = fmt::format(
      "symbol,date,status,best_{},slippage_bps,slippage,total_cost,avg_price,filled_shares,missing_shares,ties,"
      "arrival_mid,slices,cold,unpriced,early_close",
      point_names(grid));
  for (const auto* name : kYardstickNames) text += fmt::format(",{}_bps", name);
  return text + ",vwap,rows,overall_best_bps,market_shares,limit_shares,cleanup_shares,unwound_shares\n";
}

std::string sliced_days_rows(const Grid& grid, const SweepSummary& summary, const std::string& prefix) {
  std::string text;
  for (std::size_t d = 0; d < summary.days.size(); ++d) {
    const auto& day = summary.days[d];
    const auto& slices = day.facts.slices;
    text +=
        fmt::format("{}{},{},{},{},{},{},{},{},{},{},{}", prefix, day.facts.day.symbol, format_date(day.facts.day.date),
                    to_string(day.status), point_cells(grid, day.best.point), sliced_cells(day.best), day.ties,
                    format_repr(0.5e-9 * static_cast<double>(slices.arrival_bid_plus_ask)), slices.slices.size(),
                    slices.cold(), slices.unpriced, slices.is_early_close ? 1 : 0);
    for (std::size_t y = 0; y < kYardsticks; ++y) text += fmt::format(",{}", format_repr(yardstick_bps(slices, y)));
    text += fmt::format(",{},{},{}\n", format_repr(slices.vwap), day.facts.counts.rows,
                        summary.at_best.empty() ? ",,,," : detail_cells(slices, summary.at_best[d]));
  }
  return text;
}

std::string sliced_summary_text(const Grid& grid, const SweepResults& results) {
  const auto& summary = results.best();
  auto text = days_table(summary,
                         {"symbol", "date", "status", "slices", "cold", "shares", "best", "ties", "immediate",
                          "all market", "all limit", "equal split", "drift"},
                         total_row(summary), day_row);
  text +=
      "(bps of the arrival value, against the arrival mid. best: a day's own best point; all days: the one below.\n"
      " drift: what the mid moved by while slices waited, the same for all but immediate, and within their figures)\n";
  return text + best_text(grid, results) + audit_text(grid, summary) + unfilled_text(summary);
}

}  // namespace sorsweep
