/// \file
/// What a symbol-day will take, guessed from the config alone: enough to cut days into units, and units into shards.
#pragma once

#include <cstdint>

#include "config/config.hpp"

namespace sorsweep {

/// Nanoseconds of one thread. Whole numbers, by whole numbers: all hosts agree on them to the last digit.
struct DayCost {
  std::uint64_t prepare = 0;   ///< reading, books, samples, candidates
  std::uint64_t evaluate = 0;  ///< the whole grid; 0 where surfaces are not kept
};

/// \param rows of the stored day
DayCost guess_cost(const Config& config, const Grid& grid, Engine engine, std::size_t rows);

}  // namespace sorsweep
