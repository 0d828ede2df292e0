/// \file
/// A unit of work: one symbol-day over the whole grid.
#pragma once

#include <cstddef>
#include <vector>

#include "sorsweep/core/hash.hpp"
#include "sorsweep/market/day_key.hpp"
#include "sorsweep/market/event_tape.hpp"
#include "sorsweep/router/baselines.hpp"
#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

enum class Engine { collapse, brute };

/// What each point of the grid came to on one day; columns of grid.size() elements, in point order.
struct Surface {
  std::vector<double> total_cost;  ///< dollars
  std::vector<double> filled_shares;
};

/// What a day was like, whatever the point.
struct DayFacts {
  DayKey day;
  TapeCounts counts;
  std::size_t snapshots = 0;
  notebook::Baselines baselines;
};

struct UnitResult {
  DayFacts facts;
  Surface surface;
};

DayFacts describe_day(const DayKey& day, const EventTape& tape, double shares);

/// Evaluates the points [first, first + count) by SIMD lanes into `surface`, which has its full size.
void evaluate_points(const EventTape& tape, const Grid& grid, double shares, std::size_t first, std::size_t count,
                     Surface& surface);

/// Adds a unit's surface to a running result hash: symbol, date, columns.
void add_to_hash(Hasher& hasher, const UnitResult& unit);

}  // namespace sorsweep
