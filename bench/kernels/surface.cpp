// Benchmarks of a slice's decisions on the grid: boxes and lines, the running sum, and brute force beside them.
#include "instances.hpp"
#include "kernels/checks.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep::bench {
namespace {

using cont_kukanov::CandidateTable;

PrunedCandidates pruned(const AffineGrid& grid, const CandidateTable& table) {
  PrunedCandidates kept;
  Pruner(grid).prune(costs_of(table), kept);
  return kept;
}

std::vector<std::int64_t> collapsed(const AffineGrid& grid, const CandidateTable& table) {
  SlabSurface slab(grid);
  slab.reset({0, grid.length(0)});
  slab.add_slice(pruned(grid, table), value_of);
  std::vector<std::int64_t> surface(grid.size());
  slab.integrate(surface);
  return surface;
}

/// Compares with brute force, on a grid that is small enough for it.
void check_collapse(const CandidateTable& table) {
  const auto grid = pinned_grid(9, 8, 13);
  std::vector<std::int64_t> expected(grid.size(), 0);
  brute_force_add(grid, costs_of(table), {0, grid.length(0)}, value_of, expected);
  expect(collapsed(grid, table) == expected, "collapse and brute force differ");
}

void boxes_and_lines(benchmark::State& state) {
  const CandidateTable table(pinned_problem(static_cast<int>(state.range(0))), kMostCandidates);
  check_collapse(table);
  const auto grid = pinned_grid(static_cast<std::size_t>(state.range(1)));
  const auto candidates = pruned(grid, table);
  SlabSurface slab(grid);
  slab.reset({0, grid.length(0)});
  for (auto _ : state) slab.add_slice(candidates, value_of);
  const auto counted = slab.counters();
  const auto iterations = static_cast<double>(state.iterations());
  rate(state, "points/s", grid.size());
  state.counters["boxes"] = static_cast<double>(counted.boxes) / iterations;
  state.counters["lines"] = static_cast<double>(counted.lines) / iterations;
  state.counters["segments"] = static_cast<double>(counted.segments) / iterations;
  state.counters["winners"] = static_cast<double>(slab.winners().size());
  label(state, std::vector(slab.winners().begin(), slab.winners().end()));
}
BENCHMARK(boxes_and_lines)
    ->ArgNames({"venues", "points"})
    ->ArgsProduct({{3, 4}, {100, 400}})
    ->Unit(benchmark::kMillisecond);

/// Measures the running sum, which reads 8 bytes per point and writes 8.
void integrate(benchmark::State& state) {
  const auto grid = pinned_grid(static_cast<std::size_t>(state.range(0)));
  const CandidateTable table(pinned_problem(3), kMostCandidates);
  SlabSurface slab(grid);
  slab.reset({0, grid.length(0)});
  slab.add_slice(pruned(grid, table), value_of);
  std::vector<std::int64_t> surface(grid.size());
  for (auto _ : state) slab.integrate(surface);
  rate(state, "bytes/s", 16 * grid.size());
  rate(state, "points/s", grid.size());
  label(state, surface);
}
BENCHMARK(integrate)->ArgName("points")->Arg(100)->Arg(400)->Unit(benchmark::kMillisecond);

/// Returns the winner of a point by its definition.
std::uint32_t cheapest(const AffineGrid& grid, const AffineCosts& costs, std::size_t point) {
  // The fourth axis has one value, 0.
  const auto theta = point % grid.length(2), under = point / grid.length(2) % grid.length(1),
             over = point / grid.plane();
  const auto cost = [&](std::size_t c) {
    return costs.base[c] + grid.values(0)[over] * costs.slope[0][c] + grid.values(1)[under] * costs.slope[1][c] +
           grid.values(2)[theta] * costs.slope[2][c];
  };
  std::uint32_t best = 0;
  for (std::uint32_t c = 1; c < costs.size(); ++c) best = cost(c) < cost(best) ? c : best;
  return best;
}

void run_brute_force(benchmark::State& state, const AffineGrid& grid, const CandidateTable& table) {
  const auto costs = costs_of(table);
  std::vector<std::uint32_t> winners(grid.size());
  for (auto _ : state) brute_force_winners(grid, costs, {0, grid.length(0)}, winners);
  for (std::size_t point = 0; point < grid.size(); point += 37)
    expect(winners[point] == cheapest(grid, costs, point), "brute force differs from the definition");
  rate(state, "evaluations/s", grid.size() * table.size());
  label(state, winners);
}

/// Measures brute force by the length of the fastest axis, whose points are the lanes. All candidates pass by once per
/// row: three venues have 116 KiB of them, four have 1.2 MiB.
void brute_force(benchmark::State& state) {
  const auto length = static_cast<std::size_t>(state.range(1));
  const auto grid = pinned_grid(2, std::max<std::size_t>(2, 256 / length), length);
  run_brute_force(state, grid, CandidateTable(pinned_problem(static_cast<int>(state.range(0))), kMostCandidates));
}
BENCHMARK(brute_force)
    ->ArgNames({"venues", "fastest"})
    ->ArgsProduct({{3, 4}, {3, 4, 20, 50, 512}})
    ->Unit(benchmark::kMillisecond);

/// Measures brute force on a grid such as sweeps have, with an axis of one value for the half spread behind the others.
void brute_force_of_sweep(benchmark::State& state) {
  const auto three = pinned_grid(2, 4, static_cast<std::size_t>(state.range(0)));
  std::vector<std::vector<Nano>> axes;
  for (std::size_t a = 0; a < three.axes(); ++a) axes.emplace_back(three.values(a).begin(), three.values(a).end());
  axes.push_back({0});
  run_brute_force(state, AffineGrid(axes), CandidateTable(pinned_problem(3), kMostCandidates));
}
BENCHMARK(brute_force_of_sweep)->ArgName("fastest")->Arg(3)->Arg(50)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sorsweep::bench
