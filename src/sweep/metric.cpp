#include "sorsweep/sweep/metric.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

using execution::Fills;

unsigned __int128 square(const Fills& fills) {
  return static_cast<unsigned __int128>(static_cast<__int128>(fills.slippage) * fills.slippage);
}

/// Σ slippage² needs more than 64 bits and is kept as high · 2^32 + low.
std::int64_t square_high(const Fills& fills) {
  const auto high = square(fills) >> 32;
  if (high > INT64_MAX)
    throw Error(Exit::input, "the square of a slice's slippage leaves 95 bits",
                fmt::format("its slippage is ${}", format_decimal(fills.slippage)), "take square out of run.metrics");
  return static_cast<std::int64_t>(high);
}

std::int64_t square_low(const Fills& fills) {
  return static_cast<std::int64_t>(square(fills) & 0xffff'ffff);
}

std::deque<MetricInfo>& all_metrics() {
  static std::deque<MetricInfo> all = {
      {"fills", "market_shares", "shares", &Fills::market, 0},
      {"fills", "limit_shares", "shares", &Fills::limit, 0},
      {"fills", "cleanup_shares", "shares", &Fills::cleanup, 0},
      {"fills", "unwound_shares", "shares", &Fills::unwound, 0},
      {"square", "slippage_square_high", "(1e-9 USD)^2 x 2^32", square_high, 0},
      {"square", "slippage_square_low", "(1e-9 USD)^2", square_low, 0},
  };
  return all;
}

void check_free(const std::string& name, std::string MetricInfo::*member) {
  check_name(name, "a metric");
  if (std::ranges::find(metrics(), name, member) != metrics().end())
    throw Error(Exit::usage, fmt::format("a metric named {} exists already", name));
}

}  // namespace

const std::deque<MetricInfo>& metrics() {
  return all_metrics();
}

const MetricInfo& metric_info(Metric metric) {
  return metrics().at(static_cast<std::size_t>(metric));
}

Metric register_metric(MetricInfo metric) {
  check_free(metric.word, &MetricInfo::word);
  check_free(metric.name, &MetricInfo::name);
  if (!metric.value) throw Error(Exit::usage, fmt::format("the metric {} has no value", metric.name));
  all_metrics().push_back(std::move(metric));
  return static_cast<Metric>(metrics().size() - 1);
}

}  // namespace sorsweep
