/// \file
/// What the large owners of a run take, by the sizes of the run. `sweep` plans with these numbers and `plan` prints
/// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "config/config.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// What a process finds of a run, and does with it.
struct RunSizes {
  std::size_t longest_day = 0;     ///< Rows of it.
  std::uint64_t largest_file = 0;  ///< Bytes of the largest unit file that is there already.
  bool is_shard = false;           ///< Whether units are only published.
  bool is_finished = false;        ///< Whether all units are computed already.
};

/// The sizes of a structural point that decide how much memory it takes.
struct RunShape {
  const Config& config;
  const Grid& grid;
  ReduceOptions reduce;  ///< With the number of days.
  Engine engine = Engine::collapse;
  RunSizes sizes;
  std::size_t unit_points = 0;        ///< Points of the largest unit.
  std::size_t structural_points = 1;  ///< Those of the run.

  bool is_walked() const { return config.run.surfaces == KeepSurfaces::none; }
};

/// What one owner takes.
struct MemoryNeed {
  const char* owner;  ///< As "8 GiB of it for …" names it.
  std::uint64_t bytes;
};
using MemoryNeeds = std::vector<MemoryNeed>;

/// Returns the sum. More than 64 bits hold count as the largest number, which no budget has.
std::uint64_t total(const MemoryNeeds& needs);
MemoryNeeds operator+(MemoryNeeds a, const MemoryNeeds& b);

/// The needs of the phases of a run. Days are in flight in the first; the others come when none is.
struct PhaseNeeds {
  MemoryNeeds fixed;       ///< Beside the days in flight.
  MemoryNeeds day;         ///< Of each day in flight, beside its placements.
  MemoryNeeds placements;  ///< Of each day in flight, where they are known: brute force keeps all.
  MemoryNeeds summary;     ///< While sums become a summary, or the grid is walked.
  MemoryNeeds results;     ///< While results.h5 is made, beside the file.
  MemoryNeeds file;        ///< The file, as far as its size can be foreseen.
  MemoryNeeds report;      ///< While results are judged, with a day that is replayed.
};

PhaseNeeds needs_of(const RunShape& shape, int threads);

/// Returns the bytes of one row of all slabs that are walked at a time, one per thread, and of those that wait to be
/// put together.
std::uint64_t walked_row_bytes(const RunShape& shape, int threads);

/// Returns the most bytes that the file of a unit can have, whose columns may not shrink at all.
std::uint64_t most_bytes_of_file(const RunShape& shape);

/// Returns the bytes of the values of the axes, with what is made of each value. \param values on all axes together
std::uint64_t axes_bytes(std::size_t values, int threads);

}  // namespace sorsweep
