/// \file
/// The way through a sweep that never holds the grid: slab after slab of it, each for all days.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "sorsweep/reduce/reducer.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// Slabs that a thread finishes before they are put together in order.
inline constexpr std::size_t kSlabsAtATime = 4;

/// Reduces days without ever holding the grid: slab by slab, each evaluated for one day after the other.
/// \param days        in unit order
/// \param slabs       how many slabs the rows are cut into; `threads` of them are in memory at a time
/// \param points_done is told from any thread how many points of a day were evaluated
/// \return nothing when `stop` became true
std::optional<SweepSummary> walk_slabs(const Grid& grid, const ReduceOptions& options,
                                       const std::vector<const DayEvaluation*>& days, std::size_t slabs, int threads,
                                       const std::function<void(std::size_t)>& points_done,
                                       const std::atomic<bool>& stop);

}  // namespace sorsweep
