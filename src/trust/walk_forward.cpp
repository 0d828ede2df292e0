#include "trust/walk_forward.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/error.hpp"

namespace sorsweep::trust {
namespace {

void add_day(std::vector<RunningScore>& running, const Outcomes& outcomes, std::size_t day) {
  const auto values = outcomes.day(day);
  for (std::size_t r = 0; r < running.size(); ++r) running[r].add(values[r], static_cast<double>(day + 1));
}

BestRow best_of(const std::vector<RunningScore>& running, const Score& score, std::size_t days) {
  BestRow best;
  for (std::size_t r = 0; r < running.size(); ++r) {
    const double figure = score.of(running[r].sum, running[r].spread, static_cast<double>(days));
    if (r == 0 || figure < best.score) best = {r, figure, 0};
  }
  return best;
}

WalkForwardStep step_of(const Outcomes& outcomes, const BestRow& best, std::size_t day) {
  const auto values = outcomes.day(day);
  return {day, best.row, outcomes.points[best.row], best.score, values[best.row], *std::ranges::min_element(values)};
}

WalkForwardDifference difference(const std::vector<WalkForwardStep>& steps, const DaySeries& other) {
  WalkForwardDifference result{other.name, {}, 0};
  for (const auto& step : steps) result.values.push_back(step.out_of_sample - other.values[step.day]);
  result.mean = std::accumulate(result.values.begin(), result.values.end(), 0.0) / static_cast<double>(steps.size());
  return result;
}

void total(WalkForward& result) {
  for (const auto& step : result.steps) {
    result.mean_in_sample += step.in_sample;
    result.mean_out_of_sample += step.out_of_sample;
    result.mean_hindsight += step.hindsight;
    result.equity.push_back(result.mean_out_of_sample);
  }
  const auto steps = static_cast<double>(result.steps.size());
  for (auto* mean : {&result.mean_in_sample, &result.mean_out_of_sample, &result.mean_hindsight}) *mean /= steps;
}

void check_length(const DaySeries& series, std::size_t days) {
  if (series.values.size() != days)
    throw Error(Exit::internal, fmt::format("{} has {} days instead of {}", series.name, series.values.size(), days));
}

}  // namespace

WalkForward walk_forward(const Outcomes& outcomes, const Score& score, std::span<const DaySeries> yardsticks) {
  const auto days = outcomes.days();
  for (const auto& yardstick : yardsticks) check_length(yardstick, days);
  WalkForward result;
  if (days < 2) {
    result.skipped = fmt::format("needs 2 days or more; {} given", days);
    return result;
  }
  std::vector<RunningScore> running(outcomes.rows());
  for (std::size_t day = 1; day < days; ++day) {
    add_day(running, outcomes, day - 1);
    result.steps.push_back(step_of(outcomes, best_of(running, score, day), day));
  }
  total(result);
  for (const auto& yardstick : yardsticks) result.against.push_back(difference(result.steps, yardstick));
  return result;
}

BestRow best_row(const Outcomes& outcomes, const Score& score) {
  const auto days = outcomes.days();
  if (days == 0) throw Error(Exit::internal, "no outcomes to choose from");
  std::vector<RunningScore> running(outcomes.rows());
  for (std::size_t day = 0; day < days; ++day) add_day(running, outcomes, day);
  auto best = best_of(running, score, days);
  for (std::size_t r = best.row; r < running.size(); ++r)
    if (score.of(running[r].sum, running[r].spread, static_cast<double>(days)) == best.score)
      best.ties += outcomes.count(r);
  return best;
}

}  // namespace sorsweep::trust
