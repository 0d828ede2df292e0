// The routers that look at event snapshots: notebook and static_split. No penalty enters either.
#include <algorithm>
#include <span>

#include "sorsweep/router/notebook.hpp"
#include "sorsweep/router/static_split.hpp"
#include "sorsweep/sweep/backtest.hpp"
#include "sorsweep/sweep/parallel.hpp"

namespace sorsweep {
namespace {

/// Points that one task evaluates: some tens of microseconds, and columns that stay in the first-level cache.
constexpr std::size_t kPointsPerTask = 1024;

DayFacts describe_day(const DayKey& day, const EventTape& tape, double shares) {
  return {day, tape.counts, tape.snapshots(), notebook::run_baselines(tape, shares), {}};
}

class NotebookBacktest : public Backtest {
 public:
  explicit NotebookBacktest(double shares) : shares_(shares) {}

  UnitResult run(DayData&& day, const Grid& grid, Engine engine, const PointsDone& points_done) const override {
    const auto tape = make_event_tape(day.quotes, day.window);
    day.quotes = {};
    UnitResult result{describe_day(day.key, tape, shares_), {}};
    auto& surface = result.surface;
    surface.total_cost.resize(grid.size());
    surface.filled_shares.resize(grid.size());
    if (engine == Engine::collapse) {  // the whole grid is one region
      evaluate(tape, grid, 0, 1, surface);
      std::ranges::fill(surface.total_cost, surface.total_cost[0]);
      std::ranges::fill(surface.filled_shares, surface.filled_shares[0]);
      points_done(grid.size());
      return result;
    }
    parallel_ranges(grid.size(), kPointsPerTask, [&](std::size_t first, std::size_t last) {
      evaluate(tape, grid, first, last - first, surface);
      points_done(last - first);
    });
    return result;
  }

 private:
  void evaluate(const EventTape& tape, const Grid& grid, std::size_t first, std::size_t count, Surface& surface) const {
    ParameterBlock block;
    block.decode(grid, first, count);
    notebook::run_lanes(tape, block.columns(), shares_, std::span(surface.total_cost).subspan(first, count),
                        std::span(surface.filled_shares).subspan(first, count));
  }

  double shares_;
};

/// Both engines are one here: the rule has no place for a point.
class StaticSplitBacktest : public Backtest {
 public:
  StaticSplitBacktest(std::int64_t shares, FeeTable fees) : shares_(shares), fees_(std::move(fees)) {}

  UnitResult run(DayData&& day, const Grid& grid, Engine, const PointsDone& points_done) const override {
    const auto tape = make_event_tape(day.quotes, day.window);
    day.quotes = {};
    const auto outcome = static_split::run(tape, shares_, fees_);
    UnitResult result{describe_day(day.key, tape, static_cast<double>(shares_)), {}};
    result.surface.total_cost.assign(grid.size(), to_dollars(outcome.total_cost));
    result.surface.filled_shares.assign(grid.size(), static_cast<double>(outcome.filled_shares));
    points_done(grid.size());
    return result;
  }

 private:
  std::int64_t shares_;
  FeeTable fees_;
};

}  // namespace

std::unique_ptr<Backtest> make_notebook_backtest(double shares) {
  return std::make_unique<NotebookBacktest>(shares);
}

std::unique_ptr<Backtest> make_static_split_backtest(std::int64_t shares, const FeeTable& fees) {
  return std::make_unique<StaticSplitBacktest>(shares, fees);
}

}  // namespace sorsweep
