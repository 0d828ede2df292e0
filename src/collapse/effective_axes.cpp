// tested by: tests/collapse/collapse_test.cpp (EffectiveAxes)
#include "collapse/effective_axes.hpp"

#include <algorithm>
#include <cmath>

#include "collapse/wrapping.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kBucketsPerValue = 4;

/// Returns the distances of values from the first one. They fit an unsigned number, so each is rounded once.
std::vector<double> distances(std::span<const Nano> values) {
  std::vector<double> from_first;
  for (const auto value : values) from_first.push_back(static_cast<double>(wrapping(value) - wrapping(values[0])));
  return from_first;
}

std::size_t last_effective(const AffineGrid& grid) {
  for (std::size_t a = grid.axes(); a-- > 0;)
    if (grid.length(a) > 1) return a;
  return grid.axes() - 1;
}

}  // namespace

AxisLookup::AxisLookup(std::vector<double> values) : values_(std::move(values)) {
  const auto steps = static_cast<double>(values_.size() - 1);
  const double span = values_.back();
  per_nano_ = span > 0 ? steps / span : 0;
  for (std::size_t i = 0; i < values_.size(); ++i)
    linear_ &= std::abs(values_[i] * per_nano_ - static_cast<double>(i)) < 0.25;
  if (!linear_) {
    per_nano_ *= kBucketsPerValue;
    const auto buckets = kBucketsPerValue * (values_.size() - 1) + 2;
    for (std::size_t b = 0; b < buckets; ++b) {
      const auto at = std::ranges::lower_bound(values_, static_cast<double>(b) / per_nano_);
      bucket_.push_back(static_cast<int>(at - values_.begin()));
    }
  }
  for (const double value : values_) lowest_.push_back(value * per_nano_);
}

int AxisLookup::search(double value, std::size_t bucket) const {
  const auto begin = values_.begin();
  const auto first = begin + bucket_[bucket];
  const auto last = begin + bucket_[std::min(bucket + 1, bucket_.size() - 1)];
  return static_cast<int>(std::lower_bound(first, last, value) - begin);
}

EffectiveAxes::EffectiveAxes(const AffineGrid& grid) : fastest(distances(grid.values(last_effective(grid)))) {
  const auto last = last_effective(grid);
  for (std::size_t a = 0; a <= last; ++a) {
    if (grid.length(a) == 1 && a != last) continue;
    axis[count] = a;
    for (const auto value : grid.values(a)) nano[count].push_back(minus(value, grid.values(a)[0]));
    x[count] = distances(grid.values(a));
    ++count;
  }
}

Precision precision_of(const EffectiveAxes& axes, std::span<const std::int64_t> base, const SlopeColumns& slope) {
  // A difference of two costs then stays below 2^52. At a box's centre there are halves, so that 53 bits are needed.
  constexpr double exact_below = 1ULL << 51;
  double most = 0;
  for (std::size_t c = 0; c < base.size(); ++c) {
    double terms = std::abs(static_cast<double>(base[c]));
    for (std::size_t e = 0; e < axes.count; ++e) terms += axes.x[e].back() * std::abs(static_cast<double>(slope[e][c]));
    most = terms > most ? terms : most;
  }
  const double rounding = std::ldexp(most, 10 - 53);
  return {rounding, most < exact_below ? 0 : rounding};
}

}  // namespace sorsweep
