/// \file
/// How much of a sweep fits the memory budget at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "config/config.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// What a process may use.
struct Resources {
  int threads = 1;
  std::uint64_t memory = 0;  ///< bytes
};

/// How much of a run is in work at a time.
struct MemoryPlan {
  Resources resources;
  std::size_t days_in_flight = 1;
  std::size_t reducer_slabs = 1;  ///< slabs that are reduced in parallel, where surfaces are kept
};

/// \param longest_day number of rows of the longest day
/// \throws Error (resources), with advice, when not even one day fits
MemoryPlan plan_memory(const Config& config, const Grid& grid, const ReduceOptions& reduce, std::size_t longest_day,
                       const Resources& resources);

/// Plans a shard, which reduces nothing. \param points of the largest unit \throws Error (resources) as plan_memory
MemoryPlan plan_shard_memory(const Config& config, std::size_t points, std::size_t longest_day,
                             const Resources& resources);

/// Number of slabs in which the grid is walked where surfaces are not kept.
/// \param contenders of all days: they stay in memory
/// \throws Error (resources), with advice, when they leave too little of the budget
std::size_t plan_slabs(const Grid& grid, const ReduceOptions& reduce, std::uint64_t contenders,
                       const Resources& resources);

/// \throws Error (usage) where `run.surfaces: none` cannot be
void check_surfaces(const Config& config, Engine engine);

}  // namespace sorsweep
