#include "job/replay.hpp"

#include <fmt/format.h>

#include "report/tables.hpp"
#include "router/notebook.hpp"
#include "router/static_split.hpp"

namespace sorsweep {
namespace {

Table execution_log() {
  Table log;
  log.add_columns({"ts", "type", "venue", "price", "shares", "cost"});
  return log;
}

/// Returns an amount such as "-$38.073".
std::string dollars(Nano amount) {
  return fmt::format("{}${}", amount < 0 ? "-" : "", format_decimal(amount < 0 ? -amount : amount));
}

class NotebookReplay : public Replay {
 public:
  NotebookReplay(double shares, const Parameters& point) : shares_(shares), point_(point) {}

  Table empty_log() const override { return execution_log(); }

  ReplayedDay day(DayData&& data) const override {
    std::vector<notebook::Execution> fills;
    const auto outcome = notebook::run(make_event_tape(data.quotes, data.window), point_, shares_, &fills);
    auto log = empty_log();
    for (const auto& fill : fills)
      log.rows.push_back({format_iso_time(fill.ts_ns), fill.kind == notebook::FillKind::market ? "market" : "limit",
                          fill.publisher_id, fill.px, fill.shares, fill.cost});
    return {log, fmt::format("{} executions, {} shares for ${}", fills.size(), format_repr(outcome.filled_shares),
                             format_repr(outcome.total_cost))};
  }

 private:
  double shares_;
  Parameters point_;
};

class StaticSplitReplay : public Replay {
 public:
  StaticSplitReplay(std::int64_t shares, FeeTable fees) : shares_(shares), fees_(std::move(fees)) {}

  Table empty_log() const override { return execution_log(); }

  ReplayedDay day(DayData&& data) const override {
    std::vector<static_split::Execution> fills;
    const auto outcome = static_split::run(make_event_tape(data.quotes, data.window), shares_, fees_, &fills);
    auto log = empty_log();
    for (const auto& fill : fills)
      log.rows.push_back({format_iso_time(fill.ts_ns), "market", fill.publisher_id, Decimal{fill.px}, fill.shares,
                          Decimal{fill.cost}});
    return {log, fmt::format("{} executions, {} shares for {}", fills.size(), outcome.filled_shares,
                             dollars(outcome.total_cost))};
  }

 private:
  std::int64_t shares_;
  FeeTable fees_;
};

class SliceReplay : public Replay {
 public:
  SliceReplay(const Config& config, const Grid::Values& at)
      : settings_(config.slices), grid_(make_grid(config)), at_(at) {}

  Table empty_log() const override {
    Table log;
    log.add_columns({"slice_begin",
                     "slice_end",
                     "decided",
                     "shares",
                     "samples",
                     "best_bid",
                     "best_ask",
                     "quotes_dropped",
                     "queues",
                     "market",
                     "limits",
                     "expected_cost",
                     "expected_shortfall",
                     "expected_excess",
                     "meets_assumptions",
                     "filled_market",
                     "filled_limit",
                     "cleanup",
                     "unwound",
                     "slippage"});
    return log;
  }

  ReplayedDay day(DayData&& data) const override {
    const auto played = play_point(data, settings_, grid_, at_);
    const auto& made = played.slices;
    auto log = empty_log();
    for (std::size_t i = 0; i < made.cases.size(); ++i)
      log.rows.push_back(row(made.cases[i], made.facts.slices[i], played.decisions[i], played.fills[i]));
    const auto total = played.slippage;
    return {log,
            fmt::format("{} slices, {} cold, {} shares, slippage against the arrival mid {} ({:.3f} bps), of which "
                        "drift {}",
                        made.cases.size(), made.facts.cold(), made.facts.shares(), dollars(total),
                        bps_of(made.facts, total), dollars(made.facts.drift))};
  }

 private:
  static Row row(const SliceCase& slice, const SliceRecord& record, const Decision& decision,
                 const execution::Fills& fills) {
    std::string queues;
    std::string limits;
    for (std::size_t k = 0; k < slice.venues.size(); ++k) {
      const auto* comma = k == 0 ? "" : "|";
      queues += fmt::format("{}{}:{}", comma, slice.venues[k], slice.problem.queues[k].ahead);
      limits += fmt::format("{}{}:{}", comma, slice.venues[k], decision.placement.limits[k]);
    }
    return {format_iso_time(slice.plan.begin_ns),
            format_iso_time(slice.plan.end_ns),
            to_string(slice.decided),
            record.shares,
            record.samples,
            Decimal{record.best_bid},
            Decimal{record.best_ask},
            record.dropped,
            queues,
            decision.placement.market + slice.plan.odd,
            limits,
            decision.expected_cost,
            decision.expected_under,
            decision.expected_over,
            decision.meets_assumptions,
            fills.market,
            fills.limit,
            fills.cleanup,
            fills.unwound,
            Decimal{fills.slippage}};
  }

  SliceSettings settings_;
  Grid grid_;
  Grid::Values at_;
};

}  // namespace

PlayedDay play_point(const DayData& day, const SliceSettings& settings, const Grid& grid, const Grid::Values& at) {
  PlayedDay played{make_slice_cases(day, settings, grid), {}, {}, 0};
  played.slippage = played.slices.facts.drift;
  for (const auto& slice : played.slices.cases) {
    const auto& decision = played.decisions.emplace_back(decide(slice, settings, grid, at));
    const auto& fills = played.fills.emplace_back(slice.execute(decision.placement.market, decision.placement.limits));
    played.slippage += fills.slippage;
  }
  return played;
}

std::unique_ptr<Replay> make_replay(const Config& config, const Grid::Values& at) {
  if (is_sliced(config)) return std::make_unique<SliceReplay>(config, at);
  if (config.router == "static_split")
    return std::make_unique<StaticSplitReplay>(config.order.shares, config.slices.fees);
  const Parameters point{to_dollars(at[0]), to_dollars(at[1]), to_dollars(at[2])};
  return std::make_unique<NotebookReplay>(static_cast<double>(config.order.shares), point);
}

}  // namespace sorsweep
