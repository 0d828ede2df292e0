// tested by: tests/sweep/graph_test.cpp (make_notebook_backtest)
// The routers `notebook` and `static_split`, which look at event snapshots. Penalties do not matter to either.
#include <algorithm>

#include "router/notebook.hpp"
#include "router/static_split.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {
namespace {

/// The points that the lanes take at a time; their columns stay in the first-level cache.
constexpr std::size_t kPointsAtATime = 1024;

DayFacts describe_day(const DayKey& day, const EventTape& tape, double shares) {
  return {day, tape.counts, tape.snapshots(), notebook::run_yardsticks(tape, shares), {}};
}

/// A day on which every point has the same result.
class UniformEvaluation : public DayEvaluation {
 public:
  UniformEvaluation(DayFacts facts, double total_cost, double filled_shares)
      : facts_(std::move(facts)), total_cost_(total_cost), filled_shares_(filled_shares) {}

  const DayFacts& facts() const override { return facts_; }

  void evaluate(RowRange, const WritableRows& slab) const override {
    std::ranges::fill(slab.total_cost, total_cost_);
    std::ranges::fill(slab.filled_shares, filled_shares_);
  }

  std::unique_ptr<DayEvaluation> on(const Grid&) const override { return std::make_unique<UniformEvaluation>(*this); }

 private:
  DayFacts facts_;
  double total_cost_, filled_shares_;
};

/// A day on which every point is computed by the notebook's arithmetic.
class LanesEvaluation : public DayEvaluation {
 public:
  LanesEvaluation(DayFacts facts, EventTape tape, const Grid& grid, double shares)
      : facts_(std::move(facts)), tape_(std::move(tape)), grid_(grid), shares_(shares) {}

  const DayFacts& facts() const override { return facts_; }

  void evaluate(RowRange rows, const WritableRows& slab) const override {
    const auto first = rows.first * grid_.points_per_row();
    ParameterBlock block;
    for (std::size_t done = 0; done < slab.total_cost.size(); done += kPointsAtATime) {
      const auto count = std::min(kPointsAtATime, slab.total_cost.size() - done);
      block.decode(grid_, first + done, count);
      notebook::run_lanes(tape_, block.columns(), shares_, slab.total_cost.subspan(done, count),
                          slab.filled_shares.subspan(done, count));
    }
  }

 private:
  DayFacts facts_;
  EventTape tape_;
  const Grid& grid_;
  double shares_;
};

/// Restores a day from the one point that was kept.
std::unique_ptr<DayEvaluation> restore_uniform(UnitResult&& unit) {
  return std::make_unique<UniformEvaluation>(std::move(unit.facts), unit.surface.total_cost.at(0),
                                             unit.surface.filled_shares.at(0));
}

class NotebookBacktest : public Backtest {
 public:
  NotebookBacktest(const Grid& grid, double shares) : grid_(grid), shares_(shares) {}

  std::unique_ptr<DayEvaluation> prepare(DayData&& day, Engine engine) const override {
    auto tape = make_event_tape(day.quotes, day.window);
    day.quotes = {};
    auto facts = describe_day(day.key, tape, shares_);
    if (engine == Engine::brute)
      return std::make_unique<LanesEvaluation>(std::move(facts), std::move(tape), grid_, shares_);
    const auto outcome = notebook::run(tape, grid_.parameters(0), shares_);
    return std::make_unique<UniformEvaluation>(std::move(facts), outcome.total_cost, outcome.filled_shares);
  }

  std::unique_ptr<DayEvaluation> restore(UnitResult&& unit) const override { return restore_uniform(std::move(unit)); }

 private:
  const Grid& grid_;
  double shares_;
};

/// Both engines do the same for this router, because its rule does not depend on the point.
class StaticSplitBacktest : public Backtest {
 public:
  StaticSplitBacktest(std::int64_t shares, FeeTable fees) : shares_(shares), fees_(std::move(fees)) {}

  std::unique_ptr<DayEvaluation> prepare(DayData&& day, Engine) const override {
    const auto tape = make_event_tape(day.quotes, day.window);
    day.quotes = {};
    const auto outcome = static_split::run(tape, shares_, fees_);
    return std::make_unique<UniformEvaluation>(describe_day(day.key, tape, static_cast<double>(shares_)),
                                               to_dollars(outcome.total_cost),
                                               static_cast<double>(outcome.filled_shares));
  }

  std::unique_ptr<DayEvaluation> restore(UnitResult&& unit) const override { return restore_uniform(std::move(unit)); }

 private:
  std::int64_t shares_;
  FeeTable fees_;
};

}  // namespace

std::unique_ptr<Backtest> make_notebook_backtest(const Grid& grid, double shares) {
  return std::make_unique<NotebookBacktest>(grid, shares);
}

std::unique_ptr<Backtest> make_static_split_backtest(const Grid&, std::int64_t shares, const FeeTable& fees) {
  return std::make_unique<StaticSplitBacktest>(shares, fees);
}

}  // namespace sorsweep
