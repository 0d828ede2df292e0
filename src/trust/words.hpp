/// \file
/// The verdict in sentences: the number comes first, its sign is said in words, and the caveat follows. docs/trust.md
/// gives the rules.
#pragma once

#include <string>
#include <vector>

#include "trust/verdict.hpp"

namespace sorsweep::trust {

/// With fewer days an interval is said to be too narrow; docs/trust.md has the measurements.
inline constexpr std::size_t kFewDays = 20;

/// Returns the comparison that the verdict begins with: the yardstick that did best, out of sample where there is an
/// interval, else in sample. Null where there are no comparisons.
const Comparison* comparison_to_tell(const std::vector<Comparison>& comparisons);

/// Says how much cheaper or dearer the choice was than another way to trade.
/// \param other      its name, as the sentence needs it
/// \param unit       of the interval's figures
/// \param confidence of the interval, between 0 and 1
std::string tell(const Comparison& comparison, const std::string& other, const std::string& unit, double confidence);

/// Says what the walk-forward cost, or why there is none.
std::string tell(const WalkForward& walk_forward, const std::string& unit);

/// Says how probable overfitting is and what that means, or why there is no probability.
std::string tell(const Overfitting& overfitting, std::size_t days);

/// Says that the intervals are too narrow.
std::string tell_few_days();

/// Says how many points share the best score.
std::string tell_ties(std::size_t ties, std::size_t points);

}  // namespace sorsweep::trust
