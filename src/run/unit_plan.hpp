/// \file
/// The units of a run, and who computes which. Config and store alone decide it, so it is the same on every host.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "run/identity.hpp"
#include "run/manifest.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// Says which unit of a run it is. The file of a unit is named after what went into it.
struct UnitName {
  DayKey day;
  std::string structural;  ///< As "slice=5m,lot=100"; empty if nothing is structural.
  RowRange rows;           ///< Rows of the grid.
  bool is_part = false;    ///< The day is cut, so that these are not all rows.
  std::string inputs;      ///< 16 hexadecimal digits of a hash of config, data and rows.

  /// Returns a name such as "SYN-2024-07-08@slice=5m+0-25-0123456789abcdef.h5".
  std::string file() const;
};

/// Returns a name for people, as "SYN 2024-07-08 slice=5m rows 0-25".
std::string to_string(const UnitName& unit);

struct PlannedUnit {
  std::size_t structural_point = 0, day = 0;  ///< Numbers of the structural point and of the day.
  UnitName name;
  std::uint64_t prepare = 0;   ///< Guess in nanoseconds, once for all units of a day in one process.
  std::uint64_t evaluate = 0;  ///< Guess in nanoseconds, for the unit itself.
};

/// Cost of a symbol-day in nanoseconds of one thread. The arithmetic is in whole numbers, so all hosts get the same.
struct DayCost {
  std::uint64_t prepare = 0;   ///< Reading, books, samples and candidates.
  std::uint64_t evaluate = 0;  ///< The whole grid; 0 if surfaces are not kept.
};

/// Guesses the cost of a day. \param rows is the number of rows of the stored day
DayCost guess_cost(const Config& config, const Grid& grid, Engine engine, std::size_t rows);

/// Cuts a run into units.
/// \param configs has one config per structural point
/// \param stored  is what the store has: its rows decide how units are cut and shared out, but no result
/// \return the units by structural point, then by day, then by rows
std::vector<PlannedUnit> plan_units(const std::vector<Config>& configs, const Grid& grid,
                                    const std::vector<DayKey>& days, const RunIdentity& identity,
                                    const std::vector<Manifest::Day>& stored);

/// Cuts the units into contiguous shards so that the longest shard is as short as possible. Neighbours share the work
/// of making a day ready.
/// \return the shard of each unit, in ascending order; shards may be empty
std::vector<std::size_t> assign_shards(const std::vector<PlannedUnit>& units, std::size_t shards);

/// Guesses the time of the units on this number of threads.
double predicted_seconds(const std::vector<PlannedUnit>& units, int threads);

}  // namespace sorsweep
