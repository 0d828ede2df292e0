/// \file
/// Cuts days into groups and lists the ways to take half of the groups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sorsweep::trust {

inline constexpr std::size_t kFewestGroups = 4;
inline constexpr std::size_t kMostGroups = 16;  // As in the paper. Tables of half_scores.hpp grow as 2^(groups / 2).

/// A set of groups: bit g stands for group g.
using GroupMask = std::uint32_t;

/// Days in an even number of contiguous groups. The first `days % groups` of them have one more day.
class DaySplits {
 public:
  DaySplits(std::size_t days, std::size_t groups);

  std::size_t groups() const { return groups_; }

  /// The days [first, last) of a group.
  std::pair<std::size_t, std::size_t> days_of(std::size_t group) const;
  std::size_t day_count(GroupMask half) const;

  /// All halves, in ascending order.
  const std::vector<GroupMask>& halves() const { return halves_; }
  GroupMask complement(GroupMask half) const { return ~half & ((GroupMask{1} << groups_) - 1); }

 private:
  std::size_t days_, groups_;
  std::vector<GroupMask> halves_;
};

/// C(groups, groups / 2) for an even number of groups.
std::size_t count_halves(std::size_t groups);

}  // namespace sorsweep::trust
