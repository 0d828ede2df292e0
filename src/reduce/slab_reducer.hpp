/// \file
/// Reduces a grid slab by slab, for Reducer and walk_slabs.
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
#include "reduce/row_hashes.hpp"
#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep {

/// What is known of a slab after all days were added.
struct SlabSummary {
  RowRange rows;
  PointTotal best, worst;
  std::size_t ties = 0;
  GridBox tied;
  std::vector<PointTotal> ranking;
  // The next two are empty if points miss shares.
  std::vector<double> cells;  ///< The worst objective of each plateau cell.
  std::optional<RowRegions> regions;
  std::vector<DayBest> days;
  std::vector<std::vector<Digest>> digests;  ///< For each day, a hash of each row's results; empty if they were taken.
  /// For each row: the sum of the objective over the points of each value of each axis (one sum for the slowest axis,
  /// which has one value in a row), then the sum of squared deviations from the row's mean.
  std::vector<double> marginals;
};

/// What the slabs of a reduction share to save work. It never changes a result.
struct SharedFindings {
  /// \param grid must outlive it
  explicit SharedFindings(const Grid& grid) : cells(grid), regions(grid) {}

  const PlateauCells cells;
  const RegionCells regions;
  /// Points with a larger objective cannot be ranked, because some slab has a full ranking without them.
  std::atomic<double> ranking_bound{std::numeric_limits<double>::infinity()};
  std::array<std::atomic<bool>, Grid::kAxes> is_live{};
};

/// Sums over days of the points of a slab. Days must be added in unit order.
class SlabReducer {
 public:
  /// \param grid must outlive it, like `shared`
  SlabReducer(const Grid& grid, const ReduceOptions& options, SharedFindings& shared);

  /// Begins a slab. Memory is reused.
  void reset(RowRange rows);
  RowRange rows() const { return rows_; }
  void add(const DayFacts& facts, const SurfaceRows& slab);
  /// Takes the hashes of the rows of the day that was added last.
  std::vector<Digest> take_digests();
  SlabSummary finish();
  /// Writes the objectives of contiguous points; `first` is counted from the slab's first. Call it after `finish` and
  /// before `reset`.
  void objectives(std::size_t first, std::span<double> out) const;
  /// These write any figure, or the slippage as an integer, in the same way. Reducer explains them.
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

/// The slabs of a reduction and how they are finished.
struct SlabSource {
  std::size_t slabs = 1;      ///< Number of slabs.
  std::size_t at_a_time = 1;  ///< Number of slabs that are finished in parallel before they are put together.
  /// Returns the summary of a slab. It is called once for each slab, from several threads.
  std::function<SlabSummary(std::size_t slab)> finish;
  FetchObjectives fetch;  ///< Called once all slabs are finished.
};

/// Finishes slabs, puts them together in their order and summarises them.
/// \param days the facts of all days, in unit order
/// \param found which axes are live, except the slowest one
/// \param hashes those of rows that were taken from the slabs; the others are added
/// \return nothing if `stop` became true
std::optional<SweepSummary> summarise_slabs(const Grid& grid, const ReduceOptions& options,
                                            const std::vector<DayFacts>& days, const SharedFindings& found,
                                            RowHashes& hashes, const SlabSource& source, const std::atomic<bool>& stop);

}  // namespace sorsweep
