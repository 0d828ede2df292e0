/// \file
/// Cells that all tables share.
#pragma once

#include <string>
#include <vector>

#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

using Row = std::vector<std::string>;

/// "point,lambda_over,lambda_under,theta_queue" and "12,0.0005,0.001,0": a point and its parameters, for CSV.
std::string point_names(const Grid& grid);
std::string point_cells(const Grid& grid, std::size_t point);

/// "779,100.00": thousands apart.
std::string grouped(double value, int digits);

/// "-$951.49"
std::string money(double dollars);

/// The first days of a run as a table for a terminal.
/// \param header of the table \param total a row below the days, where there are several
std::string days_table(const SweepSummary& summary, Row header, const Row& total, Row (*row)(const DaySummary&));

/// How many points share the best.
std::string ties_text(std::size_t points, std::size_t ties);

/// A sentence for each kind of day that did not fill; empty where all did.
std::string unfilled_text(const SweepSummary& summary);

/// What `trust` says, a sentence a line; empty where it was not asked.
std::string verdict_text(const Findings& findings);

/// "none", "first" or "last": at which end of an axis the best lies.
const char* edge_text(Edge edge);

/// "slice,lot," and "5m,100,": a structural point, for CSV; empty where nothing is structural.
std::string structural_names(const SweepResults& results);
std::string structural_cells(const StructuralResult& variant);

/// "slice=5m,lot=100"
std::string structural_text(const StructuralResult& variant);

/// The tables of routers that work in slices: headers without what is structural, rows behind `prefix`.
std::string sliced_summary_header(const Grid& grid);
std::string sliced_summary_cells(const Grid& grid, const SweepSummary& summary, const PointTotal& total);
std::string sliced_days_header(const Grid& grid);
std::string sliced_days_rows(const Grid& grid, const SweepSummary& summary, const std::string& prefix);
std::string sliced_summary_text(const Grid& grid, const SweepResults& results);

}  // namespace sorsweep
