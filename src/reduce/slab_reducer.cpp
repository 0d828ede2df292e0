// tested by: tests/python/results_file_test.py (slippage_nano)
#include "reduce/slab_reducer.hpp"

#include <algorithm>
#include <utility>

namespace sorsweep {
namespace {

/// The block of points that is skipped or looked at as a whole.
constexpr std::size_t kBlock = 256;
constexpr double kNothing = -std::numeric_limits<double>::infinity();

/// Whether the result changes anywhere along an axis whose neighbours are `step` points apart.
template <class T>
bool varies(std::span<const T> column, std::size_t length, std::size_t step) {
  for (std::size_t block = 0; block + step < column.size(); block += step * length)
    if (!std::equal(column.begin() + static_cast<std::ptrdiff_t>(block),
                    column.begin() + static_cast<std::ptrdiff_t>(block + step * (length - 1)),
                    column.begin() + static_cast<std::ptrdiff_t>(block + step)))
      return true;
  return false;
}

struct Extremes {
  double least, most;
};

Extremes extremes(std::span<const double> values) {
  double least = values[0];
  double most = values[0];
#pragma omp simd reduction(min : least) reduction(max : most)
  for (std::size_t i = 0; i < values.size(); ++i) {
    least = values[i] < least ? values[i] : least;
    most = values[i] > most ? values[i] : most;
  }
  return {least, most};
}

template <class T>
std::span<const T> part(std::span<const T> column, std::size_t first, std::size_t count) {
  return column.empty() ? column : column.subspan(first, count);
}

std::vector<Digest> digest_rows(const SurfaceRows& slab, std::size_t points_per_row) {
  std::vector<Digest> digests;
  digests.reserve(slab.size() / points_per_row);
  for (std::size_t first = 0; first < slab.size(); first += points_per_row) {
    Hasher hasher;
    hasher.add_column(part(slab.total_cost, first, points_per_row));
    hasher.add_column(part(slab.filled_shares, first, points_per_row));
    hasher.add_column(part(slab.slippage, first, points_per_row));
    digests.push_back(hasher.digest());
  }
  return digests;
}

bool comes_first(const PointTotal& a, const PointTotal& b) {
  return is_better(a, b) || (!is_better(b, a) && a.point < b.point);
}

/// Keeps the `most` best points in a heap with the worst of them on top.
void keep_best(std::vector<PointTotal>& kept, const PointTotal& candidate, std::size_t most) {
  if (most == 0 || (kept.size() == most && !comes_first(candidate, kept.front()))) return;
  if (kept.size() == most) {
    std::ranges::pop_heap(kept, comes_first);
    kept.pop_back();
  }
  kept.push_back(candidate);
  std::ranges::push_heap(kept, comes_first);
}

void lower(std::atomic<double>& bound, double value) {
  auto before = bound.load();
  while (value < before && !bound.compare_exchange_weak(before, value)) {
  }
}

/// Adds a point to best point, ties and their box.
void join(SlabSummary& summary, const PointTotal& point, const Grid& grid) {
  const bool is_first = summary.ties == 0 || is_better(point, summary.best);
  if (!is_first && is_better(summary.best, point)) return;
  GridBox box{grid.index(point.point), {}};
  std::ranges::transform(box.first, box.last.begin(), [](auto i) { return i + 1; });
  if (is_first) {
    summary.best = point;
    summary.ties = 0;
    summary.tied = box;
  }
  ++summary.ties;
  summary.tied = around(summary.tied, box);
}

/// The sum of values, and the sum of squared deviations from their mean.
struct Moments {
  double sum = 0, squares = 0;
};

Moments moments_of(std::span<const double> values) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < values.size(); ++i) sum += values[i];
  const double mean = sum / static_cast<double>(values.size());
  double squares = 0;
#pragma omp simd reduction(+ : squares)
  for (std::size_t i = 0; i < values.size(); ++i) squares += (values[i] - mean) * (values[i] - mean);
  return {sum, squares};
}

}  // namespace

std::size_t ReduceOptions::bytes_per_row(const Grid& grid) const {
  const auto slowest = slowest_axis(grid);
  std::size_t sums = 2;  // The sum of the row's own value, and the squared deviations.
  for (std::size_t a = 0; a < Grid::kAxes; ++a) sums += a == slowest ? 0 : grid.length(a);
  return sizeof(double) * (sums + RegionCells(grid).cells().per_bin());
}

SlabReducer::SlabReducer(const Grid& grid, const ReduceOptions& options, SharedFindings& shared)
    : grid_(grid), options_(options), shared_(shared), sums_(make_point_sums(options)) {}

void SlabReducer::reset(RowRange rows) {
  rows_ = rows;
  sums_->reset(rows.size() * grid_.points_per_row());
  days_.clear();
  digests_.clear();
}

void SlabReducer::add(const DayFacts& facts, const SurfaceRows& slab) {
  days_.push_back(sums_->add(facts, slab));
  days_.back().best.point += rows_.first * grid_.points_per_row();
  digests_.push_back(digest_rows(slab, grid_.points_per_row()));
  note_live_axes(slab);
}

std::vector<Digest> SlabReducer::take_digests() {
  auto taken = std::move(digests_.back());
  digests_.clear();
  return taken;
}

void SlabReducer::note_live_axes(const SurfaceRows& slab) {
  std::size_t step = 1;
  for (std::size_t a = Grid::kAxes; a-- > 0;) {
    const auto length = grid_.length(a);
    if (step * length > grid_.points_per_row()) break;  // The slowest axis is looked at elsewhere.
    auto& is_live = shared_.is_live[a];
    if (!is_live && (varies(slab.slippage, length, step) || varies(slab.total_cost, length, step) ||
                     varies(slab.filled_shares, length, step)))
      is_live = true;
    step *= length;
  }
}

/// Adds the row's sums for each value of each axis. Lines of the fastest axis are added position by position; the
/// other axes get the sum of the line.
void SlabReducer::add_marginals(std::size_t row, const std::vector<double>& objective,
                                std::vector<double>& marginals) const {
  const auto slowest = slowest_axis(grid_);
  const auto fastest = fastest_axis(grid_);
  std::array<std::size_t, Grid::kAxes> begin{};
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    begin[a] = marginals.size();
    marginals.resize(marginals.size() + (a == slowest ? 1 : grid_.length(a)));
  }
  marginals.push_back(moments_of(objective).squares);
  const auto length = fastest == slowest ? 1 : grid_.length(fastest);
  for (std::size_t first = 0; first < objective.size(); first += length) {
    const auto at = grid_.index(row * grid_.points_per_row() + first);
    const double* line = objective.data() + first;
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < length; ++i) sum += line[i];
    for (std::size_t a = 0; a < Grid::kAxes; ++a)
      if (a != fastest || fastest == slowest) marginals[begin[a] + (a == slowest ? 0 : at[a])] += sum;
    if (fastest == slowest) continue;
    for (std::size_t i = 0; i < length; ++i) marginals[begin[fastest] + i] += line[i];
  }
}

/// Takes a row of points into the summary. \param objective of the row's points
void SlabReducer::look_at(std::size_t row, const std::vector<double>& objective, bool by_objective,
                          SlabSummary& summary) const {
  const auto first = row * grid_.points_per_row();
  const auto point = [&](std::size_t i) {
    auto total = sums_->total(first + i);
    total.point += rows_.first * grid_.points_per_row();
    return total;
  };
  if (row == 0) summary.worst = point(0);
  auto& ranking = summary.ranking;
  const double bound = by_objective ? shared_.ranking_bound.load() : std::numeric_limits<double>::infinity();
  const auto is_ranked = [&](double value) {
    if (ranking.size() < options_.most_ranked) return value <= bound;
    return options_.most_ranked > 0 && value < ranking.front().objective;
  };
  for (std::size_t begin = 0; begin < objective.size(); begin += kBlock) {
    const auto block = std::span(objective).subspan(begin, std::min(kBlock, objective.size() - begin));
    // The extremes of most blocks show that they hold no point that is best, worst or ranked.
    const auto [least, most] = extremes(block);
    if (by_objective && summary.ties > 0 && least > summary.best.objective && most <= summary.worst.objective &&
        !is_ranked(least))
      continue;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const auto total = point(begin + i);
      join(summary, total, grid_);
      if (is_better(summary.worst, total)) summary.worst = total;
      if (!by_objective || is_ranked(block[i])) keep_best(ranking, total, options_.most_ranked);
    }
  }
}

SlabSummary SlabReducer::finish() {
  SlabSummary summary;
  summary.rows = rows_;
  summary.days = std::move(days_);
  summary.digests = std::move(digests_);
  const bool by_objective = sums_->ranks_by_objective();
  if (by_objective) {
    summary.cells.assign(shared_.cells.cells().of(rows_).size(), kNothing);
    summary.regions = shared_.regions.begin(rows_);
  }
  std::vector<double> objective(grid_.points_per_row());
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    sums_->objectives(row * grid_.points_per_row(), objective);
    look_at(row, objective, by_objective, summary);
    add_marginals(rows_.first + row, objective, summary.marginals);
    if (!by_objective) continue;
    shared_.cells.take_worst(rows_.first + row, rows_, objective, summary.cells);
    shared_.regions.add(rows_.first + row, rows_, objective, *summary.regions);
  }
  std::ranges::sort_heap(summary.ranking, comes_first);
  if (by_objective && options_.most_ranked > 0 && summary.ranking.size() == options_.most_ranked)
    lower(shared_.ranking_bound, summary.ranking.back().objective);
  return summary;
}

void SlabReducer::objectives(std::size_t first, std::span<double> out) const {
  sums_->objectives(first, out);
}

void SlabReducer::figures(double PointTotal::*figure, std::size_t first, std::span<double> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = sums_->total(first + i).*figure;
}

void SlabReducer::slippage_nano(std::size_t first, std::span<Nano> out) const {
  sums_->slippage_nano(first, out);
}

}  // namespace sorsweep
