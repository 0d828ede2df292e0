// tested by: tests/run/unit_plan_test.cpp (guess_cost)
// The cost of a symbol-day, guessed from the config alone: enough to cut days into units, and units into shards.
#include <algorithm>

#include "run/unit_plan.hpp"

namespace sorsweep {
namespace {

// These were measured on the quickstart's days, with one thread of a server core of the 2020s. They only need to weigh
// units against each other, but they decide how days are cut: a change needs a new kResultsVersion too, because running
// sweeps would otherwise meet foreign units.
constexpr std::uint64_t kNanosPerRow = 100;
constexpr std::uint64_t kNanosPerCandidate = 300;            // Pruning and execution.
constexpr std::uint64_t kSamplesPerNano = 3;                 // For a candidate's table.
constexpr std::uint64_t kNanosPerSampleOfSlice = 100;        // For solvers without candidates.
constexpr std::uint64_t kNanosPerBoundaryPoint = 800;        // The work of the collapse grows with points^(2/3).
constexpr std::uint64_t kPointsPerNano = 5;                  // Integration.
constexpr std::uint64_t kNanosPerEvaluation = 4;             // Brute force: one candidate at one point.
constexpr std::uint64_t kNanosPerPointOfEvents = 100;        // Brute force of event routers.
constexpr std::uint64_t kNanosPerPointOfClosedForm = 200;    // Per slice.
constexpr std::uint64_t kNanosPerPointOfStochastic = 1'000;  // Per slice, and in addition for each sample:
constexpr std::uint64_t kNanosPerStep = 11;
constexpr std::uint64_t kNanosPerPointOfRegisteredRouter = 500;  // Per slice; the true cost is unknown.

/// Largest cost, about an hour. A larger product counts as this, so that sums over millions of units fit.
constexpr std::uint64_t kMost = std::uint64_t{1} << 42;
std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? kMost : std::min(product, kMost);
}

/// Returns the largest r with r³ <= n.
std::uint64_t cube_root(std::uint64_t n) {
  std::uint64_t low = 0;
  std::uint64_t high = std::uint64_t{1} << 21;
  while (high - low > 1) {
    const auto middle = (low + high) / 2;
    (middle * middle * middle <= n ? low : high) = middle;
  }
  return low;
}

std::uint64_t candidates_of_a_slice(const Config& config) {
  const auto& slices = config.slices;
  if (slices.solver == cont_kukanov::Solver::pool) return 1000;
  const auto count = cont_kukanov::CandidateTable::count(most_lots_of_a_slice(config), slices.model.venues_max);
  return std::min<std::uint64_t>(count, slices.max_candidates);
}

std::uint64_t evaluate_slice(const Config& config, std::uint64_t points, Engine engine) {
  if (config.slices.registered) return times(points, kNanosPerPointOfRegisteredRouter);
  if (config.slices.solver == cont_kukanov::Solver::closed_form) return times(points, kNanosPerPointOfClosedForm);
  if (config.slices.solver == cont_kukanov::Solver::stochastic)
    return times(points, kNanosPerPointOfStochastic + kNanosPerStep * config.slices.model.samples);
  if (engine == Engine::brute) return times(points, candidates_of_a_slice(config) * kNanosPerEvaluation);
  const auto side = cube_root(points);
  return times(side * side, kNanosPerBoundaryPoint) + points / kPointsPerNano;
}

}  // namespace

DayCost guess_cost(const Config& config, const Grid& grid, Engine engine, std::size_t rows) {
  DayCost cost{times(rows, kNanosPerRow), 0};
  const bool is_walked = config.run.surfaces == KeepSurfaces::none;
  if (!is_sliced(config)) {
    if (!is_walked) cost.evaluate = times(grid.size(), engine == Engine::brute ? kNanosPerPointOfEvents : 1);
    return cost;
  }
  const auto& order = config.slices.order;
  const auto slices = static_cast<std::uint64_t>((*config.order.end_ns - *config.order.start_ns) / order.slice_ns);
  const auto samples = config.slices.model.samples;
  cost.prepare += times(slices, has_candidates(config.slices)
                                    ? candidates_of_a_slice(config) * (kNanosPerCandidate + samples / kSamplesPerNano)
                                    : samples * kNanosPerSampleOfSlice);
  if (!is_walked) cost.evaluate = times(slices, evaluate_slice(config, grid.size(), engine));
  return cost;
}

}  // namespace sorsweep
