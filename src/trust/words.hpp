/// \file
/// The verdict in sentences. Rules: docs/trust.md.
#pragma once

#include <string>
#include <vector>

#include "trust/verdict.hpp"

namespace sorsweep::trust {

/// Below that many days an interval is said to be too narrow: measured in docs/trust.md.
inline constexpr std::size_t kFewDays = 20;

/// Of several comparisons the one to speak of: out of sample where there is an interval, else in sample; with the baseline
/// that did best. Nothing where there are no baselines.
const Comparison* comparison_to_tell(const std::vector<Comparison>& comparisons);

/// \param confidence of the interval, between 0 and 1
std::string tell(const Comparison& comparison, const std::string& other, const std::string& unit, double confidence);
std::string tell(const WalkForward& walk_forward, const std::string& unit);
std::string tell(const Overfitting& overfitting, std::size_t days);
std::string tell_few_days();
std::string tell_ties(std::size_t ties, std::size_t points);

}  // namespace sorsweep::trust
