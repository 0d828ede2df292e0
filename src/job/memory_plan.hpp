/// \file
/// How much of a sweep fits the memory budget at a time.
#pragma once

#include <cstddef>

#include "config/config.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

struct MemoryPlan {
  std::size_t days_in_flight = 1;
  std::size_t reducer_slabs = 1;  ///< where surfaces are kept: slabs that are reduced in parallel
};

/// \param longest_day rows of the day with the most
/// \throws Error (resources), with advice, when not even one day fits
MemoryPlan plan_memory(const Config& config, const Grid& grid, const ReduceOptions& reduce, std::size_t longest_day,
                       int threads);

/// The same for a shard, which reduces nothing. \param points of the largest unit
MemoryPlan plan_shard_memory(const Config& config, std::size_t points, std::size_t longest_day, int threads);

/// Where surfaces are not kept: slabs that the grid is walked in.
/// \param contenders of all days: they stay in memory
/// \throws Error (resources), with advice, when they leave too little of the budget
std::size_t plan_slabs(const Config& config, const Grid& grid, const ReduceOptions& reduce, std::uint64_t contenders,
                       int threads);

/// \throws Error (usage) where `run.surfaces: none` cannot be
void check_surfaces(const Config& config, Engine engine);

}  // namespace sorsweep
