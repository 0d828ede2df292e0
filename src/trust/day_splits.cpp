// tested by: tests/trust/overfitting_test.cpp (DaySplits)
#include "trust/day_splits.hpp"

#include <algorithm>
#include <bit>

namespace sorsweep::trust {

DaySplits::DaySplits(std::size_t days, std::size_t groups) : days_(days), groups_(groups) {
  for (GroupMask mask = 0; mask < GroupMask{1} << groups; ++mask)
    if (static_cast<std::size_t>(std::popcount(mask)) == groups / 2) halves_.push_back(mask);
}

std::pair<std::size_t, std::size_t> DaySplits::days_of(std::size_t group) const {
  const auto begin = [this](std::size_t g) { return g * (days_ / groups_) + std::min(g, days_ % groups_); };
  return {begin(group), begin(group + 1)};
}

std::size_t DaySplits::day_count(GroupMask half) const {
  std::size_t count = 0;
  for (std::size_t g = 0; g < groups_; ++g)
    if ((half >> g & 1U) != 0) count += days_of(g).second - days_of(g).first;
  return count;
}

std::size_t count_halves(std::size_t groups) {
  std::size_t count = 1;
  for (std::size_t i = 1; i <= groups / 2; ++i) count = count * (groups / 2 + i) / i;
  return count;
}

}  // namespace sorsweep::trust
