// What a symbol-day will take, guessed from the config alone.
#include <algorithm>

#include "run/unit_plan.hpp"

namespace sorsweep {
namespace {

// Measured on the quickstart's days, one thread of a 2020s server core. They only have to weigh units against each other, but
// they decide how days are cut: whoever changes them changes kResultsVersion too, or runs that are at work have foreign units.
constexpr std::uint64_t kNanosPerRow = 100;
constexpr std::uint64_t kNanosPerCandidate = 300;            // pruning and execution
constexpr std::uint64_t kSamplesPerNano = 3;                 // of a candidate's table
constexpr std::uint64_t kNanosPerSampleOfSlice = 100;        // of solvers without candidates
constexpr std::uint64_t kNanosPerBoundaryPoint = 800;        // points^(2/3): what the collapse's work grows with
constexpr std::uint64_t kPointsPerNano = 5;                  // integration
constexpr std::uint64_t kNanosPerEvaluation = 4;             // brute force: a candidate at a point
constexpr std::uint64_t kNanosPerPointOfEvents = 100;        // brute force of event routers
constexpr std::uint64_t kNanosPerPointOfClosedForm = 200;    // of a slice
constexpr std::uint64_t kNanosPerPointOfStochastic = 1'000;  // of a slice, and for each sample:
constexpr std::uint64_t kNanosPerStep = 11;
constexpr std::uint64_t kNanosPerPointOfRegisteredRouter = 500;  // of a slice; nobody knows

/// Whole numbers that do not wrap: what is beyond an hour is an hour, so that sums of millions of units fit.
constexpr std::uint64_t kMost = std::uint64_t{1} << 42;
std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? kMost : std::min(product, kMost);
}

/// The largest r with r³ <= n.
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
