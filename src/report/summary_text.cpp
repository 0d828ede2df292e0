// Writes what a terminal shows at the end of a sweep.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "report/phrases.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

using Look = Column::Look;

std::string bps(double value) {
  return fmt::format("{:.3f}", value);
}

/// Writes how many days there are: "5 days", or "378 symbol-days" of several symbols.
std::string days_of(const SweepSummary& summary) {
  const auto& days = summary.days;
  const auto is_other = [&](const DaySummary& day) { return day.facts.day.symbol != days.front().facts.day.symbol; };
  return fmt::format("{} {}", days.size(), std::ranges::any_of(days, is_other) ? "symbol-days" : "days");
}

/// Adds a row for each of the first days and, where there are several, the row of all of them.
/// \return the table as text, and how many days are left out
template <class RowOf>
std::string days_text(Table table, const SweepSummary& summary, const RowOf& row_of, Row total) {
  constexpr std::size_t most_days = 30;
  const auto& days = summary.days;
  for (std::size_t d = 0; d < std::min(most_days, days.size()); ++d) table.rows.push_back(row_of(days[d]));
  if (days.size() > 1) table.rows.push_back(std::move(total));
  auto text = to_text(table);
  if (days.size() > most_days) text += fmt::format("… {} more days in days.csv\n", days.size() - most_days);
  return text;
}

/// Adds shares, cost and average price of routers that work on snapshots, and what they saved against each yardstick.
void append_costs(Row& row, const SweepSummary& summary, const PointTotal& best,
                  const notebook::Yardsticks& yardsticks) {
  const double price = best.avg_price();
  append(row, {best.filled_shares, best.total_cost, price});
  for (const auto& yardstick : {yardsticks.naive, yardsticks.twap, yardsticks.vwap})
    row.push_back(price > 0 ? Cell(saved_bps(summary, yardstick, price)) : Cell("-"));
}

std::string snapshot_days_text(const SweepSummary& summary) {
  const Table table{{{"symbol", Look::text},
                     {"date", Look::text},
                     {"status", Look::text},
                     {"snapshots"},
                     {"filled", Look::grouped, 1},
                     {"cost $", Look::grouped, 2},
                     {"avg $", Look::fixed, 4},
                     {"vs naive bps", Look::with_sign, 2},
                     {"vs TWAP bps", Look::with_sign, 2},
                     {"vs VWAP bps", Look::with_sign, 2}},
                    {}};
  const auto row_of = [&](const DaySummary& day) {
    Row row{day.facts.day.symbol, format_date(day.facts.day.date), to_string(day.status), day.facts.snapshots};
    append_costs(row, summary, day.best, day.facts.notebook_yardsticks);
    return row;
  };
  Row total{"all", days_of(summary), "", Cell()};
  append_costs(total, summary, summary.best, summary.notebook_yardsticks);
  return days_text(table, summary, row_of, std::move(total));
}

std::string slice_days_text(const SweepSummary& summary, const Totals& totals) {
  const Table table{{{"symbol", Look::text},
                     {"date", Look::text},
                     {"status", Look::text},
                     {"slices"},
                     {"cold"},
                     {"shares", Look::grouped, 0},
                     {"best"},
                     {"ties"},
                     {"immediate"},
                     {"all market"},
                     {"all limit"},
                     {"equal split"},
                     {"drift"}},
                    {}};
  const auto row_of = [](const DaySummary& day) {
    const auto& slices = day.facts.slices;
    Row row{day.facts.day.symbol,
            format_date(day.facts.day.date),
            fmt::format("{}{}", to_string(day.status), slices.is_early_close ? ", early close" : ""),
            slices.slices.size(),
            slices.cold(),
            slices.shares(),
            day.best.slippage_bps,
            day.ties};
    for (std::size_t y = 0; y < kYardsticks; ++y) row.push_back(yardstick_bps(slices, y));
    row.push_back(bps_of(slices, slices.drift));
    return row;
  };
  Row total{"all",
            days_of(summary),
            "",
            totals.slices,
            totals.cold,
            summary.best.filled_shares,
            summary.best.slippage_bps,
            summary.ties};
  for (const auto& yardstick : summary.yardsticks) total.push_back(yardstick.slippage_bps);
  return days_text(table, summary, row_of, std::move(total));
}

/// Writes a sentence for each kind of day that did not fill.
std::string unfilled_text(const SweepSummary& summary) {
  std::string text;
  if (const auto n = summary.count(DayStatus::not_filled); n > 0)
    text +=
        fmt::format("{} of {} days did not fill; their cost covers only the shares they got\n", n, summary.days.size());
  if (const auto n = summary.count(DayStatus::no_data); n > 0)
    text += fmt::format("{} of {} days have no snapshot in the order's hours\n", n, summary.days.size());
  return text;
}

/// Writes the best point's shares by kind of fill, and in how many slices it breaks the model's assumptions.
std::string at_best_text(const DayDetail& sum) {
  const auto shares = [](std::int64_t count) { return grouped(static_cast<double>(count), 0); };
  auto text = fmt::format("      {} shares by market order, {} by limit order, {} in cleanup, {} unwound\n",
                          shares(sum.market), shares(sum.limit), shares(sum.cleanup), shares(sum.unwound));
  if (sum.breaks_assumptions > 0)
    text += fmt::format("      breaks the model's assumptions (A1-A3) in {} of {} slices\n", sum.breaks_assumptions,
                        sum.slices.size());
  return text;
}

/// Writes the best point, then the plateau's pick and the runner-up.
std::string best_text(const Answer& answer) {
  const auto& grid = answer.grid;
  const auto& results = answer.results;
  const auto& summary = results.best();
  const auto structural = text_of(results.structural_points[results.best_structural_point].structural);
  std::string text = "\nbest  none: no share was traded\n";
  if (summary.best.filled_shares > 0) {
    text = fmt::format("\nbest  {}{}{}\n      {}\n      {} bps, {}; the worst point {} bps\n", structural,
                       structural.empty() ? "" : ",", point_text(grid, summary.best.point),
                       ties_text(answer.totals.points, results.ties), bps(summary.best.slippage_bps),
                       money(summary.best.slippage), bps(summary.worst.slippage_bps));
    if (!summary.at_best.empty()) text += at_best_text(answer.totals.at_best);
  }
  if (summary.plateau)
    text += fmt::format("plateau  {}: no worse than {:.4g} anywhere within 5 % of it on each axis\n",
                        point_text(grid, summary.plateau->point), summary.plateau->worst_objective);
  if (summary.runner_up)
    text += fmt::format("runner-up  {}: {:.4g}, the nearest rival outside the best point's neighbourhood\n",
                        point_text(grid, summary.runner_up->point), summary.runner_up->objective);
  return text;
}

std::string axis_text(const std::string& name, const AxisAudit& axis) {
  if (axis.is_dead) return fmt::format("{} dead", name);
  return fmt::format("{} {:.4g}{}", name, axis.effect, is_weak(axis) ? " (under 1 % of the variance)" : "");
}

/// Writes what the axes do.
std::string audit_text(const Grid& grid, const SweepSummary& summary) {
  std::vector<std::string> axes;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) axes.push_back(axis_text(grid.name(a), summary.axes[a]));
  auto text = fmt::format("axes  {} (mean objective, from an axis' best value to its worst)\n", fmt::join(axes, ", "));
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    if (summary.axes[a].edge != Edge::none)
      text += fmt::format("edge  the best point lies at the {} of {}: extend the axis beyond it\n",
                          summary.axes[a].edge == Edge::first ? "low end" : "high end", grid.name(a));
  for (const auto& pair : summary.confounded)
    text += fmt::format("confounded  results depend on {} + {:.4g} × {} alone\n", grid.name(pair.first), pair.ratio,
                        grid.name(pair.second));
  return text;
}

/// Writes what `trust` says, one sentence on each line.
std::string verdict_text(const Findings& findings) {
  if (!findings.trust) return findings.skipped.empty() ? "" : fmt::format("robust?  {}\n", findings.skipped);
  std::string text;
  for (const auto& sentence : findings.trust->verdict)
    text += fmt::format("{}{}\n", text.empty() ? "robust?  " : "         ", sentence);
  return text;
}

/// Lists the best point of each structural point, where there are several.
std::string structural_points_text(const Grid& grid, const SweepResults& results) {
  if (results.structural_points.size() == 1) return "";
  Table table{{{"structural", Look::text}, {"best point", Look::text}, {"bps"}, {"ties"}}, {}};
  for (const auto& structural_point : results.structural_points)
    table.rows.push_back({text_of(structural_point.structural), point_text(grid, structural_point.summary.best.point),
                          structural_point.summary.best.slippage_bps, structural_point.summary.ties});
  return to_text(table) + "\n";
}

std::string snapshots_text(const Answer& answer) {
  const auto& summary = answer.results.best();
  auto text = snapshot_days_text(summary) + "(bps: how much dearer each yardstick was than the router)\n";
  if (summary.best.filled_shares > 0)
    text += fmt::format("\nbest  {}\n      {}\n", point_text(answer.grid, summary.best.point),
                        ties_text(answer.grid.size(), summary.ties));
  else
    text += "\nbest  none: no share was bought\n";
  return text + unfilled_text(summary);
}

}  // namespace

std::string summary_text(const Answer& answer) {
  const auto& summary = answer.results.best();
  if (!summary.is_sliced) return snapshots_text(answer);
  return structural_points_text(answer.grid, answer.results) + slice_days_text(summary, answer.totals) +
         "(Slippage against the arrival mid, in bps of the arrival value; lower is cheaper.\n"
         " best: each day's own best point, in the last row the best point of all days.\n"
         " drift: how far the mid moved while the slices waited; every figure but immediate includes it.)\n" +
         best_text(answer) + audit_text(answer.grid, summary) + unfilled_text(summary) + verdict_text(answer.findings);
}

}  // namespace sorsweep
