/// \file
/// Phrases that several outputs share.
#pragma once

#include <string>

#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

/// "lambda_over=0.0005,lambda_under=0.0005,theta_queue=0.00005": a point, as `replay --point` takes it.
std::string point_text(const Grid& grid, std::size_t point);

/// "slice=5m,lot=100": a structural point.
std::string structural_text(const Variant& variant);

/// "-$951.49"
std::string money(double dollars);

/// How many of `points` points share the best.
std::string ties_text(std::size_t points, std::size_t ties);

/// "none", "first" or "last": the end of an axis at which the best point lies.
const char* edge_text(Edge edge);

}  // namespace sorsweep
