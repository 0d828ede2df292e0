/// \file
/// Evaluates a day point by point, for solvers without candidates and for registered routers.
#pragma once

#include <span>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"
#include "sweep/summand.hpp"

namespace sorsweep {

class EachEvaluation : public DayEvaluation {
 public:
  /// \param grid must outlive it, like the router of `settings`
  EachEvaluation(const Grid& grid, const SliceSettings& settings, DayFacts facts, std::vector<SliceCase> cases);

  const DayFacts& facts() const override { return facts_; }
  void evaluate(RowRange rows, const WritableRows& slab) const override;
  void evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const override;

 private:
  void sum_up(RowRange rows, const Summand& summand, std::span<std::int64_t> out) const;
  void add_block(std::size_t first, const Summand& summand, std::span<std::int64_t> sums) const;
  void add_registered(const SliceCase& slice, std::size_t first, const Summand& summand,
                      std::span<std::int64_t> sums) const;

  const Grid& grid_;
  const RouterInfo* registered_;
  cont_kukanov::Solver solver_;
  DayFacts facts_;
  std::vector<SliceCase> cases_;
};

}  // namespace sorsweep
