/// \file
/// The probability of backtest overfitting (PBO): whether the choice of the best point carries over to other days.
#pragma once

#include <cstddef>
#include <string>

#include "trust/outcomes.hpp"
#include "trust/score.hpp"

namespace sorsweep::trust {

struct OverfittingOptions {
  std::size_t most_groups = 16;  ///< The most groups of days, up to 16.
  double most_work = 2e10;       ///< Outcomes × splits. Beyond it fewer groups are used, at least 4.
};

struct Overfitting {
  double probability = 0;  ///< Share of splits with a negative logit, plus half of those with logit 0.
  double mean_logit = 0;   ///< Over splits. Positive if the choice carries over.
  std::size_t splits = 0;
  std::size_t groups = 0;    ///< Groups of days.
  std::size_t outcomes = 0;  ///< Distinct outcomes, which ranks are taken among. They are not independent trials.
  std::string note;          ///< Says so if groups were reduced to save work. Otherwise empty.
  std::string skipped;       ///< Why there is no result. Empty if there is one.
};

/// Computes PBO by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado, Zhu 2015, J. Comput.
/// Finance, §3). Days are cut into S contiguous groups of nearly equal size, longer ones first. For each of the C(S,
/// S/2) halves, the row with the best score on it (the lowest among equals) is ranked on the other half from 1, the
/// worst, to N, the best; equal rows share the mean of their ranks. Then ω = rank / (N + 1) and λ = ln(ω / (1 − ω)).
///
/// It takes 2 · N · C(S, S/2) additions on one thread, about a second for 65,536 outcomes in 16 groups. The sums of a
/// half are computed in a fixed order, so rows with the same values tie exactly.
/// \param outcomes with equal rows merged (`distinct`), since otherwise points are ranked
/// \throws Error (internal) if a value is not finite
Overfitting overfitting(const Outcomes& outcomes, const Score& score, const OverfittingOptions& options = {});

}  // namespace sorsweep::trust
