#include "job/play_point.hpp"

namespace sorsweep {

PlayedDay play_point(const DayData& day, const SliceSettings& settings, const Grid& grid, const Grid::Values& at) {
  PlayedDay played{make_slice_cases(day, settings, grid), {}, {}, 0};
  played.slippage = played.slices.facts.drift;
  for (const auto& slice : played.slices.cases) {
    const auto& decision = played.decisions.emplace_back(decide(slice, settings, grid, at));
    const auto& fills = played.fills.emplace_back(slice.execute(decision.placement.market, decision.placement.limits));
    played.slippage += fills.slippage;
  }
  return played;
}

}  // namespace sorsweep
