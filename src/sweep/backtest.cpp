// tested by: tests/sweep/slice_backtest_test.cpp (SliceSettings)
#include "sorsweep/sweep/backtest.hpp"

#include "core/error.hpp"

namespace sorsweep {

void DayEvaluation::evaluate_metric(Metric, RowRange, std::span<std::int64_t>) const {
  throw Error(Exit::usage, "metrics need a router that works in slices");
}

std::unique_ptr<DayEvaluation> DayEvaluation::on(const Grid&) const {
  throw Error(Exit::internal, "this evaluation is not by regions of the grid");
}

EvaluationStats& EvaluationStats::operator+=(const EvaluationStats& other) {
  slices += other.slices;
  pooled += other.pooled;
  candidates += other.candidates;
  contenders += other.contenders;
  winners += other.winners;
  collapse += other.collapse;
  books_seconds += other.books_seconds;
  tables_seconds += other.tables_seconds;
  pruning_seconds += other.pruning_seconds;
  executing_seconds += other.executing_seconds;
  boxes_seconds += other.boxes_seconds;
  return *this;
}

bool has_candidates(const SliceSettings& settings) {
  return !settings.registered && cont_kukanov::has_candidates(settings.solver);
}

}  // namespace sorsweep
