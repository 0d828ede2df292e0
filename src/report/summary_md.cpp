// summary.md: for pasting into a page or a ticket.
#include <fmt/format.h>

#include "core/text.hpp"
#include "report/table_cells.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

std::string parameters_md(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  std::vector<std::string> pairs;
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    pairs.push_back(fmt::format("{} = {}", grid.name(a), format_decimal(values[a])));
  return fmt::format("{}", fmt::join(pairs, ", "));
}

/// "| all_market | 4.90 | 3.20 |": what it cost, and what the best point saves against it.
std::string row_md(const std::string& name, double bps, double best) {
  return fmt::format("| {} | {:.3f} | {:.3f} |\n", name, bps, bps - best);
}

std::string yardsticks_md(const SweepSummary& summary) {
  const double best = summary.best.slippage_bps;
  std::string text = "| way to trade | slippage, bps | best saves, bps |\n|---|---:|---:|\n";
  text += row_md("**best point**", best, best);
  for (std::size_t y = 0; y < kYardsticks; ++y)
    text += row_md(kYardstickNames[y], summary.yardsticks[y].slippage_bps, best);
  return text + row_md("worst point", summary.worst.slippage_bps, best);
}

std::string baselines_md(const SweepSummary& summary) {
  std::string text = "| way to trade | average price | total cost |\n|---|---:|---:|\n";
  const auto row = [&](const char* name, double price, double cost) {
    text += fmt::format("| {} | {:.6f} | {} |\n", name, price, grouped(cost, 2));
  };
  row("**router**", summary.best.avg_price(), summary.best.total_cost);
  row("naive", summary.notebook_yardsticks.naive.avg_price, summary.notebook_yardsticks.naive.total_cost);
  row("TWAP", summary.notebook_yardsticks.twap.avg_price, summary.notebook_yardsticks.twap.total_cost);
  row("VWAP", summary.notebook_yardsticks.vwap.avg_price, summary.notebook_yardsticks.vwap.total_cost);
  return text;
}

/// What to know of an axis; empty where it is as it should be.
std::string note_md(const AxisAudit& audit) {
  std::string note = audit.is_dead ? "does nothing" : is_weak(audit) ? "weak" : "";
  if (audit.edge != Edge::none)
    note += fmt::format("{}best at its {} end", note.empty() ? "" : ", ", audit.edge == Edge::first ? "low" : "high");
  return note;
}

/// Parameters of a router of one's own may be plain numbers: the unit then stands in each line.
std::string axes_md(const Grid& grid, const SweepSummary& summary) {
  bool is_all_money = true;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) is_all_money &= grid.is_money(a);
  auto text = fmt::format("| axis | range{} | effect | share of variance | |\n|---|---|---:|---:|---|\n",
                          is_all_money ? ", $ a share" : "");
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto& audit = summary.axes[a];
    const auto& values = grid.axes()[a].values;
    text += fmt::format("| {} | {} to {}{} | {:.4g} | {:.1f} % | {} |\n", grid.name(a), format_decimal(values.front()),
                        format_decimal(values.back()), !is_all_money && grid.is_money(a) ? " $ a share" : "",
                        audit.effect, 100 * audit.variance_share, note_md(audit));
  }
  return text;
}

std::string quality_md(const DataQuality& quality) {
  if (!quality.skipped.empty()) return fmt::format("- Without flagged rows: not asked, {}.\n", quality.skipped);
  return fmt::format(
      "- Without the {} flagged rows (bad times or books, one-sided, crossed) of {} days the best point costs {:+.3f} "
      "bps.\n",
      format_count(quality.removed.all()), format_count(quality.days_looked_at), quality.difference_bps);
}

}  // namespace

std::string summary_md(const Grid& grid, const SweepResults& results, const Findings& findings) {
  const auto& summary = results.best();
  const auto structural = structural_text(results.structural_points[results.best_structural_point]);
  std::string text = "# Sweep\n\n";
  if (summary.best.filled_shares > 0)
    text += fmt::format("Best of {} points over {} symbol-days: **{}{}{}** ({}).\n\n",
                        format_count(grid.size() * results.structural_points.size()), summary.days.size(), structural,
                        structural.empty() ? "" : ", ", parameters_md(grid, summary.best.point),
                        ties_text(grid.size() * results.structural_points.size(), results.ties));
  else
    text += "Not a share was traded.\n\n";
  text += (summary.is_sliced ? yardsticks_md(summary) : baselines_md(summary)) + "\n" + axes_md(grid, summary) + "\n";
  if (findings.trust)
    for (const auto& sentence : findings.trust->verdict) text += fmt::format("- {}\n", sentence);
  else
    text += fmt::format("- Whether it holds was not asked: {}.\n", findings.skipped);
  text += quality_md(findings.quality);
  return text + fmt::format("\nresult {}\n", results.result_hash);
}

}  // namespace sorsweep
