/// \file
/// Whether the choice of a best point carries over to other days: the probability of backtest overfitting (PBO).
#pragma once

#include <cstddef>
#include <string>

#include "trust/outcomes.hpp"
#include "trust/score.hpp"

namespace sorsweep::trust {

struct OverfittingOptions {
  std::size_t most_groups = 16;  ///< of days; 16 at most
  double most_work = 2e10;       ///< outcomes × splits; beyond it fewer groups are taken, but 4 at least
};

struct Overfitting {
  double probability = 0;  ///< share of splits with a logit below 0, and half of those with exactly 0
  double mean_logit = 0;   ///< over splits; above 0: the choice carries over
  std::size_t splits = 0;
  std::size_t groups = 0;    ///< of days
  std::size_t outcomes = 0;  ///< distinct ones: ranks are among them. Not a number of independent trials
  std::string note;          ///< where groups were given up to save work; else empty
  std::string skipped;       ///< why there is nothing; empty: there is
};

/// PBO by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado, Zhu 2015, J. Comput. Finance,
/// §3). Days are cut into S contiguous groups of nearly equal size (longer ones first). For each of the C(S, S/2) ways to
/// take half of them: the row with the best score on that half (the lowest of equals), its rank from the worst, 1, to
/// the best, N, on the other half (equal ones share the mean of their ranks), ω = rank / (N + 1), λ = ln(ω / (1 − ω)).
///
/// Costs 2 · N · C(S, S/2) additions on one thread: 65,536 outcomes in 16 groups take about a second. Sums of a half are
/// made in a fixed order, so rows with the same figures on it tie exactly.
/// \param outcomes equal rows merged (`distinct`): the ranks would be of points otherwise
/// \throws Error (internal) for a value that is not finite
Overfitting overfitting(const Outcomes& outcomes, const Score& score, const OverfittingOptions& options = {});

}  // namespace sorsweep::trust
