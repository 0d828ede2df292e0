/// \file
/// Evaluates a day whose candidates have affine costs, by the collapse or by brute force.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "core/memory_budget.hpp"
#include "core/scratch_pool.hpp"
#include "sorsweep/sweep/backtest.hpp"
#include "sweep/affine_view.hpp"
#include "sweep/summand.hpp"

namespace sorsweep {

/// What the days of a backtest share: the grid and scratch memory.
struct AffineScratch {
  explicit AffineScratch(const Grid& grid) : view(grid) {}

  AffineCosts costs(const Contenders& of) const { return view.costs(of.base, of.under, of.over, of.sent, of.spread); }

  /// Finds the contenders that can win on this grid, slice by slice.
  std::vector<PrunedCandidates> prune(const std::vector<Contenders>& slices);

  AffineView view;
  ScratchPool<Pruner> pruners{[this] { return Pruner(view.grid()); }};
  ScratchPool<SlabSurface> slabs{[this] { return SlabSurface(view.grid()); }};
};

/// Bytes of a placement that is kept: its number, its five coefficients and its fills.
inline constexpr std::uint64_t kBytesPerWinner =
    sizeof(std::uint32_t) + 5 * sizeof(std::int64_t) + sizeof(execution::Fills);
/// Bytes of a placement that can win while its day is evaluated: what is kept, and its coefficients again, as they are
/// walked, in columns that grow by doubling.
inline constexpr std::uint64_t kBytesPerContender = 160;
/// Bytes of a placement while its day is evaluated by brute force: what is kept, its number once more, and a mark.
inline constexpr std::uint64_t kBytesByBruteForce = kBytesPerWinner + sizeof(std::uint32_t) + 1;
/// Bytes of a placement while the file of its unit is made in memory: a copy of it, and its columns in the file.
inline constexpr std::uint64_t kBytesPerCopy = 160;

/// Returns the number of placements in all slices.
std::uint64_t count_of(const std::vector<Contenders>& slices);

/// Returns an empty share for placements that can win.
MemoryShare contender_share();

class AffineEvaluation : public DayEvaluation {
 public:
  /// \param pruned the contenders of each slice that can win, by index; ignored by brute force
  /// \param share  holds the memory of `slices` and `pruned`
  /// \throws Error (input) if the day's slippage could leave 64 bits
  AffineEvaluation(std::shared_ptr<AffineScratch> scratch, Engine engine, DayFacts facts,
                   std::vector<Contenders> slices, std::vector<PrunedCandidates> pruned, MemoryShare share);

  const DayFacts& facts() const override { return facts_; }
  void evaluate(RowRange rows, const WritableRows& slab) const override;
  void evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const override;
  std::unique_ptr<DayEvaluation> on(const Grid& part) const override;
  std::vector<Contenders> contenders() const override { return slices_; }
  std::vector<Contenders> winners() const override;
  void forget_winners() override;
  EvaluationStats stats() const override;

  /// Adds the cost of preparation. Nothing else may run on this object meanwhile.
  void note(const EvaluationStats& prepared) { stats_ += prepared; }

 private:
  void check_sum(const Summand& summand) const;
  CollapseCounters sum_up(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const;
  void by_brute_force(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const;
  CollapseCounters by_collapse(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const;
  void mark(std::size_t slice, std::span<const std::uint32_t> winners) const;

  std::shared_ptr<AffineScratch> scratch_;
  Engine engine_;
  DayFacts facts_;
  std::vector<Contenders> slices_;
  std::vector<PrunedCandidates> pruned_;
  MemoryShare share_;
  /// A set of marks for each contender of each slice.
  mutable std::vector<std::vector<std::atomic<std::uint8_t>>> won_;
  mutable std::mutex mutex_;
  mutable EvaluationStats stats_;
};

}  // namespace sorsweep
