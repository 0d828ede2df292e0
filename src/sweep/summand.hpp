/// \file
/// What is summed over the slices of a day: the slippage, or another metric.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "sorsweep/sweep/metric.hpp"

namespace sorsweep {

struct Summand {
  std::string name;  ///< for messages
  std::function<std::int64_t(const execution::Fills&)> of;
};

/// Nano-dollars, against the mid of the slice's t0.
inline Summand slippage_summand() {
  return {"slippage", &execution::Fills::slippage};
}

inline Summand summand_of(Metric metric) {
  const auto& info = metric_info(metric);
  return {info.name, info.value};
}

/// A day's sum stays within this much of zero: then all may be added up, and the day's drift to them.
inline constexpr std::int64_t kMostDaySum = INT64_MAX / 2;

/// \throws Error (input): the day's sum is beyond kMostDaySum, or could be
[[noreturn]] inline void refuse_sum(const Summand& summand) {
  throw Error(Exit::input, fmt::format("the {} of a day leaves 64 bits", summand.name),
              "its prices or sizes are beyond any market");
}

}  // namespace sorsweep
