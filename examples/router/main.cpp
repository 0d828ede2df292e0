// This program adds its own router. Everything else comes from sorsweep: grid, execution, shards, results, report.
//
// For each queue, `quantile` computes the shares that an order would have got in at least a fraction `confidence` of
// the sampled windows, and posts them. At most a fraction `most_posted` of the order is posted; the rest goes to the
// market.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <sorsweep/app/program.hpp>
#include <sorsweep/router/router.hpp>
#include <vector>

namespace {

using sorsweep::BidQueue;
using sorsweep::Placement;

/// The shares that an order at the end of this queue would have got in at least a fraction `confidence` of the
/// samples.
std::int64_t sure_fill(const BidQueue& queue, double confidence) {
  auto outflow = queue.outflow;
  const auto skipped = std::floor((1 - confidence) * static_cast<double>(outflow.size()));
  const auto at = outflow.begin() + std::min(static_cast<std::ptrdiff_t>(skipped), std::ssize(outflow) - 1);
  std::nth_element(outflow.begin(), at, outflow.end());
  return std::max<std::int64_t>(0, *at - queue.ahead);
}

/// Decides a slice. \param point confidence, most_posted
Placement decide(const sorsweep::SliceView& slice, std::span<const double> point) {
  const auto& problem = slice.problem;
  auto left = static_cast<std::int64_t>(point[1] * static_cast<double>(problem.lots)) * problem.lot;
  Placement placement{problem.shares(), {}};
  for (const auto& queue : problem.queues) {
    const auto lots = sure_fill(queue, point[0]) / problem.lot;
    placement.limits.push_back(std::min(left, lots * problem.lot));
    left -= placement.limits.back();
    placement.market -= placement.limits.back();
  }
  return placement;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    sorsweep::register_router({.name = "quantile",
                               .parameters = {{"confidence", sorsweep::ParameterUnit::number},
                                              {"most_posted", sorsweep::ParameterUnit::number}},
                               .decide = decide,
                               .version = 1});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return sorsweep::run_program(argc, argv);
}
