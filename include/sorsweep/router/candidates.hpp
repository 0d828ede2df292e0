/// \file
/// Solver `exact`: every placement in lots, with its coefficients, as columns (MODEL §4.1; ENGINE §1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/router/placement.hpp"

namespace sorsweep::cont_kukanov {

/// All placements with 0 ≤ M ≤ S, 0 ≤ L_k ≤ S−M, M + Σ L_k ≥ S, in lexicographic order of (M, L_1, …, L_K): the index
/// decides ties, and result hashes depend on it. Columns of size() elements.
class CandidateTable {
 public:
  /// How many placements a problem of this size has; SIZE_MAX beyond 1e15, where nobody could list them.
  static std::size_t count(std::int64_t lots, std::size_t queues);

  /// Builds the table: fills of a queue are computed once for each L_k, then summed venue by venue, and only the
  /// shortfall takes a pass over the samples. \throws Error (resources) above `max_candidates`.
  CandidateTable(const SliceProblem& problem, std::size_t max_candidates);

  /// Just these placements. \param placements of the problem, ascending, at least one
  CandidateTable(const SliceProblem& problem, const std::vector<LotPlacement>& placements);

  std::size_t size() const { return base_.size(); }

  /// \param candidate an index, from 0
  LotPlacement placement(std::size_t candidate) const;
  Coefficients coefficients(std::size_t candidate) const;

  /// Columns of size() elements: the coefficients of 1 (nano-dollars), λ_u, λ_o, θ and h (shares), summed over samples.
  std::span<const std::int64_t> base() const { return base_; }
  std::span<const std::int64_t> under() const { return under_; }
  std::span<const std::int64_t> over() const { return over_; }
  std::span<const std::int64_t> sent() const { return sent_; }
  std::span<const std::int64_t> spread() const { return spread_; }

  /// The cheapest placement, the lowest index among equals: a pass over the table. Costs have to fit 64 bits (fits_int64).
  std::size_t solve(const Penalties& penalties) const;

 private:
  class Builder;

  void add(const Coefficients& sums, const std::vector<std::int32_t>& lots);

  std::size_t queues_;
  std::vector<std::int64_t> base_, under_, over_, sent_, spread_;
  std::vector<std::int32_t> lots_;  ///< M, L_1 … L_K of each candidate
};

/// \return how many placements a problem of this size has
/// \throws Error (resources) with advice, where they are more than `max_candidates`
std::size_t check_candidates(std::int64_t lots, std::size_t queues, std::size_t max_candidates);

}  // namespace sorsweep::cont_kukanov
