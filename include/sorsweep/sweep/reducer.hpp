/// \file
/// The reducer: surfaces of days, in order → the best point, overall and by day.
///
/// Everything is done by rows of the grid (Grid::rows): sums over days in the order of days, sums over points by row.
/// So the result does not depend on how rows are cut into slabs, and slabs can be reduced by different threads, or one
/// after the other where the grid is never held whole.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "sorsweep/core/hash.hpp"
#include "sorsweep/sweep/summary.hpp"

namespace sorsweep {

struct ReduceOptions {
  double shares = 0;       ///< of the parent order
  bool is_sliced = false;  ///< which columns the surfaces have
  Objective objective;
  std::size_t most_ranked = 0;  ///< length of the ranking, at most
  std::size_t days = 1;         ///< that will be added: decides what rows take, nothing else

  /// What a slab's sums take.
  std::size_t bytes_per_point() const;
  /// What a row leaves until it is put together with the others, in order.
  std::size_t bytes_per_row(const Grid& grid) const;
};

class PointSums;
class PlateauCells;
class RegionCells;
struct RowRegions;

/// What is known of a slab once all days were added.
struct SlabSummary {
  RowRange rows;
  PointTotal best, worst;
  std::size_t ties = 0;
  GridBox tied;
  std::vector<PointTotal> ranking;
  // Empty where points miss shares.
  std::vector<double> cells;  ///< the worst objective of its plateau cells
  std::shared_ptr<RowRegions> regions;
  std::vector<DayBest> days;
  std::vector<std::vector<Digest>> digests;  ///< of each day: of each row's results
  /// Of each row, one behind the other: Σ of the objective over the points of each value of each axis. Of the slowest
  /// axis, whose value the row is, one sum. Then the squared deviations from the row's mean.
  std::vector<double> marginals;
};

/// What slabs share and tell each other to save work; nothing of it changes a result. One for all slabs of a reduction.
struct SharedFindings {
  /// \param grid outlives it
  explicit SharedFindings(const Grid& grid);
  ~SharedFindings();

  std::unique_ptr<const PlateauCells> cells;
  std::unique_ptr<const RegionCells> regions;
  /// Points with a larger objective cannot be ranked: some slab has a full ranking without them.
  std::atomic<double> ranking_bound{std::numeric_limits<double>::infinity()};
  std::array<std::atomic<bool>, Grid::kAxes> is_live{};
};

/// Sums over days of one slab's points. Hand days over in unit order. \param grid outlives it
class SlabReducer {
 public:
  SlabReducer(const Grid& grid, const ReduceOptions& options, SharedFindings& shared);
  ~SlabReducer();
  SlabReducer(SlabReducer&&) noexcept;

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

/// What summarise_slabs holds beside its slabs, in bytes.
std::size_t summary_bytes(const Grid& grid);

/// Reduces whole surfaces as they come, in parallel over slabs. The grid outlives it.
class Reducer {
 public:
  /// \param slabs how many, about
  /// \param parts that days come in: ranges of rows, one behind the other; empty: whole days
  Reducer(const Grid& grid, const ReduceOptions& options, std::size_t slabs = 1, std::span<const RowRange> parts = {});

  /// A day, or one of its parts: first the first one, whose facts count, then the others in order.
  void add(const UnitResult& unit);
  SweepSummary finish();

  /// A figure of the points first, first + 1, …, over all days. After `finish`; from any number of threads.
  void figures(double PointTotal::*figure, std::size_t first, std::span<double> out) const;
  /// Σ over days of the slippage against the arrival mid: drift is in it. Of sliced routers.
  void slippage_nano(std::size_t first, std::span<Nano> out) const;

 private:
  /// Calls `take(slab, first, begin, count)` for the parts of a range of points that lie in one slab: `first` counted from
  /// the slab's first, `begin` from the range's.
  template <class Take>
  void for_each_part(std::size_t first, std::size_t count, Take&& take) const;
  std::vector<double> objectives(const GridBox& box) const;

  const Grid& grid_;
  ReduceOptions options_;
  SharedFindings found_;
  std::vector<SlabReducer> slabs_;
  std::vector<DayFacts> days_;
};

}  // namespace sorsweep
