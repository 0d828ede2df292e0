/// \file
/// The report's parts are made from findings, from the surface, and from the contenders of a day's slices.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/findings.hpp"
#include "report/html.hpp"
#include "sorsweep/reduce/summary.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Adds the verdict, the intervals and the walk-forward, or the reasons why they are missing.
void add_trust(ReportParts& parts, const Findings& findings);

/// Returns the surface for the heat map. \param unit of the objective: "bps" or "USD"
ReportSurface report_surface(const Grid& grid, const Regions& regions, const std::string& unit);

/// Finds which placement wins where, in those slices of the day that have the most contenders. The axes are the first
/// two with several values, looked at in the middle of their bins; the other parameters are those of the best point.
/// Grids with fewer such axes have nothing to show.
/// \param contenders of each slice of the day
std::vector<ReportWinners> report_winners(const Grid& grid, std::size_t best_point, const DayFacts& day,
                                          const std::vector<Contenders>& contenders, std::size_t most_slices = 3);

/// Tells what was traded in a slice.
struct SliceFills {
  execution::Fills all;
  /// Venues with their shares of `all.limit`; empty where not known.
  std::vector<std::pair<std::string, std::int64_t>> limit_by_venue;
};

/// Tells what was traded on a day, by kind of fill. Prices are those of the book as the slice began, and for what
/// happens at its end those of the book as the next slice began. They are the prices that orders aimed at, not what
/// each share paid.
ReportExecution report_execution(const DayFacts& day, const std::vector<SliceFills>& fills);

/// Tells what a point traded on a day, without venues. \param contenders of each slice of the day
ReportExecution report_execution(const Grid& grid, std::size_t point, const DayFacts& day,
                                 const std::vector<Contenders>& contenders);

}  // namespace sorsweep
