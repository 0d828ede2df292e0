/// \file
/// The table behind solver `exact`: every placement in lots with its cost coefficients (docs/model.md, "Solvers").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/router/placement.hpp"

namespace sorsweep::cont_kukanov {

/// A table of placements, kept as columns of size() elements. The rows are in lexicographic order of (M, L_1, …, L_K).
/// The row number breaks ties, so result hashes depend on this order.
class CandidateTable {
 public:
  /// Counts the placements with 0 ≤ M ≤ S, 0 ≤ L_k ≤ S−M and M + Σ L_k ≥ S. \return SIZE_MAX if there are more than
  /// 1e15
  static std::size_t count(std::int64_t lots, std::size_t queues);

  /// Lists all placements of the problem. Fills of a queue are computed once for each L_k and summed venue by venue;
  /// only the shortfall needs a pass over the samples. \throws Error (resources) if there are more than
  /// `max_candidates`
  CandidateTable(const SliceProblem& problem, std::size_t max_candidates);

  /// Makes a table of the given placements only. \param placements at least one, ascending
  CandidateTable(const SliceProblem& problem, const std::vector<LotPlacement>& placements);

  std::size_t size() const { return base_.size(); }

  /// Returns a row as a placement in lots. \param candidate the row number, from 0
  LotPlacement placement(std::size_t candidate) const;
  Coefficients coefficients(std::size_t candidate) const;

  /// The columns hold the coefficients of 1 (nano-dollars) and of λ_u, λ_o, θ and h (shares), summed over samples.
  std::span<const std::int64_t> base() const { return base_; }
  std::span<const std::int64_t> under() const { return under_; }
  std::span<const std::int64_t> over() const { return over_; }
  std::span<const std::int64_t> sent() const { return sent_; }
  std::span<const std::int64_t> spread() const { return spread_; }

  /// Finds the cheapest placement in one pass over the table; the lowest row wins a tie. Costs must fit 64 bits
  /// (fits_int64).
  std::size_t solve(const Penalties& penalties) const;

 private:
  class Builder;

  void add(const Coefficients& sums, const std::vector<std::int32_t>& lots);

  std::size_t queues_;
  std::vector<std::int64_t> base_, under_, over_, sent_, spread_;
  std::vector<std::int32_t> lots_;  ///< M, L_1 … L_K of each row.
};

/// Counts the placements of a problem and checks the limit. \throws Error (resources), with advice, if there are more
/// than `max_candidates`
std::size_t check_candidates(std::int64_t lots, std::size_t queues, std::size_t max_candidates);

}  // namespace sorsweep::cont_kukanov
