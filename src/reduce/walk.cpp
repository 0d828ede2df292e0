// tested by: tests/sweep/graph_test.cpp (walk_slabs)
#include "reduce/walk.hpp"

#include <algorithm>

#include "core/parallel.hpp"
#include "core/scratch_pool.hpp"
#include "reduce/slab_reducer.hpp"

namespace sorsweep {
namespace {

/// What a thread needs to walk a slab.
struct SlabWalker {
  SlabReducer reducer;
  Surface surface;
};

/// Walks one slab through all days. The slab's memory is reused for each of them.
SlabSummary walk_slab(SlabWalker& walker, const Grid& grid, RowRange rows,
                      const std::vector<const DayEvaluation*>& days,
                      const std::function<void(std::size_t)>& points_done, const std::atomic<bool>& stop) {
  const auto points = rows.size() * grid.points_per_row();
  walker.reducer.reset(rows);
  for (const auto* day : days) {
    if (stop) return {};
    day->evaluate(rows, writable_rows_of(walker.surface, 0, points));
    walker.reducer.add(day->facts(), rows_of(walker.surface, 0, points));
    points_done(points);
  }
  return walker.reducer.finish();
}

/// Computes the objectives of all points of a small grid, with the sums that a slab would have: days in the same
/// order.
std::vector<double> objectives_of(const Grid& part, const ReduceOptions& options,
                                  const std::vector<const DayEvaluation*>& days) {
  const auto sums = make_point_sums(options);
  auto surface = make_surface(part.size(), options.is_sliced);
  sums->reset(part.size());
  for (const auto* day : days) {
    const auto on_part = day->on(part);
    parallel_ranges(part.rows(), 1, [&](std::size_t first, std::size_t last) {
      const auto row = part.points_per_row();
      on_part->evaluate({first, last}, writable_rows_of(surface, first * row, (last - first) * row));
    });
    sums->add(day->facts(), rows_of(surface, 0, part.size()));
  }
  std::vector<double> objectives(part.size());
  sums->objectives(0, objectives);
  return objectives;
}

}  // namespace

std::optional<SweepSummary> walk_slabs(const Grid& grid, const ReduceOptions& options,
                                       const std::vector<const DayEvaluation*>& days, std::size_t slabs, int threads,
                                       const std::function<void(std::size_t)>& points_done,
                                       const std::atomic<bool>& stop) {
  const auto count = std::clamp<std::size_t>(slabs, 1, grid.rows());
  SharedFindings found(grid);
  const auto most_points = (grid.rows() + count - 1) / count * grid.points_per_row();
  ScratchPool<SlabWalker> walkers([&] {
    return SlabWalker{SlabReducer(grid, options, found), make_surface(most_points, options.is_sliced)};
  });
  const auto walk = [&](std::size_t s) {
    const RowRange rows{grid.rows() * s / count, grid.rows() * (s + 1) / count};
    return walk_slab(*walkers.take(), grid, rows, days, points_done, stop);
  };
  std::vector<DayFacts> facts;
  for (const auto* day : days) facts.push_back(day->facts());
  RowHashes hashes;
  std::optional<SweepSummary> summary;
  in_arena(threads, [&] {
    const auto at_a_time = kSlabsAtATime * static_cast<std::size_t>(std::max(1, threads));
    const auto fetch = [&](const GridBox& box) { return objectives_of(grid.part(box), options, days); };
    summary = summarise_slabs(grid, options, facts, found, hashes, {count, at_a_time, walk, fetch}, stop);
  });
  return summary;
}

}  // namespace sorsweep
