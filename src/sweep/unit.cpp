// tested by: tests/sweep/graph_test.cpp (make_surface)
#include "sorsweep/sweep/unit.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace sorsweep {
namespace {

void append(Contenders& to, const Contenders& from, std::size_t c) {
  to.number.push_back(from.number[c]);
  to.base.push_back(from.base[c]);
  to.under.push_back(from.under[c]);
  to.over.push_back(from.over[c]);
  to.sent.push_back(from.sent[c]);
  to.spread.push_back(from.spread[c]);
  to.fills.push_back(from.fills[c]);
}

}  // namespace

std::int64_t SliceDay::shares() const {
  return std::accumulate(slices.begin(), slices.end(), std::int64_t{0},
                         [](std::int64_t sum, const SliceRecord& slice) { return sum + slice.shares; });
}

std::size_t SliceDay::cold() const {
  return static_cast<std::size_t>(std::ranges::count_if(slices, [](const SliceRecord& slice) {
    return slice.decided == Decided::few_samples || slice.decided == Decided::overflow;
  }));
}

std::size_t SliceDay::pooled() const {
  return static_cast<std::size_t>(std::ranges::count(slices, Decided::pooled, &SliceRecord::decided));
}

Nano SliceDay::arrival_slippage(Yardstick yardstick) const {
  return slippage[yardstick] + (yardstick == kImmediate ? 0 : drift);
}

// The factor is rounded once for all points of a day. `bps_of` (report) and the sums of yardsticks (reduce) round in
// another order, and stay apart because surfaces, hashes and tables depend on the last bit.
double bps_per_nano(const SliceDay& day) {
  constexpr double bps = 1e4;
  constexpr double dollars_per_nano = 1e-9;
  return bps * dollars_per_nano / arrival_value(day);
}

double arrival_value(const SliceDay& day) {
  return static_cast<double>(day.shares()) * (static_cast<double>(day.arrival_bid_plus_ask) / 2) * 1e-9;
}

Contenders pick(const Contenders& all, std::span<const std::uint32_t> chosen) {
  Contenders picked;
  picked.number.reserve(chosen.size());
  for (auto* column : {&picked.base, &picked.under, &picked.over, &picked.sent, &picked.spread})
    column->reserve(chosen.size());
  picked.fills.reserve(chosen.size());
  for (const auto c : chosen) append(picked, all, c);
  return picked;
}

Contenders unite(const Contenders& a, const Contenders& b) {
  Contenders both;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const bool is_of_a = j == b.size() || (i < a.size() && a.number[i] <= b.number[j]);
    if (!is_of_a) {
      append(both, b, j++);
      continue;
    }
    if (j < b.size() && a.number[i] == b.number[j]) ++j;
    append(both, a, i++);
  }
  return both;
}

Surface make_surface(std::size_t points, bool is_sliced) {
  Surface surface;
  if (is_sliced) {
    surface.slippage.resize(points);
  } else {
    surface.total_cost.resize(points);
    surface.filled_shares.resize(points);
  }
  return surface;
}

WritableRows writable_rows_of(Surface& surface, std::size_t first, std::size_t count) {
  if (surface.is_sliced()) return {{}, {}, std::span(surface.slippage).subspan(first, count)};
  return {
      std::span(surface.total_cost).subspan(first, count), std::span(surface.filled_shares).subspan(first, count), {}};
}

SurfaceRows rows_of(const Surface& surface, std::size_t first, std::size_t count) {
  if (surface.is_sliced()) return {{}, {}, std::span(surface.slippage).subspan(first, count)};
  return {
      std::span(surface.total_cost).subspan(first, count), std::span(surface.filled_shares).subspan(first, count), {}};
}

}  // namespace sorsweep
