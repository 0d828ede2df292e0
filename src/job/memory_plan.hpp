/// \file
/// How much of a sweep fits the memory budget at a time, and what its large owners will hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "config/config.hpp"
#include "job/memory_needs.hpp"
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
  std::uint64_t fixed = 0;        ///< Bytes that are held while days are in flight, beside these.
  std::uint64_t each = 0;         ///< Bytes of a day in flight, without its placements.
  std::uint64_t placements = 0;   ///< Bytes of these, where they are known.
  std::uint64_t later = 0;        ///< Bytes that are held when no day is in flight any more.
  std::uint64_t file = 0;         ///< Bytes of results.h5, as far as they can be foreseen.
  std::uint64_t most_file = 0;    ///< Bytes that results.h5 may have.
  std::uint64_t peak = 0;         ///< Bytes at the peak, with the placements that are known.
};

/// Plans a whole run, or a shard, which reduces nothing.
/// \throws Error (resources), with advice, if not even one day fits
MemoryPlan plan_memory(const RunShape& shape, const Resources& resources);

/// Returns the least budget that plan_memory accepts.
std::uint64_t least_memory(const RunShape& shape, int threads);

/// Returns how many days may be in flight.
/// \param kept bytes that days before have left \param placements bytes that the placements of a day take
std::size_t days_that_fit(const MemoryPlan& plan, std::uint64_t kept, std::uint64_t placements);

/// Returns the number of slabs in which the grid is walked if surfaces are not kept.
/// \param contenders are those of all days, which stay in memory
/// \throws Error (resources), with advice, if they leave too little of the budget
std::size_t plan_slabs(const RunShape& shape, std::uint64_t contenders, const Resources& resources);

/// Refuses axes that have too many values for the budget, before the grid is made. \throws Error (resources)
void check_axes(const Config& config, const Resources& resources);

/// Refuses a huge grid whose sums alone do not fit, because planning it would take minutes. A shard holds no sums.
/// \throws Error (resources)
void check_points(const Config& config, const Grid& grid, const Resources& resources);

/// Refuses settings that need surfaces to be kept, or not to be. \throws Error (usage)
void check_surfaces(const Config& config, Engine engine);

}  // namespace sorsweep
