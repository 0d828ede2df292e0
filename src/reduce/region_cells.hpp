/// \file
/// Gathers Regions from rows of points.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "reduce/cells.hpp"
#include "reduce/plateau.hpp"
#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

/// What some neighbouring rows contribute to their cells.
struct RowRegions {
  std::vector<double> least, most;
  std::vector<std::size_t> best_point;
  /// A sum for each row and cell. They are added up in the order of rows, however rows are cut into slabs, because
  /// addition of doubles is not associative.
  std::vector<double> sums;
};

/// Gathers the objective's surface at the resolution of a picture.
class RegionCells {
 public:
  static constexpr std::size_t kMostBins = 64;  ///< Per axis.
  static constexpr std::size_t kMostRegions = std::size_t{1} << 15;

  /// \param grid must outlive it
  explicit RegionCells(const Grid& grid);
  const Cells& cells() const { return cells_; }

  RowRegions begin(RowRange rows) const;
  /// Adds a row; rows come in order. \param objective of the row's points
  void add(std::size_t row, RowRange rows, std::span<const double> objective, RowRegions& to) const;

  /// All regions, before any row is folded in.
  Regions nothing() const;
  /// Folds in the contribution of a range of rows. Ranges come in order.
  void fold(RowRange rows, const RowRegions& from, Regions& to) const;
  /// Turns the sums in `mean` into means.
  void finish(Regions& regions) const;

 private:
  Cells cells_;
};

/// Finds the best point away from the best one (docs/results.md, "best.json"). \param near the box to stay out of
/// \return the lowest number among equals; nothing if no point lies outside of `near`
std::optional<RunnerUp> find_runner_up(const Cells& cells, const Regions& regions, const GridBox& near,
                                       const FetchObjectives& fetch);

}  // namespace sorsweep
