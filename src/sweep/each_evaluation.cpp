// tested by: tests/sweep/slice_backtest_test.cpp (evaluate_metric)
#include "sweep/each_evaluation.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/parallel.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// The number of points that are decided together.
constexpr std::size_t kPointsAtATime = 256;

void add(std::int64_t& sum, std::int64_t value, const Summand& summand) {
  if (__builtin_add_overflow(sum, value, &sum) || sum > kMostDaySum || sum < -kMostDaySum) refuse_sum(summand);
}

}  // namespace

EachEvaluation::EachEvaluation(const Grid& grid, const SliceSettings& settings, DayFacts facts,
                               std::vector<SliceCase> cases)
    : grid_(grid),
      registered_(settings.registered),
      solver_(settings.solver),
      facts_(std::move(facts)),
      cases_(std::move(cases)) {}

void EachEvaluation::evaluate(RowRange rows, const WritableRows& slab) const {
  sum_up(rows, slippage_summand(), slab.slippage);
}

void EachEvaluation::evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const {
  sum_up(rows, summand_of(metric), out);
}

void EachEvaluation::sum_up(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const {
  const auto first = rows.first * grid_.points_per_row();
  const auto blocks = (out.size() + kPointsAtATime - 1) / kPointsAtATime;
  parallel_ranges(blocks, 1, [&](std::size_t begin, std::size_t end) {
    for (auto block = begin; block < end; ++block) {
      const auto done = block * kPointsAtATime;
      add_block(first + done, summand, out.subspan(done, std::min(kPointsAtATime, out.size() - done)));
    }
  });
}

void EachEvaluation::add_block(std::size_t first, const Summand& summand, std::span<std::int64_t> sums) const {
  ParameterBlock points;
  if (!registered_) points.decode(grid_, first, sums.size());
  std::ranges::fill(sums, 0);
  for (const auto& slice : cases_) {
    if (!is_by_model(slice.decided)) {
      const auto value = summand.of(slice.execute(all_market(slice.problem)));
      for (auto& sum : sums) add(sum, value, summand);
    } else if (registered_) {
      add_registered(slice, first, summand, sums);
    } else {
      const auto placements = cont_kukanov::decide_each(slice.problem, solver_, points.columns());
      for (std::size_t i = 0; i < placements.size(); ++i)
        add(sums[i], summand.of(slice.execute(placements[i].market, placements[i].limits)), summand);
    }
  }
}

/// Adds the slippage or metric of a slice at each point. Neighbouring points often decide alike, so the last value is
/// kept.
void EachEvaluation::add_registered(const SliceCase& slice, std::size_t first, const Summand& summand,
                                    std::span<std::int64_t> sums) const {
  std::optional<Placement> last;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    std::array<double, Grid::kAxes> point{};
    const auto at = grid_.index(first + i);
    for (std::size_t a = 0; a < grid_.dimensions(); ++a) point[a] = grid_.dollars(a)[at[a]];
    auto placement = decide_by(*registered_, slice, std::span(point).first(grid_.dimensions()));
    if (placement != last) value = summand.of(slice.execute(placement.market, placement.limits));
    last = std::move(placement);
    add(sums[i], value, summand);
  }
}

}  // namespace sorsweep
