// Benchmarks of kernels with one SIMD lane per point, beside their scalar references: stochastic approximation and the
// router `notebook`.
#include "instances.hpp"
#include "kernels/checks.hpp"
#include "router/notebook.hpp"
#include "router/stochastic.hpp"

namespace sorsweep::bench {
namespace {

constexpr std::size_t kPoints = 256;

struct Penalties {
  std::vector<double> over, under, theta;
  Penalties() {
    for (std::size_t i = 0; i < kPoints; ++i) {
      over.push_back(0.008 + 0.0001 * static_cast<double>(i % 16));
      under.push_back(0.008 + 0.0002 * static_cast<double>(i / 16));
      theta.push_back(0.00002 * static_cast<double>(i % 7));
    }
  }
};

struct Approximation {
  cont_kukanov::Instance instance{1000, 0.005, 0.003, 0, 0, 0, {}, {}};
  std::vector<double> outflow;

  explicit Approximation(int venues) {
    const auto problem = pinned_problem(venues);
    for (const auto& queue : problem.queues) {
      instance.queues.push_back(static_cast<double>(queue.ahead));
      instance.rebates.push_back(to_dollars(queue.rebate));
    }
    for (std::size_t n = 0; n < samples(); ++n)
      for (const auto& queue : problem.queues) outflow.push_back(static_cast<double>(queue.outflow[n]));
  }
  static std::size_t samples() { return 500; }

  std::vector<double> scalar(const Penalties& points) const {
    std::vector<cont_kukanov::RealPlacement> placements;
    for (std::size_t p = 0; p < kPoints; ++p) {
      auto one = instance;
      one.lambda_over = points.over[p];
      one.lambda_under = points.under[p];
      one.theta = points.theta[p];
      placements.push_back(approximate(one, outflow));
    }
    return numbers(placements);
  }
  std::vector<double> lanes(const Penalties& points) const {
    return numbers(approximate_lanes(instance, {points.over, points.under, points.theta}, outflow));
  }

 private:
  static std::vector<double> numbers(const std::vector<cont_kukanov::RealPlacement>& placements) {
    std::vector<double> all;
    for (const auto& placement : placements) {
      all.push_back(placement.market);
      all.insert(all.end(), placement.limits.begin(), placement.limits.end());
    }
    return all;
  }
};

void stochastic(benchmark::State& state, std::vector<double> (Approximation::*run)(const Penalties&) const) {
  const Approximation approximation(static_cast<int>(state.range(0)));
  const Penalties points;
  std::vector<double> result;
  for (auto _ : state) result = (approximation.*run)(points);
  expect(result == approximation.scalar(points), "lanes and scalar stochastic approximation differ");
  rate(state, "steps/s", kPoints * Approximation::samples());
  label(state, result);
}
BENCHMARK_CAPTURE(stochastic, lanes, &Approximation::lanes)->ArgName("venues")->Arg(3)->Arg(4);
BENCHMARK_CAPTURE(stochastic, scalar, &Approximation::scalar)->ArgName("venues")->Arg(3)->Arg(4);

constexpr double kShares = 5000;

struct NotebookResult {
  std::vector<double> total_cost = std::vector<double>(kPoints), filled_shares = std::vector<double>(kPoints);
  bool operator==(const NotebookResult&) const = default;
};

void notebook_lanes(const EventTape& tape, const ParameterColumns& points, NotebookResult& out) {
  notebook::run_lanes(tape, points, kShares, out.total_cost, out.filled_shares);
}

void notebook_scalar(const EventTape& tape, const ParameterColumns& points, NotebookResult& out) {
  for (std::size_t p = 0; p < points.size(); ++p) {
    const auto outcome =
        notebook::run(tape, {points.lambda_over[p], points.lambda_under[p], points.theta_queue[p]}, kShares);
    out.total_cost[p] = outcome.total_cost;
    out.filled_shares[p] = outcome.filled_shares;
  }
}

void notebook_points(benchmark::State& state, void (*run)(const EventTape&, const ParameterColumns&, NotebookResult&)) {
  const auto tape = make_event_tape(pinned_day(20'000));
  const Penalties penalties;
  const ParameterColumns points{penalties.over, penalties.under, penalties.theta};
  NotebookResult result, reference;
  for (auto _ : state) run(tape, points, result);
  notebook_scalar(tape, points, reference);
  expect(result == reference, "lanes and scalar notebook differ");
  std::vector<notebook::Execution> log;
  notebook::run(tape, {}, kShares, &log);
  rate(state, "points/s", kPoints);
  rate(state, "executions/s", kPoints * log.size());
  label(state, Hasher().add_column(std::span<const double>(result.total_cost)));
}
BENCHMARK_CAPTURE(notebook_points, lanes, notebook_lanes)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(notebook_points, scalar, notebook_scalar)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sorsweep::bench
