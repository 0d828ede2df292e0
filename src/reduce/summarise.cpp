// tested by: tests/reduce/reducer_audit_test.cpp (variance_share)
// Puts slabs together to one summary.
#include <algorithm>
#include <limits>

#include "core/parallel.hpp"
#include "reduce/slab_reducer.hpp"

namespace sorsweep {
namespace {

void join(DayBest& day, const DayBest& other) {
  if (is_better(other.best, day.best)) {
    day = other;
  } else if (!is_better(day.best, other.best)) {
    day.ties += other.ties;
  }
}

DaySummary summarise_day(const DayFacts& facts, const DayBest& day) {
  DaySummary summary{facts, day.best, day.ties, DayStatus::no_data};
  const bool has_data = facts.snapshots > 0 || facts.slices.shares() > 0;
  if (has_data) summary.status = day.best.missing_shares > 0 ? DayStatus::not_filled : DayStatus::filled;
  return summary;
}

notebook::Yardsticks sum_notebook_yardsticks(const std::vector<DaySummary>& days, const ReduceOptions& options) {
  // The averages exactly as the notebook has them.
  if (days.size() == 1) return days.front().facts.notebook_yardsticks;
  notebook::Yardsticks sum;
  double shares = 0;
  for (const auto& day : days) {
    if (day.status == DayStatus::no_data) continue;
    sum.naive.total_cost += day.facts.notebook_yardsticks.naive.total_cost;
    sum.twap.total_cost += day.facts.notebook_yardsticks.twap.total_cost;
    sum.vwap.total_cost += day.facts.notebook_yardsticks.vwap.total_cost;
    shares += options.is_sliced ? static_cast<double>(day.facts.slices.shares()) : options.shares;
  }
  for (auto* yardstick : {&sum.naive, &sum.twap, &sum.vwap})
    yardstick->avg_price = shares > 0 ? yardstick->total_cost / shares : 0;
  return sum;
}

std::array<YardstickTotal, kYardsticks> sum_yardsticks(const std::vector<DayFacts>& all) {
  std::array<YardstickTotal, kYardsticks> sums{};
  double days = 0;
  for (const auto& facts : all) {
    if (facts.slices.shares() == 0) continue;
    ++days;
    for (std::size_t y = 0; y < kYardsticks; ++y) {
      const double dollars = to_dollars(facts.slices.arrival_slippage(static_cast<Yardstick>(y)));
      sums[y].slippage += dollars;
      // This rounds dollars first, unlike `bps_per_nano`: best.json and summary.csv depend on its last bit.
      sums[y].slippage_bps += 1e4 * dollars / arrival_value(facts.slices);
    }
  }
  for (auto& sum : sums) sum.slippage_bps /= std::max(1.0, days);
  return sums;
}

/// What is known of all slabs so far. Slabs come in order and are not kept.
class SlabFold {
 public:
  SlabFold(const Grid& grid, const ReduceOptions& options, const SharedFindings& found, RowHashes& hashes)
      : grid_(grid), options_(options), found_(found), hashes_(hashes) {
    for (std::size_t a = 0; a < Grid::kAxes; ++a) marginals_[a].resize(grid.length(a));
    regions_ = found.regions.nothing();
    cells_.assign(found.cells.cells().size(), -std::numeric_limits<double>::infinity());
  }

  void add(SlabSummary&& slab) {
    const bool is_first = slab.rows.first == 0;
    add_best(slab, is_first);
    add_days(slab, is_first);
    add_marginals(slab);
    has_surface_ = has_surface_ && !slab.cells.empty();
    if (!has_surface_) return;
    auto* cells = cells_.data() + found_.cells.cells().of(slab.rows).first;
    for (std::size_t i = 0; i < slab.cells.size(); ++i) cells[i] = std::max(cells[i], slab.cells[i]);
    found_.regions.fold(slab.rows, *slab.regions, regions_);
  }

  SweepSummary finish(const std::vector<DayFacts>& days, const FetchObjectives& fetch) {
    SweepSummary summary;
    for (std::size_t d = 0; d < days.size(); ++d) summary.days.push_back(summarise_day(days[d], days_[d]));
    summary.best = best_.best;
    summary.ties = best_.ties;
    summary.tied = tied_;
    summary.worst = worst_;
    summary.ranking = std::move(ranking_);
    summary.axes = audit_axes();
    summary.result_hash = hash(days);
    if (!has_surface_) return summary;
    found_.regions.finish(regions_);
    summary.plateau = found_.cells.find(cells_, fetch);
    summary.runner_up =
        find_runner_up(found_.regions.cells(), regions_, stretched_neighbourhood(best_.best.point), fetch);
    summary.regions = std::move(regions_);
    return summary;
  }

 private:
  void add_best(const SlabSummary& slab, bool is_first) {
    if (is_first) worst_ = slab.worst;
    const bool is_best = is_first || is_better(slab.best, best_.best);
    if (is_best || !is_better(best_.best, slab.best)) tied_ = is_best ? slab.tied : around(tied_, slab.tied);
    const DayBest best{slab.best, slab.ties};
    if (is_first) {
      best_ = best;
    } else {
      join(best_, best);
    }
    if (is_better(worst_, slab.worst)) worst_ = slab.worst;
    // Points of later slabs have higher numbers, so a stable merge keeps equal points in order.
    const auto middle = static_cast<std::ptrdiff_t>(ranking_.size());
    ranking_.insert(ranking_.end(), slab.ranking.begin(), slab.ranking.end());
    std::ranges::inplace_merge(ranking_, ranking_.begin() + middle, is_better);
    ranking_.resize(std::min(options_.most_ranked, ranking_.size()));
  }

  void add_days(const SlabSummary& slab, bool is_first) {
    if (is_first) days_ = slab.days;
    for (std::size_t d = 0; d < slab.days.size(); ++d) {
      if (!is_first) join(days_[d], slab.days[d]);
      if (!slab.digests.empty()) hashes_.add(d, slab.digests[d]);
    }
  }

  void add_marginals(const SlabSummary& slab) {
    const double* sums = slab.marginals.data();
    for (auto row = slab.rows.first; row < slab.rows.last; ++row) {
      for (std::size_t a = 0; a < Grid::kAxes; ++a) {
        if (a == slowest_axis(grid_)) {
          marginals_[a][row] += *sums++;
        } else {
          for (auto& sum : marginals_[a]) sum += *sums++;
        }
      }
      add_spread(marginals_[slowest_axis(grid_)][row], *sums++, row);
    }
  }

  /// Updates mean and spread by Chan's recurrence, rows in order. \param squares deviations from the row's own mean
  void add_spread(double sum, double squares, std::size_t row) {
    const auto points = static_cast<double>(grid_.points_per_row());
    const double off = sum / points - mean_;
    const auto rows = static_cast<double>(row);
    mean_ += off / (rows + 1);
    squares_ += squares + off * off * points * rows / (rows + 1);
  }

  /// The variance of the means of an axis' values, as a share of the objective's variance.
  double variance_share(std::size_t a) const {
    const auto points_of_a_value = static_cast<double>(grid_.size()) / static_cast<double>(grid_.length(a));
    double squares = 0;
    for (const double sum : marginals_[a])
      squares += (sum / points_of_a_value - mean_) * (sum / points_of_a_value - mean_);
    return squares_ > 0 ? squares * points_of_a_value / squares_ : 0;
  }

  Edge edge(std::size_t a) const {
    if (grid_.length(a) == 1) return Edge::none;
    if (tied_.last[a] == 1) return Edge::first;
    return tied_.first[a] + 1 == grid_.length(a) ? Edge::last : Edge::none;
  }

  /// The neighbourhood of a point, extended to the full length of axes that do nothing.
  GridBox stretched_neighbourhood(std::size_t point) const {
    auto box = neighbourhood(grid_, point);
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      if (is_live(a)) continue;
      box.first[a] = 0;
      box.last[a] = grid_.length(a);
    }
    return box;
  }

  bool is_live(std::size_t a) const {
    return a == slowest_axis(grid_) ? hashes_.do_rows_differ() : found_.is_live[a].load();
  }

  std::array<AxisAudit, Grid::kAxes> audit_axes() const {
    std::array<AxisAudit, Grid::kAxes> axes;
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      const auto [least, most] = std::ranges::minmax(marginals_[a]);
      const auto points_of_a_value = static_cast<double>(grid_.size()) / static_cast<double>(grid_.length(a));
      axes[a].is_dead = !is_live(a);
      if (axes[a].is_dead) continue;
      axes[a].effect = (most - least) / points_of_a_value;
      axes[a].variance_share = variance_share(a);
      axes[a].edge = edge(a);
    }
    return axes;
  }

  std::string hash(const std::vector<DayFacts>& days) const {
    Hasher hasher;
    for (std::size_t d = 0; d < days.size(); ++d) {
      const auto digest = hashes_.digest(d);
      hasher.add_text(days[d].day.symbol).add_text(format_date(days[d].day.date));
      hasher.add_column(std::span(&digest, 1));
    }
    return hasher.hex();
  }

  const Grid& grid_;
  const ReduceOptions& options_;
  const SharedFindings& found_;
  DayBest best_;
  GridBox tied_;
  PointTotal worst_;
  std::vector<PointTotal> ranking_;
  std::vector<DayBest> days_;
  RowHashes& hashes_;
  std::array<std::vector<double>, Grid::kAxes> marginals_;
  double mean_ = 0, squares_ = 0;  ///< Mean of all objectives, and squared deviations from it.
  std::vector<double> cells_;
  Regions regions_;
  bool has_surface_ = true;
};

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

std::optional<SweepSummary> summarise_slabs(const Grid& grid, const ReduceOptions& options,
                                            const std::vector<DayFacts>& days, const SharedFindings& found,
                                            RowHashes& hashes, const SlabSource& source,
                                            const std::atomic<bool>& stop) {
  SlabFold fold(grid, options, found, hashes);
  for (std::size_t done = 0; done < source.slabs; done += source.at_a_time) {
    std::vector<SlabSummary> some(std::min(source.at_a_time, source.slabs - done));
    parallel_ranges(some.size(), 1, [&](std::size_t first, std::size_t last) {
      for (auto s = first; s < last; ++s) some[s] = source.finish(done + s);
    });
    if (stop) return std::nullopt;
    for (auto& slab : some) fold.add(std::move(slab));
  }
  auto summary = fold.finish(days, source.fetch);
  summary.notebook_yardsticks = sum_notebook_yardsticks(summary.days, options);
  summary.yardsticks = sum_yardsticks(days);
  summary.is_sliced = options.is_sliced;
  summary.is_sell = !days.empty() && days.front().slices.is_sell;
  return summary;
}

std::size_t summary_bytes(const Grid& grid, bool is_walked) {
  constexpr std::size_t copies_of_cells = 4;
  // Per point of a fetched box: its objective, twice again while the worst neighbours are found; surface and sums.
  const std::size_t bytes_per_point = is_walked ? 48 : 24;
  const PlateauCells cells(grid);
  return sizeof(double) * copies_of_cells * cells.cells().size() + bytes_per_point * cells.most_fetched();
}

}  // namespace sorsweep
