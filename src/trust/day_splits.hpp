/// \file
/// Days cut into groups, and the ways to take half of the groups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sorsweep::trust {

inline constexpr std::size_t kFewestGroups = 4;
inline constexpr std::size_t kMostGroups = 16;  // as in the paper; tables of half_scores.hpp grow as 2^(groups / 2)

/// Bit g: group g is in the half.
using GroupMask = std::uint32_t;

/// An even number of contiguous groups; the first `days % groups` of them have a day more.
class DaySplits {
 public:
  DaySplits(std::size_t days, std::size_t groups);

  std::size_t groups() const { return groups_; }

  /// [first, last) of a group.
  std::pair<std::size_t, std::size_t> days_of(std::size_t group) const;
  std::size_t day_count(GroupMask half) const;

  /// All halves, ascending.
  const std::vector<GroupMask>& halves() const { return halves_; }
  GroupMask complement(GroupMask half) const { return ~half & ((GroupMask{1} << groups_) - 1); }

 private:
  std::size_t days_, groups_;
  std::vector<GroupMask> halves_;
};

/// C(groups, groups / 2), of an even number.
std::size_t count_halves(std::size_t groups);

}  // namespace sorsweep::trust
