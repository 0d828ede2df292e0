// The notebook's backtest with one SIMD lane a point. Same operations in the same order as notebook.cpp: a lane that
// would not fill adds 0 shares at cost 0, which changes no bit of a sum that is not negative zero.
//
// Bound by the divider: a quote costs a lane one division (size / (size + l)), a snapshot another one unless K is a
// power of two, when multiplying by 1/K is the same to the last bit.
#include <algorithm>
#include <array>
#include <bit>

#include "sorsweep/router/notebook.hpp"

namespace sorsweep::notebook {
namespace {

/// Lanes that go together: four AVX2 registers a quantity, enough to hide the latency of the divider.
constexpr std::size_t kLanes = 16;
using Lanes = std::array<double, kLanes>;

struct LaneState {
  alignas(64) Lanes remaining, cost, filled, market, limit;
};

/// Splits what is left into the market part and the limit part of each venue.
void allocate(LaneState& lane, std::uint32_t venues) {
  const double k = venues;
  const bool exact_inverse = std::has_single_bit(venues);
  const double inverse = 1.0 / k;
#pragma omp simd
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double left = std::max(0.0, lane.remaining[i]);
    lane.market[i] = left < 1000 ? left * 0.1 : left * 0.4;
    lane.limit[i] = left - lane.market[i];
  }
  if (exact_inverse) {
#pragma omp simd
    for (std::size_t i = 0; i < kLanes; ++i) lane.limit[i] *= inverse;
  } else {
#pragma omp simd
    for (std::size_t i = 0; i < kLanes; ++i) lane.limit[i] /= k;
  }
}

void take_market(LaneState& lane, double px, double size) {
#pragma omp simd
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double taken = std::min(lane.market[i], size);
    lane.cost[i] += taken * px;
    lane.filled[i] += taken;
    lane.remaining[i] -= taken;
    lane.market[i] -= taken;
  }
}

void take_limit(LaneState& lane, double px, double size) {
#pragma omp simd
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double probability = std::min(1.0, size / (size + lane.limit[i]));
    const double taken = std::min(lane.limit[i] * probability, size);
    lane.cost[i] += taken * px;
    lane.filled[i] += taken;
    lane.remaining[i] -= taken;
  }
}

bool any_left(const LaneState& lane) {
  double most = 0;
#pragma omp simd reduction(max : most)
  for (std::size_t i = 0; i < kLanes; ++i) most = std::max(most, lane.remaining[i]);
  return most > 0;
}

void run_group(const EventTape& tape, double shares, LaneState& lane) {
  lane.remaining.fill(shares);
  lane.cost.fill(0);
  lane.filled.fill(0);
  for (std::size_t s = 0; s < tape.snapshots() && any_left(lane); ++s) {
    const auto begin = tape.first_quote[s];
    const auto end = tape.first_quote[s + 1];
    allocate(lane, end - begin);
    for (auto i = begin; i < end; ++i) take_market(lane, tape.ask_px[tape.by_ask[i]], tape.ask_sz[tape.by_ask[i]]);
    for (auto q = begin; q < end; ++q)
      if (tape.ask_sz[q] > 0) take_limit(lane, tape.ask_px[q], tape.ask_sz[q]);
  }
}

}  // namespace

void run_lanes(const EventTape& tape, const ParameterColumns& points, double shares, std::span<double> total_cost,
               std::span<double> filled_shares) {
  LaneState lane;
  for (std::size_t first = 0; first < points.size(); first += kLanes) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(kLanes, points.size() - first));
    run_group(tape, shares, lane);
    std::copy_n(lane.cost.begin(), count, total_cost.begin() + static_cast<std::ptrdiff_t>(first));
    std::copy_n(lane.filled.begin(), count, filled_shares.begin() + static_cast<std::ptrdiff_t>(first));
  }
}

}  // namespace sorsweep::notebook
