/// \file
/// Reduction slab by slab: what Reducer and walk_slabs are made of.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/hash.hpp"
#include "reduce/plateau.hpp"
#include "reduce/point_sums.hpp"
#include "reduce/region_cells.hpp"
#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep {

/// What is known of a slab once all days were added.
struct SlabSummary {
  RowRange rows;
  PointTotal best, worst;
  std::size_t ties = 0;
  GridBox tied;
  std::vector<PointTotal> ranking;
  // Empty where points miss shares.
  std::vector<double> cells;  ///< the worst objective of its plateau cells
  std::optional<RowRegions> regions;
  std::vector<DayBest> days;
  std::vector<std::vector<Digest>> digests;  ///< of each day: of each row's results
  /// Of each row, one behind the other: Σ of the objective over the points of each value of each axis. Of the slowest
  /// axis, whose value the row is, one sum. Then the squared deviations from the row's mean.
  std::vector<double> marginals;
};

/// What slabs share and tell each other to save work; nothing of it changes a result. One for all slabs of a reduction.
struct SharedFindings {
  /// \param grid outlives it
  explicit SharedFindings(const Grid& grid) : cells(grid), regions(grid) {}

  const PlateauCells cells;
  const RegionCells regions;
  /// Points with a larger objective cannot be ranked: some slab has a full ranking without them.
  std::atomic<double> ranking_bound{std::numeric_limits<double>::infinity()};
  std::array<std::atomic<bool>, Grid::kAxes> is_live{};
};

/// Sums over days of one slab's points. Hand days over in unit order. \param grid outlives it
class SlabReducer {
 public:
  SlabReducer(const Grid& grid, const ReduceOptions& options, SharedFindings& shared);

  /// Begins a slab. Memory is kept.
  void reset(RowRange rows);
  RowRange rows() const { return rows_; }
  void add(const DayFacts& facts, const SurfaceRows& slab);
  SlabSummary finish();
  /// Of points that lie side by side, the first of them counted from the slab's first. After `finish`, before `reset`.
  void objectives(std::size_t first, std::span<double> out) const;
  /// The same for any figure, and for the slippage as an integer: see Reducer.
  void figures(double PointTotal::*figure, std::size_t first, std::span<double> out) const;
  void slippage_nano(std::size_t first, std::span<Nano> out) const;

 private:
  void note_live_axes(const SurfaceRows& slab);
  void look_at(std::size_t row, const std::vector<double>& objective, bool by_objective, SlabSummary& summary) const;
  void add_marginals(std::size_t row, const std::vector<double>& objective, std::vector<double>& marginals) const;

  const Grid& grid_;
  RowRange rows_;
  ReduceOptions options_;
  SharedFindings& shared_;
  std::unique_ptr<PointSums> sums_;
  std::vector<DayBest> days_;
  std::vector<std::vector<Digest>> digests_;
};

/// Finishes slabs in their order, some of them at a time in parallel, and summarises.
/// \param days     the facts of all days, in unit order
/// \param found    which axes are live, but for the slowest, along which rows are compared
/// \param finish   gives the summary of a slab; called once for each, from several threads
/// \param fetch    gives the objectives of a box, in point order, once all slabs are finished
/// \return nothing when `stop` became true
std::optional<SweepSummary> summarise_slabs(const Grid& grid, const ReduceOptions& options,
                                            const std::vector<DayFacts>& days, std::size_t slabs, std::size_t at_a_time,
                                            const SharedFindings& found,
                                            const std::function<SlabSummary(std::size_t)>& finish,
                                            const std::function<std::vector<double>(const GridBox&)>& fetch,
                                            const std::atomic<bool>& stop);

}  // namespace sorsweep
