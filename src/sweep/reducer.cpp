#include "sorsweep/sweep/reducer.hpp"

#include <algorithm>
#include <tuple>

#include "sweep/point_sums.hpp"

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

Grid::Index lengths_of(const Grid& grid) {
  Grid::Index lengths{};
  for (std::size_t a = 0; a < Grid::kAxes; ++a) lengths[a] = grid.axes()[a].values.size();
  return lengths;
}

/// Whether the result changes anywhere along an axis whose neighbours lie `step` points apart.
template <class T>
bool varies(const std::vector<T>& column, std::size_t length, std::size_t step) {
  for (std::size_t block = 0; block + step < column.size(); block += step * length)
    for (std::size_t i = block; i + step < block + step * length; ++i)
      if (column[i] != column[i + step]) return true;
  return false;
}

}  // namespace

bool is_better(const PointTotal& a, const PointTotal& b) {
  if (a.missing_shares != b.missing_shares) return a.missing_shares < b.missing_shares;
  return a.objective < b.objective;
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

Reducer::Reducer(const Grid& grid, double shares, bool is_sliced, const Objective& objective)
    : lengths_(lengths_of(grid)),
      points_(grid.size()),
      shares_(shares),
      is_sliced_(is_sliced),
      sums_(make_point_sums(grid.size(), shares, is_sliced, objective)) {}

Reducer::~Reducer() = default;

void Reducer::add(const UnitResult& unit) {
  sums_->add(unit);
  days_.push_back(summarise_day(unit));
  note_live_axes(unit.surface);
  add_to_hash(hasher_, unit);
}

void Reducer::note_live_axes(const Surface& surface) {
  std::size_t step = 1;
  for (std::size_t a = Grid::kAxes; a-- > 0;) {
    const auto length = lengths_[a];
    if (!is_live_[a])
      is_live_[a] = varies(surface.slippage, length, step) || varies(surface.total_cost, length, step) ||
                    varies(surface.filled_shares, length, step);
    step *= length;
  }
}

std::array<AxisAudit, Grid::kAxes> Reducer::audit_axes() const {
  std::array<std::vector<double>, Grid::kAxes> sums;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) sums[a].resize(lengths_[a]);
  for (std::size_t p = 0; p < points_; ++p) {
    const auto objective = sums_->total(p).objective;
    auto rest = p;
    for (std::size_t a = Grid::kAxes; a-- > 0; rest /= lengths_[a]) sums[a][rest % lengths_[a]] += objective;
  }
  std::array<AxisAudit, Grid::kAxes> axes;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto [least, most] = std::ranges::minmax(sums[a]);
    const auto points_of_a_value = static_cast<double>(points_ / sums[a].size());
    axes[a] = {!is_live_[a], is_live_[a] ? (most - least) / points_of_a_value : 0};
  }
  return axes;
}

DaySummary Reducer::summarise_day(const UnitResult& unit) const {
  DaySummary day{unit.facts, {}, 0, DayStatus::no_data};
  std::tie(day.best, day.ties) = find_best(points_, [&](std::size_t p) { return sums_->of_day(unit, p); });
  const bool has_data = unit.facts.snapshots > 0 || unit.facts.slices.shares() > 0;
  if (has_data) day.status = day.best.missing_shares > 0 ? DayStatus::not_filled : DayStatus::filled;
  return day;
}

std::vector<PointTotal> Reducer::rank(std::size_t most) const {
  const auto comes_first = [](const PointTotal& a, const PointTotal& b) {
    return is_better(a, b) || (!is_better(b, a) && a.point < b.point);
  };
  // A heap with the worst of the kept on top: a point that does not beat it costs one comparison.
  std::vector<PointTotal> kept;
  for (std::size_t p = 0; p < points_; ++p) {
    const auto candidate = sums_->total(p);
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
    shares += is_sliced_ ? static_cast<double>(day.facts.slices.shares()) : shares_;
  }
  if (days_.size() == 1) return days_.front().facts.baselines;  // the averages as the notebook has them
  for (auto* baseline : {&sum.naive, &sum.twap, &sum.vwap})
    baseline->avg_price = shares > 0 ? baseline->total_cost / shares : 0;
  return sum;
}

std::array<YardstickTotal, kYardsticks> Reducer::sum_yardsticks() const {
  std::array<YardstickTotal, kYardsticks> sums{};
  double days = 0;
  for (const auto& day : days_) {
    const auto& slices = day.facts.slices;
    if (slices.shares() == 0) continue;
    ++days;
    for (std::size_t y = 0; y < kYardsticks; ++y) {
      const double dollars = 1e-9 * static_cast<double>(slices.arrival_slippage(static_cast<Yardstick>(y)));
      sums[y].slippage += dollars;
      sums[y].slippage_bps += 1e4 * dollars / arrival_value(slices);
    }
  }
  for (auto& sum : sums) sum.slippage_bps /= std::max(1.0, days);
  return sums;
}

SweepSummary Reducer::finish(std::size_t most_ranked) const {
  SweepSummary summary;
  const auto total = [&](std::size_t p) { return sums_->total(p); };
  summary.days = days_;
  std::tie(summary.best, summary.ties) = find_best(points_, total);
  summary.worst = summary.best;
  for (std::size_t p = 0; p < points_; ++p)
    if (const auto other = total(p); is_better(summary.worst, other)) summary.worst = other;
  summary.ranking = rank(std::min(most_ranked, points_));
  summary.baselines = sum_baselines();
  summary.yardsticks = sum_yardsticks();
  summary.axes = audit_axes();
  summary.shares_asked = shares_ * static_cast<double>(days_.size());
  summary.is_sliced = is_sliced_;
  summary.is_sell = !days_.empty() && days_.front().facts.slices.is_sell;
  summary.result_hash = hasher_.hex();
  return summary;
}

}  // namespace sorsweep
