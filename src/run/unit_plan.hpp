/// \file
/// The units of a run, and who computes which: from config and store alone, the same on every host.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "run/identity.hpp"
#include "run/manifest.hpp"
#include "sorsweep/market/day_key.hpp"

namespace sorsweep {

/// Which of a run's units. Its file is named by what went into it.
struct UnitName {
  DayKey day;
  std::string structural;  ///< "slice=5m,lot=100"; empty where nothing is structural
  RowRange rows;           ///< of the grid
  bool is_part = false;    ///< the day is cut: these are not all rows
  std::string inputs;      ///< 16 hexadecimal digits over the config, the data and the rows

  /// "SYN-2024-07-08@slice=5m+0-25-0123456789abcdef.h5"
  std::string file() const;
};

/// "SYN 2024-07-08 slice=5m rows 0-25"
std::string to_string(const UnitName& unit);

struct PlannedUnit {
  std::size_t structural_point = 0, day = 0;  ///< numbers of the structural point and of the day
  UnitName name;
  std::uint64_t prepare = 0;   ///< guess in nanoseconds, once for all units of a day that one process computes
  std::uint64_t evaluate = 0;  ///< guess of the unit's own
};

/// Nanoseconds of one thread. Whole numbers, by whole numbers: all hosts agree on them to the last digit.
struct DayCost {
  std::uint64_t prepare = 0;   ///< reading, books, samples, candidates
  std::uint64_t evaluate = 0;  ///< the whole grid; 0 where surfaces are not kept
};

/// \param rows of the stored day
DayCost guess_cost(const Config& config, const Grid& grid, Engine engine, std::size_t rows);

/// \param configs one per structural point
/// \param days    in unit order
/// \param stored  what the store has; its rows decide how units are cut and shared out, and no result
/// \return by structural point, then by day, then by rows
std::vector<PlannedUnit> plan_units(const std::vector<Config>& configs, const Grid& grid,
                                    const std::vector<DayKey>& days, const RunIdentity& identity,
                                    const std::vector<Manifest::Day>& stored);

/// Cuts the units into contiguous shards whose largest guess is least: neighbours share the work of making a day ready.
/// \return the shard of each unit, ascending; shards may be empty
std::vector<std::size_t> assign_shards(const std::vector<PlannedUnit>& units, std::size_t shards);

/// A guess, on so many threads.
double predicted_seconds(const std::vector<PlannedUnit>& units, int threads);

}  // namespace sorsweep
