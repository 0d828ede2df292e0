// Benchmarks of the table of all placements, and of finding those that can win.
#include "instances.hpp"
#include "kernels/checks.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep::bench {
namespace {

using cont_kukanov::CandidateTable;

/// Checks every hundredth row of the table against the definition.
void check_table(const SliceProblem& problem, const CandidateTable& table) {
  for (std::size_t c = 0; c < table.size(); c += 100)
    expect(table.coefficients(c) == cont_kukanov::evaluate(problem, table.placement(c)),
           "the table differs from the definition");
}

void candidate_table(benchmark::State& state) {
  const auto problem = pinned_problem(static_cast<int>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  std::optional<CandidateTable> table;
  for (auto _ : state) table.emplace(problem, kMostCandidates);
  check_table(problem, *table);
  rate(state, "placements/s", table->size());
  Hasher hasher;
  for (const auto column : {table->base(), table->under(), table->over(), table->sent(), table->spread()})
    hasher.add_column(column);
  label(state, hasher);
}
BENCHMARK(candidate_table)
    ->ArgNames({"venues", "samples"})
    ->ArgsProduct({{3, 4}, {100, 500, 2000}})
    ->Unit(benchmark::kMillisecond);

void prune(benchmark::State& state) {
  const CandidateTable table(pinned_problem(static_cast<int>(state.range(0))), kMostCandidates);
  Pruner pruner(pinned_grid(100));
  PrunedCandidates kept;
  for (auto _ : state) pruner.prune(costs_of(table), kept);
  rate(state, "candidates/s", table.size());
  state.counters["candidates"] = static_cast<double>(table.size());
  state.counters["kept"] = static_cast<double>(kept.size());
  label(state, kept.candidate);
}
BENCHMARK(prune)->ArgName("venues")->Arg(3)->Arg(4)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sorsweep::bench
