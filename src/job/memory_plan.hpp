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
  std::uint64_t memory = 0;  ///< Bytes.
};

/// How much of a run is in work at a time.
struct MemoryPlan {
  Resources resources;
  std::size_t days_in_flight = 1;
  std::size_t reducer_slabs = 1;  ///< Slabs that are reduced in parallel, if surfaces are kept.
};

/// Plans a whole run.
/// \param longest_day is the number of rows of the longest day
/// \throws Error (resources), with advice, if not even one day fits
MemoryPlan plan_memory(const Config& config, const Grid& grid, const ReduceOptions& reduce, std::size_t longest_day,
                       const Resources& resources);

/// Plans a shard, which reduces nothing. \param points are those of the largest unit \throws Error (resources) as
/// plan_memory
MemoryPlan plan_shard_memory(const Config& config, std::size_t points, std::size_t longest_day,
                             const Resources& resources);

/// Returns the number of slabs in which the grid is walked if surfaces are not kept.
/// \param contenders are those of all days, which stay in memory
/// \throws Error (resources), with advice, if they leave too little of the budget
std::size_t plan_slabs(const Grid& grid, const ReduceOptions& reduce, std::uint64_t contenders,
                       const Resources& resources);

/// Refuses settings that need surfaces to be kept, or not to be. \throws Error (usage)
void check_surfaces(const Config& config, Engine engine);

}  // namespace sorsweep
