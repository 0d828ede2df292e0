// tested by: tests/report/summary_test.cpp (make_answer)
#include "report/tables.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "core/text.hpp"
#include "report/phrases.hpp"

namespace sorsweep {
namespace {

void add_point_columns(Table& table, const Grid& grid, const std::string& prefix = "") {
  table.columns.push_back({prefix + "point"});
  for (std::size_t a = 0; a < grid.dimensions(); ++a) table.columns.push_back({grid.name(a)});
}

void append_point(Row& row, const Grid& grid, std::size_t point) {
  row.push_back(point);
  const auto values = grid.values(point);
  for (std::size_t a = 0; a < grid.dimensions(); ++a) row.push_back(Decimal{values[a]});
}

void add_structural_columns(Table& table, const SweepResults& results) {
  for (const auto& [key, value] : results.structural_points.front().structural) table.columns.push_back({key});
}

/// Adds the structural values: numbers as numbers, in the config's own digits.
void append_structural(Row& row, const StructuralResult& structural_point) {
  for (const auto& [key, value] : structural_point.structural) {
    const auto number = parse_number<double>(value);
    row.push_back(number && std::isfinite(*number) ? Cell(WrittenNumber{value, *number}) : Cell(value));
  }
}

void add_yardstick_columns(Table& table, const char* prefix, const char* suffix) {
  for (const auto* name : kYardstickNames) table.columns.push_back({fmt::format("{}{}{}", prefix, name, suffix)});
}

void append_trades(Row& row, const PointTotal& total, bool is_sliced) {
  if (is_sliced) append(row, {total.slippage_bps, total.slippage});
  append(row, {total.total_cost, total.avg_price(), total.filled_shares, total.missing_shares});
}

Table points_table(const Grid& grid, const SweepResults& results) {
  const bool is_sliced = results.best().is_sliced;
  Table table;
  table.add_columns({"rank"});
  add_structural_columns(table, results);
  add_point_columns(table, grid);
  if (is_sliced) table.add_columns({"objective", "slippage_bps", "slippage"});
  table.add_columns({"total_cost", "avg_price", "filled_shares", "missing_shares"});
  if (is_sliced) {
    table.add_columns({"std_bps", "worst_day_bps"});
    add_yardstick_columns(table, "vs_", "_bps");
  }
  const auto ranking = results.ranking();
  std::size_t rank = 0;
  for (std::size_t i = 0; i < ranking.size(); ++i) {
    const auto& [structural_point, total] = ranking[i];
    if (i == 0 || is_better(ranking[i - 1].total, total)) rank = i + 1;
    auto& row = table.rows.emplace_back(Row{rank});
    append_structural(row, results.structural_points[structural_point]);
    append_point(row, grid, total.point);
    if (is_sliced) row.push_back(total.objective);
    append_trades(row, total, is_sliced);
    if (!is_sliced) continue;
    append(row, {total.std_bps, total.worst_day_bps});
    for (const auto& yardstick : results.structural_points[structural_point].summary.yardsticks)
      row.push_back(total.slippage_bps - yardstick.slippage_bps);
  }
  return table;
}

void add_day_columns(Table& table, const Grid& grid, bool is_sliced) {
  table.add_columns({"symbol", "date", "status"});
  add_point_columns(table, grid, "best_");
  if (is_sliced) table.add_columns({"slippage_bps", "slippage"});
  table.add_columns({"total_cost", "avg_price", "filled_shares", "missing_shares", "ties"});
  if (!is_sliced) {
    table.add_columns({"naive_avg_price", "twap_avg_price", "vwap_avg_price", "rows", "outside_window", "undefined_ask",
                       "duplicates", "snapshots"});
    return;
  }
  table.add_columns({"arrival_mid", "slices", "cold", "unpriced", "early_close"});
  add_yardstick_columns(table, "", "_bps");
  table.add_columns(
      {"vwap", "rows", "overall_best_bps", "market_shares", "limit_shares", "cleanup_shares", "unwound_shares"});
}

void append_snapshots(Row& row, const DayFacts& facts) {
  const auto& yardsticks = facts.notebook_yardsticks;
  append(row, {yardsticks.naive.avg_price, yardsticks.twap.avg_price, yardsticks.vwap.avg_price});
  append(row, {facts.counts.rows, facts.counts.outside_window, facts.counts.undefined_ask, facts.counts.duplicates,
               facts.snapshots});
}

/// \param at_best what the best point of all days did; null where that is not known
void append_slices(Row& row, const DayFacts& facts, const DayDetail* at_best) {
  const auto& day = facts.slices;
  append(row, {0.5e-9 * static_cast<double>(day.arrival_bid_plus_ask), day.slices.size(), day.cold(), day.unpriced,
               day.is_early_close});
  for (std::size_t y = 0; y < kYardsticks; ++y) row.push_back(yardstick_bps(day, y));
  append(row, {day.vwap, facts.counts.rows});
  if (at_best == nullptr)
    append(row, {Cell(), Cell(), Cell(), Cell(), Cell()});
  else
    append(row, {bps_of(day, at_best->slippage), at_best->market, at_best->limit, at_best->cleanup, at_best->unwound});
}

Table days_table(const Grid& grid, const SweepResults& results) {
  const bool is_sliced = results.best().is_sliced;
  Table table;
  add_structural_columns(table, results);
  add_day_columns(table, grid, is_sliced);
  for (const auto& structural_point : results.structural_points) {
    const auto& summary = structural_point.summary;
    for (std::size_t d = 0; d < summary.days.size(); ++d) {
      const auto& day = summary.days[d];
      auto& row = table.rows.emplace_back();
      append_structural(row, structural_point);
      append(row, {day.facts.day.symbol, format_date(day.facts.day.date), to_string(day.status)});
      append_point(row, grid, day.best.point);
      append_trades(row, day.best, is_sliced);
      row.push_back(day.ties);
      if (is_sliced)
        append_slices(row, day.facts, summary.at_best.empty() ? nullptr : &summary.at_best[d]);
      else
        append_snapshots(row, day.facts);
    }
  }
  return table;
}

Table axes_table(const Grid& grid, const SweepSummary& summary) {
  Table table;
  table.add_columns(
      {"axis", "values", "first", "last", "dead", "effect", "variance_share", "weak", "binding_share", "edge"});
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto& values = grid.axes()[a].values;
    const auto& audit = summary.axes[a];
    table.rows.push_back({grid.name(a), values.size(), Decimal{values.front()}, Decimal{values.back()}, audit.is_dead,
                          audit.effect, audit.variance_share, is_weak(audit),
                          summary.at_best.empty() ? Cell() : Cell(audit.binding_share), edge_text(audit.edge)});
  }
  return table;
}

Table out_of_sample_table(const Grid& grid, const Findings& findings) {
  Table table;
  table.add_columns({"date"});
  add_point_columns(table, grid, "chosen_");
  table.add_columns({"in_sample", "out_of_sample", "hindsight"});
  add_yardstick_columns(table, "", "");
  if (!findings.trust) return table;
  const auto& walk = findings.trust->walk_forward;
  for (std::size_t s = 0; s < walk.steps.size(); ++s) {
    const auto& step = walk.steps[s];
    auto& row = table.rows.emplace_back(Row{findings.context.days[step.day]});
    append_point(row, grid, step.point);
    append(row, {step.in_sample, step.out_of_sample, step.hindsight});
    for (const auto& against : walk.against) row.push_back(step.out_of_sample - against.values[s]);
  }
  return table;
}

Totals totals_of(const Grid& grid, const SweepResults& results) {
  Totals totals;
  totals.points = grid.size() * results.structural_points.size();
  std::size_t traded = 0;
  for (const auto& day : results.best().days) {
    const auto& slices = day.facts.slices;
    totals.slices += slices.slices.size();
    totals.cold += slices.cold();
    totals.pooled += slices.pooled();
    totals.unpriced += slices.unpriced;
    totals.early_closes += slices.is_early_close;
    totals.drift_bps += bps_of(slices, slices.drift);
    traded += slices.shares() > 0;
    const auto& counts = day.facts.counts;
    totals.rows.rows += counts.rows;
    totals.rows.outside_window += counts.outside_window;
    totals.rows.undefined_ask += counts.undefined_ask;
    totals.rows.duplicates += counts.duplicates;
    totals.snapshots += day.facts.snapshots;
  }
  if (traded > 0) totals.drift_bps /= static_cast<double>(traded);
  totals.at_best = add_up(results.best().at_best);
  return totals;
}

}  // namespace

double saved_bps(const SweepSummary& summary, const notebook::YardstickCost& yardstick, double avg_price) {
  const double bps = notebook::savings_bps(yardstick.avg_price, avg_price);
  return summary.is_sell ? -bps : bps;
}

// This multiplies before it divides, so that its last bit can differ from `bps_per_nano` times the slippage. Bytes of
// days.csv and report.html depend on it.
double bps_of(const SliceDay& day, Nano slippage) {
  return day.shares() > 0 ? 1e-5 * static_cast<double>(slippage) / arrival_value(day) : 0;
}

double yardstick_bps(const SliceDay& day, std::size_t yardstick) {
  return bps_of(day, day.arrival_slippage(static_cast<Yardstick>(yardstick)));
}

Answer make_answer(const Grid& grid, const SweepResults& results, Findings findings) {
  auto out_of_sample = out_of_sample_table(grid, findings);
  return {grid,
          results,
          std::move(findings),
          totals_of(grid, results),
          points_table(grid, results),
          days_table(grid, results),
          axes_table(grid, results.best()),
          std::move(out_of_sample)};
}

}  // namespace sorsweep
