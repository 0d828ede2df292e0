// Makes summary.md, which can be pasted into a page or a ticket.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <vector>

#include "core/text.hpp"
#include "report/phrases.hpp"
#include "report/tables.hpp"

namespace sorsweep {
namespace {

using Look = Column::Look;

std::string parameters_md(const Grid& grid, std::size_t point) {
  const auto values = grid.values(point);
  std::vector<std::string> pairs;
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    pairs.push_back(fmt::format("{} = {}", grid.name(a), format_decimal(values[a])));
  return fmt::format("{}", fmt::join(pairs, ", "));
}

/// Lists ways to trade in slices: what each of them cost, and what the best point saves against it.
Table slippage_table(const SweepSummary& summary) {
  Table table{{{"way to trade", Look::text}, {"slippage, bps"}, {"best point saves, bps"}}, {}};
  const auto add = [&](const char* name, double bps) {
    table.rows.push_back({name, bps, bps - summary.best.slippage_bps});
  };
  add("**best point**", summary.best.slippage_bps);
  for (std::size_t y = 0; y < kYardsticks; ++y) add(kYardstickNames[y], summary.yardsticks[y].slippage_bps);
  add("worst point", summary.worst.slippage_bps);
  return table;
}

/// Lists ways to trade on snapshots, and what each of them cost.
Table cost_table(const SweepSummary& summary) {
  const auto& [naive, twap, vwap] = summary.notebook_yardsticks;
  return {{{"way to trade", Look::text}, {"average price", Look::fixed, 6}, {"total cost", Look::grouped, 2}},
          {{"**router**", summary.best.avg_price(), summary.best.total_cost},
           {"naive", naive.avg_price, naive.total_cost},
           {"TWAP", twap.avg_price, twap.total_cost},
           {"VWAP", vwap.avg_price, vwap.total_cost}}};
}

/// Says what is unusual about an axis.
std::string note_of(const AxisAudit& audit) {
  std::string note = audit.is_dead ? "does nothing" : is_weak(audit) ? "under 1 % of the variance" : "";
  if (audit.edge != Edge::none)
    note +=
        fmt::format("{}best point at its {} end", note.empty() ? "" : ", ", audit.edge == Edge::first ? "low" : "high");
  return note;
}

/// Lists what the axes do. Where some of them are plain numbers, each range names its unit.
Table effects_table(const Grid& grid, const SweepSummary& summary) {
  bool is_all_money = true;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) is_all_money &= grid.is_money(a);
  Table table{{{"axis", Look::text},
               {is_all_money ? "range, $ a share" : "range", Look::text},
               {"effect", Look::significant, 4},
               {"share of variance"},
               {"", Look::text}},
              {}};
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto& audit = summary.axes[a];
    const auto& values = grid.axes()[a].values;
    table.rows.push_back({grid.name(a),
                          fmt::format("{} to {}{}", format_decimal(values.front()), format_decimal(values.back()),
                                      !is_all_money && grid.is_money(a) ? " $ a share" : ""),
                          audit.effect, fmt::format("{:.1f} %", 100 * audit.variance_share), note_of(audit)});
  }
  return table;
}

std::string quality_md(const DataQuality& quality) {
  if (!quality.skipped.empty())
    return fmt::format("- The effect of flagged rows was not measured: {}.\n", quality.skipped);
  const auto bps = fmt::format("{:.3f}", std::abs(quality.difference_bps));
  const auto change =
      bps == "0.000" ? "the same" : fmt::format("{} bps {}", bps, quality.difference_bps > 0 ? "more" : "less");
  return fmt::format(
      "- Without the {} flagged rows (bad times or books, one-sided, crossed) of {} days the best point costs {}.\n",
      format_count(quality.removed.all()), format_count(quality.days_looked_at), change);
}

}  // namespace

std::string summary_md(const Answer& answer) {
  const auto& results = answer.results;
  const auto& summary = results.best();
  const auto structural = text_of(results.structural_points[results.best_structural_point].structural);
  std::string text = "# Sweep\n\n";
  if (summary.best.filled_shares > 0)
    text +=
        fmt::format("Best of {} points over {} symbol-days: **{}{}{}** ({}).\n\n", format_count(answer.totals.points),
                    summary.days.size(), structural, structural.empty() ? "" : ", ",
                    parameters_md(answer.grid, summary.best.point), ties_text(answer.totals.points, results.ties));
  else
    text += "No share was traded.\n\n";
  text += to_markdown(summary.is_sliced ? slippage_table(summary) : cost_table(summary)) + "\n" +
          to_markdown(effects_table(answer.grid, summary)) + "\n";
  if (answer.findings.trust)
    for (const auto& sentence : answer.findings.trust->verdict) text += fmt::format("- {}\n", sentence);
  else
    text += fmt::format("- Robustness was not judged: {}.\n", answer.findings.skipped);
  text += quality_md(answer.findings.quality);
  return text + fmt::format("\nresult {}\n", results.result_hash);
}

}  // namespace sorsweep
