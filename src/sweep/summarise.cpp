// From slabs to one summary.
#include <algorithm>

#include "sorsweep/sweep/parallel.hpp"
#include "sorsweep/sweep/reducer.hpp"
#include "sweep/plateau.hpp"

namespace sorsweep {
namespace {

void join(DayBest& day, const DayBest& other) {
  if (is_better(other.best, day.best)) {
    day = other;
  } else if (!is_better(day.best, other.best)) {
    day.ties += other.ties;
  }
}

DaySummary summarise_day(const DayFacts& facts, std::size_t number, const std::vector<SlabSummary>& slabs) {
  auto day = slabs.front().days[number];
  for (std::size_t s = 1; s < slabs.size(); ++s) join(day, slabs[s].days[number]);
  DaySummary summary{facts, day.best, day.ties, DayStatus::no_data};
  const bool has_data = facts.snapshots > 0 || facts.slices.shares() > 0;
  if (has_data) summary.status = day.best.missing_shares > 0 ? DayStatus::not_filled : DayStatus::filled;
  return summary;
}

void find_best(const std::vector<SlabSummary>& slabs, std::size_t most_ranked, SweepSummary& summary) {
  DayBest best{slabs.front().best, slabs.front().ties};
  summary.worst = slabs.front().worst;
  for (std::size_t s = 0; s < slabs.size(); ++s) {
    if (s > 0) join(best, {slabs[s].best, slabs[s].ties});
    if (is_better(summary.worst, slabs[s].worst)) summary.worst = slabs[s].worst;
    summary.ranking.insert(summary.ranking.end(), slabs[s].ranking.begin(), slabs[s].ranking.end());
  }
  summary.best = best.best;
  summary.ties = best.ties;
  // Points of later slabs have higher numbers: a stable sort keeps equal ones in order.
  std::ranges::stable_sort(summary.ranking, is_better);
  summary.ranking.resize(std::min(most_ranked, summary.ranking.size()));
}

std::string hash_results(const std::vector<DayFacts>& days, const std::vector<SlabSummary>& slabs) {
  Hasher hasher;
  for (std::size_t d = 0; d < days.size(); ++d) {
    hasher.add_text(days[d].day.symbol).add_text(format_date(days[d].day.date));
    for (const auto& slab : slabs) hasher.add_column(std::span<const Digest>(slab.digests[d]));
  }
  return hasher.hex();
}

/// Whether any day's rows differ: then the slowest axis is live.
bool do_rows_differ(std::size_t days, const std::vector<SlabSummary>& slabs) {
  for (std::size_t d = 0; d < days; ++d)
    for (const auto& slab : slabs)
      for (const auto& digest : slab.digests[d])
        if (digest != slabs.front().digests[d].front()) return true;
  return false;
}

std::array<AxisAudit, Grid::kAxes> audit_axes(const Grid& grid, std::size_t days, const std::vector<SlabSummary>& slabs,
                                              const SharedFindings& found) {
  std::array<AxisAudit, Grid::kAxes> axes;
  const auto row_axis = grid.points_per_row();
  std::size_t step = 1;
  for (std::size_t a = Grid::kAxes; a-- > 0; step *= grid.length(a)) {
    std::vector<double> sums(grid.length(a), 0);
    const bool is_slowest = grid.length(a) > 1 && step == row_axis;
    const bool is_live = is_slowest ? do_rows_differ(days, slabs) : found.is_live[a].load();
    for (const auto& slab : slabs) {
      for (std::size_t row = 0; row < slab.marginals.size(); ++row) {
        const auto& of_row = slab.marginals[row][a];
        const auto first = of_row.size() == sums.size() ? 0 : slab.rows.first + row;
        for (std::size_t i = 0; i < of_row.size(); ++i) sums[first + i] += of_row[i];
      }
    }
    const auto [least, most] = std::ranges::minmax(sums);
    const auto points_of_a_value = static_cast<double>(grid.size() / sums.size());
    axes[a] = {!is_live, is_live ? (most - least) / points_of_a_value : 0};
  }
  return axes;
}

notebook::Baselines sum_baselines(const std::vector<DaySummary>& days, const ReduceOptions& options) {
  if (days.size() == 1) return days.front().facts.baselines;  // the averages as the notebook has them
  notebook::Baselines sum;
  double shares = 0;
  for (const auto& day : days) {
    if (day.status == DayStatus::no_data) continue;
    sum.naive.total_cost += day.facts.baselines.naive.total_cost;
    sum.twap.total_cost += day.facts.baselines.twap.total_cost;
    sum.vwap.total_cost += day.facts.baselines.vwap.total_cost;
    shares += options.is_sliced ? static_cast<double>(day.facts.slices.shares()) : options.shares;
  }
  for (auto* baseline : {&sum.naive, &sum.twap, &sum.vwap})
    baseline->avg_price = shares > 0 ? baseline->total_cost / shares : 0;
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
      sums[y].slippage_bps += 1e4 * dollars / arrival_value(facts.slices);
    }
  }
  for (auto& sum : sums) sum.slippage_bps /= std::max(1.0, days);
  return sums;
}

/// Parts of a row, of a size that stays in the caches where rows are long.
std::vector<PlateauSearch> search_in_parts(const Grid& grid) {
  constexpr std::size_t part = 8192;
  std::vector<PlateauSearch> searches;
  for (std::size_t first = 0; first < grid.points_per_row(); first += part)
    searches.emplace_back(grid, first, std::min(part, grid.points_per_row() - first));
  return searches;
}

/// The lowest index among equals.
PlateauPick best_pick(const std::vector<PlateauSearch>& searches) {
  auto best = searches.front().pick();
  for (const auto& search : searches) {
    const auto& pick = search.pick();
    if (pick.worst_objective < best.worst_objective ||
        (pick.worst_objective == best.worst_objective && pick.point < best.point))
      best = pick;
  }
  return best;
}

}  // namespace

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

SweepSummary summarise(const Grid& grid, const ReduceOptions& options, const std::vector<DayFacts>& days,
                       const std::vector<SlabSummary>& slabs, const std::optional<PlateauPick>& plateau,
                       const SharedFindings& found) {
  SweepSummary summary;
  summary.plateau = plateau;
  for (std::size_t d = 0; d < days.size(); ++d) summary.days.push_back(summarise_day(days[d], d, slabs));
  find_best(slabs, options.most_ranked, summary);
  summary.baselines = sum_baselines(summary.days, options);
  summary.yardsticks = sum_yardsticks(days);
  summary.axes = audit_axes(grid, days.size(), slabs, found);
  summary.shares_asked = options.shares * static_cast<double>(days.size());
  summary.is_sliced = options.is_sliced;
  summary.is_sell = !days.empty() && days.front().slices.is_sell;
  summary.result_hash = hash_results(days, slabs);
  return summary;
}

std::optional<SweepSummary> summarise_slabs(const Grid& grid, const ReduceOptions& options,
                                            const std::vector<DayFacts>& days, std::size_t slabs, std::size_t at_a_time,
                                            const SharedFindings& found,
                                            const std::function<SlabSummary(std::size_t)>& finish,
                                            const std::atomic<bool>& stop) {
  std::vector<SlabSummary> summaries(slabs);
  auto searches = search_in_parts(grid);
  bool has_plateau = true;
  for (std::size_t done = 0; done < slabs; done += at_a_time) {
    const auto count = std::min(at_a_time, slabs - done);
    parallel_ranges(count, 1, [&](std::size_t first, std::size_t last) {
      for (auto s = done + first; s < done + last; ++s) summaries[s] = finish(s);
    });
    if (stop) return std::nullopt;
    for (auto s = done; s < done + count; ++s) has_plateau = has_plateau && !summaries[s].neighbourhoods.empty();
    parallel_ranges(has_plateau ? searches.size() : 0, 1, [&](std::size_t first, std::size_t last) {
      for (auto part = first; part < last; ++part)
        for (auto s = done; s < done + count; ++s)
          for (const auto& row : summaries[s].neighbourhoods) searches[part].push(row);
    });
    for (auto s = done; s < done + count; ++s) summaries[s].neighbourhoods = {};
  }
  return summarise(grid, options, days, summaries, has_plateau ? std::optional(best_pick(searches)) : std::nullopt,
                   found);
}

std::size_t plateau_bytes(const Grid& grid) {
  return PlateauSearch::bytes(grid);
}

}  // namespace sorsweep
