#include "sweep/summand.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace sorsweep {

Summand slippage_summand() {
  return {"slippage", &execution::Fills::slippage};
}

Summand summand_of(Metric metric) {
  const auto& info = metric_info(metric);
  return {info.name, info.value};
}

void refuse_sum(const Summand& summand) {
  throw Error(Exit::input, fmt::format("the {} of a day leaves 64 bits", summand.name),
              "its prices or sizes are beyond any market");
}

}  // namespace sorsweep
