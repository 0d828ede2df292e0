// Router cont_kukanov: the day's slices, each decided at every point of the grid.
#include <algorithm>
#include <array>
#include <span>

#include "sorsweep/sweep/backtest.hpp"
#include "sorsweep/sweep/parallel.hpp"
#include "sorsweep/sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

using cont_kukanov::CandidateTable;
using cont_kukanov::Decided;
using cont_kukanov::SliceCase;

/// Points that one task evaluates: columns of a few KiB that stay in the first-level cache.
constexpr std::size_t kPointsPerTask = 512;

/// The cheapest candidate at each of `count` points, one lane a point; the lowest index among equals.
void find_winners(const CandidateTable& table, const Grid& grid, std::size_t first, std::size_t count,
                  std::uint32_t* winner) {
  NanoBlock points;
  points.decode(grid, first, count);
  const auto* over = points.column(0);
  const auto* under = points.column(1);
  const auto* theta = points.column(2);
  std::array<std::int64_t, kPointsPerTask> least;
  least.fill(INT64_MAX);
  for (std::size_t c = 0; c < table.size(); ++c) {
    const auto [base, u, o, w] = table.coefficients(c);
    const auto index = static_cast<std::uint32_t>(c);
#pragma omp simd
    for (std::size_t p = 0; p < count; ++p) {
      const auto cost = base + under[p] * u + over[p] * o + theta[p] * w;
      const bool is_less = cost < least[p];
      least[p] = is_less ? cost : least[p];
      winner[p] = is_less ? index : winner[p];
    }
  }
}

/// The notebook's yardsticks under this model's rules: naive sweeps the book at arrival, TWAP every slice's book.
notebook::Baselines baselines_of(const SliceDay& day) {
  const auto shares = static_cast<double>(day.shares());
  if (shares == 0) return {};
  const double value = shares * static_cast<double>(day.arrival_bid_plus_ask) / 2 * 1e-9;
  const auto from_slippage = [&](Yardstick yardstick) {
    const double slippage = 1e-9 * static_cast<double>(day.arrival_slippage(yardstick));
    const double cost = day.is_sell ? value - slippage : value + slippage;
    return notebook::Baseline{cost, cost / shares};
  };
  return {from_slippage(kImmediate), from_slippage(kAllMarket), {day.vwap * shares, day.vwap}};
}

class SliceBacktest : public Backtest {
 public:
  explicit SliceBacktest(SliceSettings settings) : settings_(std::move(settings)) {}

  UnitResult run(DayData&& day, const Grid& grid, Engine, const PointsDone& points_done) const override {
    auto made = make_slice_cases(day, settings_, largest_penalties(grid));
    UnitResult result;
    result.facts.day = day.key;
    result.facts.counts.rows = day.quotes.rows();
    day.quotes = {};
    auto& slippage = result.surface.slippage;
    slippage.assign(grid.size(), 0);
    for (std::size_t i = 0; i < made.cases.size(); ++i)
      made.facts.slices[i].winners = add_slice(made.cases[i], grid, slippage);
    result.facts.baselines = baselines_of(made.facts);
    result.facts.slices = std::move(made.facts);
    points_done(grid.size());
    return result;
  }

 private:
  /// \return how many different decisions the grid leads to
  std::uint32_t add_slice(const SliceCase& slice, const Grid& grid, std::vector<std::int64_t>& slippage) const {
    if (slice.decided != Decided::solved) {
      add_everywhere(slice.execute(all_market(slice)).slippage, slippage);
      return 1;
    }
    return cont_kukanov::has_candidates(settings_.solver) ? add_candidates(slice, grid, slippage)
                                                          : add_each(slice, grid, slippage);
  }

  static cont_kukanov::Placement all_market(const SliceCase& slice) {
    return {slice.problem.lots, std::vector<std::int64_t>(slice.problem.queues.size(), 0)};
  }

  static void add_everywhere(Nano value, std::vector<std::int64_t>& slippage) {
    for (auto& sum : slippage) sum += value;
  }

  std::uint32_t add_candidates(const SliceCase& slice, const Grid& grid, std::vector<std::int64_t>& slippage) const {
    const auto table = candidates_of(slice, settings_, grid);
    std::vector<std::uint32_t> winner(grid.size());
    parallel_ranges(grid.size(), kPointsPerTask, [&](std::size_t first, std::size_t last) {
      for (auto p = first; p < last; p += kPointsPerTask)
        find_winners(table, grid, p, std::min(kPointsPerTask, last - p), winner.data() + p);
    });
    std::vector<std::uint8_t> wins(table.size());
    for (const auto c : winner) wins[c] = 1;
    std::vector<std::int64_t> value(table.size());
    for (std::size_t c = 0; c < table.size(); ++c)
      if (wins[c]) value[c] = slice.execute(table.placement(c)).slippage;
    for (std::size_t p = 0; p < grid.size(); ++p) slippage[p] += value[winner[p]];
    return static_cast<std::uint32_t>(std::ranges::count(wins, 1));
  }

  std::uint32_t add_each(const SliceCase& slice, const Grid& grid, std::vector<std::int64_t>& slippage) const {
    parallel_ranges(grid.size(), kPointsPerTask, [&](std::size_t first, std::size_t last) {
      ParameterBlock points;
      points.decode(grid, first, last - first);
      const auto placements = cont_kukanov::decide_each(slice.problem, settings_.solver, points.columns());
      for (std::size_t i = 0; i < placements.size(); ++i)
        slippage[first + i] += slice.execute(placements[i].market, placements[i].limits).slippage;
    });
    return 0;
  }

  SliceSettings settings_;
};

}  // namespace

std::unique_ptr<Backtest> make_slice_backtest(const SliceSettings& settings) {
  return std::make_unique<SliceBacktest>(settings);
}

}  // namespace sorsweep
