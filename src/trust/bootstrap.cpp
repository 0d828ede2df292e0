#include "trust/bootstrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/error.hpp"
#include "core/split_mix.hpp"

namespace sorsweep::trust {
namespace {

double mean_of(std::span<const double> series) {
  return series.empty() ? 0 : std::accumulate(series.begin(), series.end(), 0.0) / static_cast<double>(series.size());
}

void check(const BootstrapOptions& options) {
  const bool has_length = options.mean_block_days == 0 || options.mean_block_days >= 1;
  if (options.resamples == 0 || !has_length || !(options.confidence > 0 && options.confidence < 1))
    throw Error(Exit::internal, "bootstrap: an option is out of range");
}

/// Computes the mean of resample number `index`.
double resampled_mean(std::span<const double> series, double restart, std::uint64_t seed, std::uint64_t index) {
  const auto days = series.size();
  std::uint64_t draw = 2 * index * days;
  std::size_t day = 0;
  double sum = 0;
  for (std::size_t t = 0; t < days; ++t, draw += 2) {
    const bool begins = t == 0 || to_unit_interval(split_mix_at(seed, draw)) < restart;
    const double where = to_unit_interval(split_mix_at(seed, draw + 1));
    const auto next = day + 1 == days ? 0 : day + 1;
    day = begins ? static_cast<std::size_t>(where * static_cast<double>(days)) : next;
    sum += series[day];
  }
  return sum / static_cast<double>(days);
}

/// Interpolates linearly between the ranks around (count − 1) · share, counted from 0 (type 7 of Hyndman & Fan 1996).
double percentile(const std::vector<double>& sorted, double share) {
  const double rank = static_cast<double>(sorted.size() - 1) * share;
  const auto below = static_cast<std::size_t>(rank);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (rank - static_cast<double>(below));
}

}  // namespace

Interval bootstrap_mean(std::span<const double> series, const BootstrapOptions& options) {
  check(options);
  Interval result;
  result.days = series.size();
  result.mean = mean_of(series);
  if (series.size() < kFewestBootstrapDays) {
    result.skipped = fmt::format("needs {} days or more; {} given", kFewestBootstrapDays, series.size());
    return result;
  }
  const double given = options.mean_block_days;
  result.mean_block_days = given > 0 ? given : std::cbrt(static_cast<double>(series.size()));
  std::vector<double> means(options.resamples);
  for (std::size_t b = 0; b < means.size(); ++b)
    means[b] = resampled_mean(series, 1 / result.mean_block_days, options.seed, b);
  std::ranges::sort(means);
  result.low = percentile(means, (1 - options.confidence) / 2);
  result.high = percentile(means, (1 + options.confidence) / 2);
  const auto not_below = means.end() - std::ranges::lower_bound(means, 0.0);
  result.share_not_below_zero = static_cast<double>(not_below) / static_cast<double>(means.size());
  return result;
}

}  // namespace sorsweep::trust
