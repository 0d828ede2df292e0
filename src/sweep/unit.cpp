#include "sorsweep/sweep/unit.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace sorsweep {

std::int64_t SliceDay::shares() const {
  return std::accumulate(slices.begin(), slices.end(), std::int64_t{0},
                         [](std::int64_t sum, const SliceRecord& slice) { return sum + slice.shares; });
}

std::size_t SliceDay::cold() const {
  using cont_kukanov::Decided;
  return static_cast<std::size_t>(std::ranges::count_if(slices, [](const SliceRecord& slice) {
    return slice.decided == Decided::few_samples || slice.decided == Decided::overflow;
  }));
}

Nano SliceDay::arrival_slippage(Yardstick yardstick) const {
  return slippage[yardstick] + (yardstick == kImmediate ? 0 : drift);
}

void add_to_hash(Hasher& hasher, const UnitResult& unit) {
  const auto& surface = unit.surface;
  hasher.add_text(unit.facts.day.symbol).add_text(format_date(unit.facts.day.date));
  if (surface.is_sliced()) {
    hasher.add_column(std::span<const std::int64_t>(surface.slippage));
    return;
  }
  hasher.add_column(std::span<const double>(surface.total_cost));
  hasher.add_column(std::span<const double>(surface.filled_shares));
}

}  // namespace sorsweep
