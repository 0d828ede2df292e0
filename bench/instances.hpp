/// \file
/// The inputs that benchmarks share. They are the same bytes on every machine.
#pragma once

#include <cstdint>

#include "sorsweep/collapse/affine.hpp"
#include "sorsweep/market/quotes.hpp"
#include "sorsweep/router/candidates.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep::bench {

inline constexpr std::size_t kMostCandidates = 1'000'000;

/// Returns the pinned slice, of ten lots of 100 shares. Its random numbers, queues, outflows and fees never change.
SliceProblem pinned_problem(int venues, std::size_t samples = 500);

/// Returns the grid lambda_over × lambda_under × theta_queue with theta_queue fastest, with this many points on each
/// axis.
AffineGrid pinned_grid(std::size_t over, std::size_t under, std::size_t theta);
inline AffineGrid pinned_grid(std::size_t points) {
  return pinned_grid(points, points, points);
}

/// Returns the table's columns by the grid's axes, and by a fourth axis for the half spread.
/// \param table must outlive the result
AffineCosts costs_of(const cont_kukanov::CandidateTable& table);

/// Returns a made-up value for what a candidate realises.
inline std::int64_t value_of(std::uint32_t candidate) {
  return static_cast<std::int64_t>(candidate) * 7919 + 1;
}

/// Returns the first synthetic day with five venues. \param rows of the whole session, so that fewer make a quieter
/// market
QuoteColumns pinned_day(std::size_t rows);

/// Returns the hours of that day, 09:30 to 16:00 in New York.
TimeWindow pinned_session();

/// Returns what a reducer takes: a day that traded, and its surface with one cheapest point.
DayFacts pinned_facts();
std::vector<std::int64_t> pinned_slippage(std::size_t points);

}  // namespace sorsweep::bench
