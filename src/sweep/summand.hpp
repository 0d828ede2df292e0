/// \file
/// What is summed over the slices of a day: the slippage or another metric.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "sorsweep/sweep/metric.hpp"

namespace sorsweep {

/// A figure that is summed over slices.
struct Summand {
  std::string name;  ///< For messages.
  std::function<std::int64_t(const execution::Fills&)> of;
};

/// The slippage in nano-dollars against the mid at each slice's t0.
inline Summand slippage_summand() {
  return {"slippage", &execution::Fills::slippage};
}

inline Summand summand_of(Metric metric) {
  const auto& info = metric_info(metric);
  return {info.name, info.value};
}

/// The largest magnitude of a day's sum. It leaves room for adding the day's drift.
inline constexpr std::int64_t kMostDaySum = INT64_MAX / 2;

/// Refuses a sum that is beyond kMostDaySum, or could be. \throws Error (input)
[[noreturn]] inline void refuse_sum(const Summand& summand) {
  throw Error(Exit::input, fmt::format("the {} of a day leaves 64 bits", summand.name),
              "its prices or sizes are beyond any market");
}

}  // namespace sorsweep
