/// \file
/// How much room the days of a structural point have, as their placements become known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/memory_budget.hpp"
#include "job/memory_plan.hpp"
#include "sweep/affine_evaluation.hpp"

namespace sorsweep {

/// Follows what days take and what they leave. It is called by one thread at a time.
class DayRoom {
 public:
  /// Takes from the budget what is planned, with one day in flight. \throws Error (resources) if earlier structural
  /// points left too much
  explicit DayRoom(const MemoryPlan& plan);

  /// Notes a day with so many placements that could win. The room keeps the copy of one such day free.
  /// \throws Error (resources) if that is too much
  void note_day(std::uint64_t contenders);

  /// Notes a day that stays with its placements. They hold their own share of the budget.
  void keep_day(std::uint64_t contenders) { kept_ += contenders * kBytesPerContender; }

  /// Notes a day that leaves the placements that win. \throws Error (resources) if they are too many
  void keep_winners(const std::vector<Contenders>& slices);

  /// Gives back what days in flight take, when none will be any more.
  void end_days() { planned_ = MemoryShare(kDays, kDaysAdvice); }

  /// Returns how many days may be in flight from now on.
  std::size_t days_that_fit() const;

  /// Gives away the memory of the winners, which outlive the structural point.
  MemoryShare take_winners() { return std::move(winners_); }

 private:
  static constexpr const char* kDays = "the days and their sums";
  static constexpr const char* kDaysAdvice = "take a coarser grid or fewer structural points, or give more with --mem";

  const MemoryPlan& plan_;
  MemoryShare planned_, winners_;
  std::uint64_t most_ = 0;  ///< The most placements of a day so far.
  std::uint64_t kept_ = 0;  ///< Bytes.
};

}  // namespace sorsweep
