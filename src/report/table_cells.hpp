/// \file
/// Cells that all tables share.
#pragma once

#include <string>
#include <vector>

#include "sorsweep/sweep/reducer.hpp"

namespace sorsweep {

using Row = std::vector<std::string>;

/// "point,lambda_over,lambda_under,theta_queue" and "12,0.0005,0.001,0": a point and its parameters, for CSV.
std::string point_names(const Grid& grid);
std::string point_cells(const Grid& grid, std::size_t point);

/// "779,100.00"
std::string money(double dollars);

/// How many points share the best.
std::string ties_text(const Grid& grid, std::size_t ties);

/// A sentence for each kind of day that did not fill; empty where all did.
std::string unfilled_text(const SweepSummary& summary);

/// The tables of routers that work in slices.
std::string sliced_summary_csv(const Grid& grid, const SweepSummary& summary);
std::string sliced_days_csv(const Grid& grid, const SweepSummary& summary);
std::string sliced_summary_text(const Grid& grid, const SweepSummary& summary);

}  // namespace sorsweep
