/// \file
/// Parts of the report that come from the surface, and from a day's contenders: no day has to be loaded again for them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/html.hpp"
#include "sorsweep/reduce/summary.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// The surface for the heat map. \param unit of the objective: "bps" or "USD"
ReportSurface report_surface(const Grid& grid, const Regions& regions, const std::string& unit);

/// Which placement wins where, in those slices of the day that have the most contenders: over the first two axes with
/// several values, at the middle of bins, the other parameters as in the best point. Empty for grids with fewer such axes.
/// \param contenders of each slice of the day
std::vector<ReportWinners> report_winners(const Grid& grid, std::size_t best_point, const DayFacts& day,
                                          const std::vector<Contenders>& contenders, std::size_t most_slices = 3);

/// What was traded in a slice.
struct SliceFills {
  execution::Fills all;
  std::vector<std::pair<std::string, std::int64_t>> limit_by_venue;  ///< shares of `all.limit`; empty: not known
};

/// What was done on a day, by kind. Prices are those of the book at a slice's begin, and of the next slice's begin for
/// what happens at its end: where orders aim at, not what each share paid.
ReportExecution report_execution(const DayFacts& day, const std::vector<SliceFills>& fills);

/// The same of a point, without venues. \param contenders of each slice of the day
ReportExecution report_execution(const Grid& grid, std::size_t point, const DayFacts& day,
                                 const std::vector<Contenders>& contenders);

}  // namespace sorsweep
