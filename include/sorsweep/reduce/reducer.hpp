/// \file
/// The reducer: surfaces of days, in order → the best point, overall and by day.
///
/// Everything is done by rows of the grid (Grid::rows): sums over days in the order of days, sums over points by row.
/// So the result does not depend on how rows are cut into slabs, and slabs can be reduced by different threads, or one
/// after the other where the grid is never held whole (walk_slabs).
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

struct ReduceOptions {
  double shares = 0;       ///< of the parent order, on each day
  bool is_sliced = false;  ///< which columns the surfaces have
  Objective objective;
  std::size_t most_ranked = 0;  ///< length of the ranking, at most
  std::size_t days = 1;         ///< that will be added: decides what rows take, nothing else

  /// What a slab's sums take.
  std::size_t bytes_per_point() const;
  /// What a row leaves until it is put together with the others, in order.
  std::size_t bytes_per_row(const Grid& grid) const;
};

/// What a reduction holds beside its slabs, in bytes.
std::size_t summary_bytes(const Grid& grid);

/// Reduces whole surfaces as they come, in parallel over slabs. The grid outlives it.
class Reducer {
 public:
  /// \param slabs how many, about
  /// \param parts that days come in: ranges of rows, one behind the other; empty: whole days
  Reducer(const Grid& grid, const ReduceOptions& options, std::size_t slabs = 1, std::span<const RowRange> parts = {});
  ~Reducer();

  /// A day, or one of its parts: first the first one, whose facts count, then the others in order. Days in unit order.
  /// \throws Error (input) where a sum over days leaves 64 bits
  void add(const UnitResult& unit);

  /// To be called once, when all days were added.
  SweepSummary finish();

  /// A figure of the points first, first + 1, …, over all days. After `finish`; from any number of threads.
  void figures(double PointTotal::*figure, std::size_t first, std::span<double> out) const;
  /// Σ over days of the slippage against the arrival mid: drift is in it. Of sliced routers.
  void slippage_nano(std::size_t first, std::span<Nano> out) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sorsweep
