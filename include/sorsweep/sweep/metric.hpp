/// \file
/// Figures of a point beside its slippage, summed over the day's slices: further surfaces of a unit's file
/// (docs/surfaces.md), and how a program brings one of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "sorsweep/router/execution.hpp"

namespace sorsweep {

/// A place in `metrics()`. Ours have names; those that were registered come behind them.
enum class Metric : std::size_t {
  market_shares,
  limit_shares,
  cleanup_shares,
  unwound_shares,
  square_high,  ///< Σ slippage² in (nano-dollars)² = high · 2^32 + low: more than 64 bits
  square_low
};

/// A figure of what was traded, slice by slice.
struct MetricInfo {
  std::string word;  ///< what a config's run.metrics calls it; of ours several share one, a registered one has its own
  std::string name;  ///< of the dataset, int64, a value a point of the grid
  std::string unit;  ///< of the dataset
  /// What a slice adds, where this was traded in it: whole numbers of `unit`. Called from several threads at once; a function
  /// of its argument and of nothing else. May throw Error.
  std::function<std::int64_t(const execution::Fills&)> value;
  int version = 0;  ///< to be raised whenever values change: runs of another version are not resumed
};

/// Ours, then those that were registered, in that order. Elements stay where they are.
const std::deque<MetricInfo>& metrics();

/// \param metric one of those: as `Metric` names it, or as register_metric returned it
const MetricInfo& metric_info(Metric metric);

/// Makes a metric known to configs by its word. To be called before `run_program`, not from several threads.
/// \throws Error (usage) for a word or a name that is taken or not spelt as a name, and without `value`
Metric register_metric(MetricInfo metric);

}  // namespace sorsweep
