/// \file
/// The inputs that benchmarks share: the same bytes on every machine.
#pragma once

#include <cstdint>

#include "sorsweep/collapse/affine.hpp"
#include "sorsweep/market/quotes.hpp"
#include "sorsweep/router/candidates.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep::bench {

inline constexpr std::size_t kMostCandidates = 1'000'000;

/// The slice of shared/prototypes/collapse.cpp: same random numbers, queues, outflows and fees; ten lots of 100.
SliceProblem pinned_problem(int venues, std::size_t samples = 500);

/// lambda_over x lambda_under x theta_queue with theta fastest, so many points each, over the prototype's spans.
AffineGrid pinned_grid(std::size_t over, std::size_t under, std::size_t theta);
inline AffineGrid pinned_grid(std::size_t points) {
  return pinned_grid(points, points, points);
}

/// The table's columns by the grid's axes, and by a fourth for the half spread. \param table outlives it
AffineCosts costs_of(const cont_kukanov::CandidateTable& table);

/// Stands for what a candidate realises.
inline std::int64_t value_of(std::uint32_t candidate) {
  return static_cast<std::int64_t>(candidate) * 7919 + 1;
}

/// The first synthetic day with five venues. \param rows over the whole session, so that fewer are a quieter market
QuoteColumns pinned_day(std::size_t rows);

/// Its hours, 09:30 to 16:00 in New York.
TimeWindow pinned_session();

/// What a reducer takes: a day that traded, and its surface, with one cheapest point.
DayFacts pinned_facts();
std::vector<std::int64_t> pinned_slippage(std::size_t points);

}  // namespace sorsweep::bench
