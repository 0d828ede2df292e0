#include "sorsweep/sweep/reducer.hpp"

#include <algorithm>

namespace sorsweep {
namespace {

/// The best of `count` points and how many equal it.
template <class Total>
std::pair<PointTotal, std::size_t> find_best(std::size_t count, Total&& total) {
  PointTotal best = total(0);
  std::size_t ties = 1;
  for (std::size_t p = 1; p < count; ++p) {
    const PointTotal other = total(p);
    if (is_better(other, best)) {
      best = other;
      ties = 1;
    } else if (!is_better(best, other)) {
      ++ties;
    }
  }
  return {best, ties};
}

double missing(double shares, double filled) {
  return shares - filled > kFillTolerance ? shares - filled : 0;
}

}  // namespace

bool is_better(const PointTotal& a, const PointTotal& b) {
  if (a.missing_shares != b.missing_shares) return a.missing_shares < b.missing_shares;
  return a.total_cost < b.total_cost;
}

const char* to_string(DayStatus status) {
  switch (status) {
    case DayStatus::filled:
      return "filled";
    case DayStatus::not_filled:
      return "not filled";
    case DayStatus::no_data:
      return "no data";
  }
  return "";
}

std::size_t SweepSummary::count(DayStatus status) const {
  return static_cast<std::size_t>(std::ranges::count(days, status, &DaySummary::status));
}

Reducer::Reducer(const Grid& grid, double shares)
    : points_(grid.size()), shares_(shares), cost_(points_), filled_(points_), missing_(points_) {}

void Reducer::add(const UnitResult& unit) {
  for (std::size_t p = 0; p < points_; ++p) {
    const double filled = unit.surface.filled_shares[p];
    cost_[p] += unit.surface.total_cost[p];
    filled_[p] += filled;
    missing_[p] += missing(shares_, filled);
  }
  days_.push_back(summarise_day(unit));
  add_to_hash(hasher_, unit);
}

DaySummary Reducer::summarise_day(const UnitResult& unit) const {
  const auto total_of_day = [&](std::size_t p) {
    const double filled = unit.surface.filled_shares[p];
    return PointTotal{p, unit.surface.total_cost[p], filled, missing(shares_, filled)};
  };
  DaySummary day{unit.facts, {}, 0, DayStatus::no_data};
  std::tie(day.best, day.ties) = find_best(points_, total_of_day);
  if (unit.facts.snapshots > 0) day.status = day.best.missing_shares > 0 ? DayStatus::not_filled : DayStatus::filled;
  return day;
}

PointTotal Reducer::total(std::size_t point) const {
  return {point, cost_[point], filled_[point], missing_[point]};
}

std::vector<PointTotal> Reducer::rank(std::size_t most) const {
  const auto comes_first = [](const PointTotal& a, const PointTotal& b) {
    return is_better(a, b) || (!is_better(b, a) && a.point < b.point);
  };
  // A heap with the worst of the kept on top: a point that does not beat it costs one comparison.
  std::vector<PointTotal> kept;
  for (std::size_t p = 0; p < points_; ++p) {
    const auto candidate = total(p);
    if (kept.size() == most && !comes_first(candidate, kept.front())) continue;
    if (kept.size() == most) {
      std::pop_heap(kept.begin(), kept.end(), comes_first);
      kept.pop_back();
    }
    kept.push_back(candidate);
    std::push_heap(kept.begin(), kept.end(), comes_first);
  }
  std::sort_heap(kept.begin(), kept.end(), comes_first);
  return kept;
}

notebook::Baselines Reducer::sum_baselines() const {
  notebook::Baselines sum;
  double shares = 0;
  for (const auto& day : days_) {
    if (day.status == DayStatus::no_data) continue;
    sum.naive.total_cost += day.facts.baselines.naive.total_cost;
    sum.twap.total_cost += day.facts.baselines.twap.total_cost;
    sum.vwap.total_cost += day.facts.baselines.vwap.total_cost;
    shares += shares_;
  }
  if (days_.size() == 1) return days_.front().facts.baselines;  // the averages as the notebook has them
  for (auto* baseline : {&sum.naive, &sum.twap, &sum.vwap})
    baseline->avg_price = shares > 0 ? baseline->total_cost / shares : 0;
  return sum;
}

SweepSummary Reducer::finish(std::size_t most_ranked) const {
  SweepSummary summary;
  summary.days = days_;
  std::tie(summary.best, summary.ties) = find_best(points_, [&](std::size_t p) { return total(p); });
  summary.ranking = rank(std::min(most_ranked, points_));
  summary.baselines = sum_baselines();
  summary.shares_asked = shares_ * static_cast<double>(days_.size());
  summary.result_hash = hasher_.hex();
  return summary;
}

}  // namespace sorsweep
