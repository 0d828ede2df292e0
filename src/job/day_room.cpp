#include "job/day_room.hpp"

#include <algorithm>

namespace sorsweep {

DayRoom::DayRoom(const MemoryPlan& plan, std::uint64_t left, bool is_last)
    : plan_(plan), left_(left), is_last_(is_last), planned_(kDays, kDaysAdvice), winners_(winners_share()) {
  planned_.grow(plan.fixed + plan.each);
}

MemoryShare DayRoom::winners_share() {
  return {"the placements that win", "take fewer days or a coarser grid, or give more with --mem"};
}

void DayRoom::note_day(std::uint64_t contenders, std::uint64_t copied) {
  most_ = std::max(most_, contenders * kBytesPerContender + copied * kBytesPerCopy);
  if (copied <= copied_) return;
  planned_.grow((copied - copied_) * kBytesPerCopy);
  copied_ = copied;
}

void DayRoom::keep_winners(const std::vector<Contenders>& slices) {
  const auto bytes = count_of(slices) * kBytesPerWinner;
  const auto all = winners_.bytes() + bytes;
  if (!is_last_ && all > left_ + next_.bytes()) next_.grow(all - left_ - next_.bytes());
  winners_.grow(bytes);
}

std::size_t DayRoom::days_that_fit() const {
  return sorsweep::days_that_fit(plan_, kept_ + left_ + winners_.bytes() + next_.bytes(), most_);
}

}  // namespace sorsweep
