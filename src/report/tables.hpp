/// \file
/// What was learnt, as tables: CSV for programs, aligned text for a terminal.
#pragma once

#include <cstddef>
#include <string>

#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

/// Grids up to this size are written whole, larger ones as their best `kRankedPoints`.
inline constexpr std::size_t kSmallGrid = 10'000;
inline constexpr std::size_t kRankedPoints = 1'000;

inline std::size_t rows_to_rank(const Grid& grid) {
  return grid.size() <= kSmallGrid ? grid.size() : kRankedPoints;
}

/// A row a point, best first: rank (equal points share one), point, parameters, totals over all days.
std::string summary_csv(const Grid& grid, const SweepResults& results);

/// A row a symbol-day: its own best point, its baselines or yardsticks, what became of its rows or slices.
std::string days_csv(const Grid& grid, const SweepResults& results);

/// A row an axis: its range, whether it is dead, and how much the mean objective of its values differs; at the best
/// structural point.
std::string axes_csv(const Grid& grid, const SweepResults& results);

/// What a person reads at the end of a sweep.
std::string summary_text(const Grid& grid, const SweepResults& results, const Findings& findings);

/// The same for a page or a ticket: a sentence or two, a table of ways to trade, what axes do, whether it holds.
std::string summary_md(const Grid& grid, const SweepResults& results, const Findings& findings);

/// "lambda_over=0.0005,lambda_under=0.0005,theta_queue=0.00005"
std::string point_text(const Grid& grid, std::size_t point);

}  // namespace sorsweep
