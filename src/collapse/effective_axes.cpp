// tested by: tests/collapse/collapse_test.cpp (EffectiveAxes)
#include "collapse/effective_axes.hpp"

#include <algorithm>
#include <cmath>

namespace sorsweep {
namespace {

constexpr std::size_t kBucketsPerValue = 4;

std::vector<double> as_doubles(std::span<const Nano> values) {
  return {values.begin(), values.end()};
}

std::size_t last_effective(const AffineGrid& grid) {
  for (std::size_t a = grid.axes(); a-- > 0;)
    if (grid.length(a) > 1) return a;
  return grid.axes() - 1;
}

}  // namespace

AxisLookup::AxisLookup(std::vector<double> values) : values_(std::move(values)), origin_(values_.front()) {
  const auto steps = static_cast<double>(values_.size() - 1);
  const double span = values_.back() - origin_;
  per_nano_ = span > 0 ? steps / span : 0;
  for (std::size_t i = 0; i < values_.size(); ++i)
    linear_ &= std::abs((values_[i] - origin_) * per_nano_ - static_cast<double>(i)) < 0.25;
  if (!linear_) {
    per_nano_ *= kBucketsPerValue;
    const auto buckets = kBucketsPerValue * (values_.size() - 1) + 2;
    for (std::size_t b = 0; b < buckets; ++b) {
      const auto at = std::ranges::lower_bound(values_, origin_ + static_cast<double>(b) / per_nano_);
      bucket_.push_back(static_cast<int>(at - values_.begin()));
    }
  }
  for (const double value : values_) lowest_.push_back((value - origin_) * per_nano_);
}

int AxisLookup::search(double value, std::size_t bucket) const {
  const auto begin = values_.begin();
  const auto first = begin + bucket_[bucket];
  const auto last = begin + bucket_[std::min(bucket + 1, bucket_.size() - 1)];
  return static_cast<int>(std::lower_bound(first, last, value) - begin);
}

EffectiveAxes::EffectiveAxes(const AffineGrid& grid) : fastest(as_doubles(grid.values(last_effective(grid)))) {
  const auto last = last_effective(grid);
  for (std::size_t a = 0; a <= last; ++a) {
    if (grid.length(a) == 1 && a != last) continue;
    axis[count] = a;
    nano[count].assign(grid.values(a).begin(), grid.values(a).end());
    x[count] = as_doubles(grid.values(a));
    ++count;
  }
}

Precision precision_of(const EffectiveAxes& axes, std::span<const double> base, const SlopeColumns& slope) {
  std::array<double, kMostAffineAxes> most{};
  for (std::size_t e = 0; e < axes.count; ++e)
    most[e] = std::max(std::abs(axes.x[e].front()), std::abs(axes.x[e].back()));
  double bound = 0;
  for (std::size_t c = 0; c < base.size(); ++c) {
    double terms = std::abs(base[c]);
    for (std::size_t e = 0; e < axes.count; ++e) terms += most[e] * std::abs(static_cast<double>(slope[e][c]));
    bound = terms > bound ? terms : bound;
  }
  const double rounding = std::ldexp(bound, 10 - 53);
  return {rounding, bound < std::ldexp(1.0, 51) ? 0 : rounding};
}

}  // namespace sorsweep
