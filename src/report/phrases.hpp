/// \file
/// Phrases that several outputs share.
#pragma once

#include <string>

#include "reduce/results.hpp"
#include "report/findings.hpp"

namespace sorsweep {

/// Writes a point as `replay --point` takes it: "lambda_over=0.0005,lambda_under=0.0005,theta_queue=0.00005".
std::string point_text(const Grid& grid, std::size_t point);

/// Writes an amount of money: "-$951.49".
std::string money(double dollars);

/// Says how many of `points` points are as good as the best.
std::string ties_text(std::size_t points, std::size_t ties);

/// Names the end of an axis at which the best point lies: "none", "first" or "last".
const char* edge_text(Edge edge);

}  // namespace sorsweep
