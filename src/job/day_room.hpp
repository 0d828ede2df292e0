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
  /// Takes from the budget what is planned, with one day in flight.
  /// \param left    bytes of the winners that earlier structural points have left, and taken from the budget
  /// \param is_last whether no structural point follows
  /// \throws Error (resources) if earlier structural points left too much
  explicit DayRoom(const MemoryPlan& plan, std::uint64_t left = 0, bool is_last = true);

  /// Notes a day with so many placements that could win, of which so many were copied. The room keeps the copies of one
  /// such day free. \throws Error (resources) if that is too much. Nothing is noted twice if it is called again.
  void note_day(std::uint64_t contenders, std::uint64_t copied);

  /// Notes a day that stays with its placements. They hold their own share of the budget.
  void keep_day(std::uint64_t contenders) { kept_ += contenders * kBytesPerContender; }

  /// Notes a day that leaves the placements that win. The winners of the best structural point stay until the run ends,
  /// so while another one follows, the room keeps as much free for its winners: a lack of memory shows in the first
  /// structural point, and not after hours of work. \throws Error (resources) if they are too many
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
  static MemoryShare winners_share();

  const MemoryPlan& plan_;
  const std::uint64_t left_;
  const bool is_last_;
  MemoryShare planned_, winners_;
  MemoryShare next_ = winners_share();  ///< What is kept free for the next structural point.
  std::uint64_t most_ = 0;              ///< Bytes of the placements of a day in flight, at the most so far.
  std::uint64_t copied_ = 0;            ///< The most placements of a day that were copied.
  std::uint64_t kept_ = 0;              ///< Bytes of the days that stay.
};

}  // namespace sorsweep
