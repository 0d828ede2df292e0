/// \file
/// The reducer turns the surfaces of days, in order, into one answer: the best point overall and by day.
///
/// All sums are made row by row of the grid (Grid::rows): over days in their order, over points within a row. So the
/// result does not depend on how rows are cut into slabs. Slabs can be reduced by different threads, or one after the
/// other when the grid does not fit in memory (walk_slabs).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

/// What a reduction has to know.
struct ReduceOptions {
  double shares = 0;       ///< Shares of the parent order, on each day.
  bool is_sliced = false;  ///< Whether the router is sliced, which decides the columns of the surfaces.
  Objective objective;
  std::size_t most_ranked = 0;  ///< The most points that are ranked.
  std::size_t days = 1;         ///< Number of days that will be added. It only affects memory.

  /// Bytes per point that a slab's sums take.
  std::size_t bytes_per_point() const;
  /// Bytes that each row holds until all rows are put together, beside a hash for each day (bytes_of_hashes).
  std::size_t bytes_per_row(const Grid& grid) const;
  /// Bytes of the hashes of a row that is walked through all days.
  std::size_t bytes_of_hashes() const { return 2 * sizeof(std::uint64_t) * days; }
};

/// Bytes that a reduction holds in addition to its slabs. \param is_walked whether points are evaluated once more when
/// they are looked at, because their sums are gone
std::size_t summary_bytes(const Grid& grid, bool is_walked);

/// Reduces whole surfaces as they come, in parallel over slabs. The grid must outlive it.
class Reducer {
 public:
  /// \param slabs an approximate number
  /// \param parts contiguous ranges of rows that days come in; empty if they come whole
  Reducer(const Grid& grid, const ReduceOptions& options, std::size_t slabs = 1, std::span<const RowRange> parts = {});
  ~Reducer();

  /// Adds a day, or one part of it. Days come in unit order, parts in order of rows; the facts are taken from the
  /// first part.
  /// \throws Error (input) if a sum over days leaves 64 bits
  void add(const UnitResult& unit);

  /// Summarises. Call it once, after all days were added.
  SweepSummary finish();

  /// Writes a figure of points first, first + 1, …, over all days. Call it after `finish`, from any thread.
  void figures(double PointTotal::*figure, std::size_t first, std::span<double> out) const;
  /// Writes the slippage of sliced routers against the arrival mid, drift included, summed over days.
  void slippage_nano(std::size_t first, std::span<Nano> out) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sorsweep
