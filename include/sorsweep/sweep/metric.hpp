/// \file
/// Metrics: figures of a point besides its slippage, summed over the day's slices. Each is a further surface of a
/// unit's file (docs/surfaces.md). A program can register its own (docs/architecture.md, "Adding a metric").
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "sorsweep/router/execution.hpp"

namespace sorsweep {

/// A position in `metrics()`. Built-in metrics have names; registered ones follow.
enum class Metric : std::size_t {
  market_shares,
  limit_shares,
  cleanup_shares,
  unwound_shares,
  square_high,  ///< Σ slippage² in (nano-dollars)² = high · 2^32 + low, since it needs more than 64 bits.
  square_low
};

/// A figure that is computed from what a slice traded.
struct MetricInfo {
  /// The word for it in a config's run.metrics. Built-in metrics can share a word; a registered one has its own.
  std::string word;
  std::string name;  ///< Name of the dataset: int64, one value per point of the grid.
  std::string unit;  ///< Unit of the dataset.
  /// Gives a slice's contribution, in whole units. It is called from several threads at once and must depend on its
  /// argument only. It may throw Error.
  std::function<std::int64_t(const execution::Fills&)> value;
  int version = 0;  ///< Raise it whenever values change. Runs of another version are not resumed.
};

/// All metrics: the built-in ones first, then registered ones in the order of registration. References stay valid.
const std::deque<MetricInfo>& metrics();

/// Describes a metric. \param metric a value of the enum, or one that register_metric returned
const MetricInfo& metric_info(Metric metric);

/// Registers a metric so that configs can name it. Call it before `run_program`, from one thread.
/// \throws Error (usage) if the word or the name is taken or malformed, or if `value` is missing
Metric register_metric(MetricInfo metric);

}  // namespace sorsweep
