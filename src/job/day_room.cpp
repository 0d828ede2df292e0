#include "job/day_room.hpp"

namespace sorsweep {
namespace {

/// Bytes of a placement that can win while its day is in flight: it is copied for its unit's file, which is made in
/// memory.
constexpr std::uint64_t kBytesInFlight = 2 * kBytesPerContender;

}  // namespace

DayRoom::DayRoom(const MemoryPlan& plan)
    : plan_(plan),
      planned_(kDays, kDaysAdvice),
      winners_("the placements that win", "take fewer days or a coarser grid, or give more with --mem") {
  planned_.grow(plan.fixed + plan.each);
}

void DayRoom::note_day(std::uint64_t contenders) {
  if (contenders <= most_) return;
  planned_.grow((contenders - most_) * (kBytesInFlight - kBytesPerContender));
  most_ = contenders;
}

void DayRoom::keep_winners(const std::vector<Contenders>& slices) {
  std::uint64_t bytes = 0;
  for (const auto& slice : slices)
    bytes += slice.size() * (sizeof(std::uint32_t) + 5 * sizeof(std::int64_t) + sizeof(execution::Fills));
  winners_.grow(bytes);
  kept_ += bytes;
}

std::size_t DayRoom::days_that_fit() const {
  return sorsweep::days_that_fit(plan_, kept_, most_ * kBytesInFlight);
}

}  // namespace sorsweep
