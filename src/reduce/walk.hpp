/// \file
/// Reduces a sweep without ever holding the whole grid: slab after slab, each for all days.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "sorsweep/reduce/reducer.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// The number of slabs that a thread finishes before they are put together in order.
inline constexpr std::size_t kSlabsAtATime = 4;

/// Reduces days slab by slab. Each slab is evaluated for one day after the other.
/// \param days in unit order
/// \param slabs number of slabs that the rows are cut into; each thread holds one at a time
/// \param points_done is called from any thread with the number of points of a day that were evaluated
/// \return nothing if `stop` became true
std::optional<SweepSummary> walk_slabs(const Grid& grid, const ReduceOptions& options,
                                       const std::vector<const DayEvaluation*>& days, std::size_t slabs, int threads,
                                       const std::function<void(std::size_t)>& points_done,
                                       const std::atomic<bool>& stop);

}  // namespace sorsweep
