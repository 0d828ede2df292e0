// Benchmarks of adding a day's surface to the sums over days.
#include "instances.hpp"
#include "kernels/checks.hpp"
#include "reduce/point_sums.hpp"

namespace sorsweep::bench {
namespace {

/// Adds a later day, because the first one sets the sums instead. A point takes 8 bytes of the day, and reads and
/// writes four sums.
void add_day(benchmark::State& state) {
  const auto points = static_cast<std::size_t>(state.range(0));
  const auto surface = pinned_slippage(points);
  const auto facts = pinned_facts();
  const auto sums = make_point_sums({76'000, true, {Objective::Kind::slippage_bps, 0}, 0, 2});
  sums->reset(points);
  sums->add(facts, {{}, {}, surface});
  DayBest best;
  for (auto _ : state) best = sums->add(facts, {{}, {}, surface});
  expect(surface[best.best.point] == std::ranges::min(surface), "the best of the day is wrong");
  std::vector<Nano> total(points);
  sums->slippage_nano(0, total);
  for (std::size_t i = 0; i < points; ++i)
    expect(total[i] == surface[i] * static_cast<Nano>(state.iterations() + 1), "the sum over days is wrong");
  for (auto& sum : total) sum /= static_cast<Nano>(state.iterations() + 1);
  rate(state, "points/s", points);
  rate(state, "bytes/s", (8 + 4 * 16) * points);
  label(state, total);
}
BENCHMARK(add_day)->ArgName("points")->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sorsweep::bench
