// What the collapse costs on a pinned instance: the slice of shared/prototypes/collapse.cpp (same random numbers, queues,
// outflows and fees), on lambda_over x lambda_under x theta_queue with theta fastest. Prints a line of JSON for each
// grid: medians of the repetitions, counters, peak memory, and a hash of the surface. The grid's axes are those of the
// prototype; its order of axes is not (there lambda_under is the contiguous one).
// Does not measure: building candidates (printed apart), realised values (a formula here), loading, reducing.
//
//   bench_collapse [--venues K] [--points N]... [--threads T] [--runs R] [--check]
#include "sorsweep/sweep/collapse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>
#include <string_view>
#include <thread>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/hash.hpp"
#include "sorsweep/core/machine.hpp"
#include "sorsweep/router/candidates.hpp"

using namespace sorsweep;

namespace {

constexpr std::int64_t kLots = 10;
constexpr int kSamples = 500;

struct Options {
  int venues = 3;
  int runs = 5;
  std::size_t threads = 1;
  bool check = false;
  std::vector<std::size_t> points;
};

cont_kukanov::Problem pinned_problem(int venues) {
  cont_kukanov::Problem problem;
  problem.lots = kLots;
  problem.lot = 100;
  problem.half_spread = 5'000'000;
  problem.taker_fee = 3'000'000;
  for (std::int64_t k = 0; k < venues; ++k)
    problem.queues.push_back({1500 + 200 * k, 2'000'000 + 200'000 * k, std::vector<std::int64_t>(kSamples)});
  std::mt19937_64 random(7);
  for (std::size_t n = 0; n < kSamples; ++n)
    for (auto& queue : problem.queues) {
      std::exponential_distribution<double> outflow(1 / 2200.0);
      queue.outflow[n] = static_cast<int>(outflow(random));
    }
  return problem;
}

AffineGrid pinned_grid(std::size_t points) {
  const auto axis = [&](Nano first, Nano span) {
    std::vector<Nano> values;
    for (std::size_t i = 0; i < points; ++i)
      values.push_back(first + static_cast<Nano>(i) * span / static_cast<Nano>(points));
    return values;
  };
  return AffineGrid({axis(8'000'000, 40'000'000), axis(8'000'000, 60'000'000), axis(0, 5'000'000)});
}

struct Columns {
  std::vector<std::int64_t> base, over, under, sent;

  explicit Columns(const cont_kukanov::CandidateTable& table) {
    for (std::size_t c = 0; c < table.size(); ++c) {
      const auto numbers = table.coefficients(c);
      base.push_back(numbers.base);
      over.push_back(numbers.over);
      under.push_back(numbers.under);
      sent.push_back(numbers.sent);
    }
  }
  AffineCosts view() const { return {base, {over, under, sent, {}}}; }
};

std::int64_t value_of(std::uint32_t candidate) {
  return static_cast<std::int64_t>(candidate) * 7919 + 1;
}

double seconds(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Calls task(0) … task(count − 1), each in a thread of its own where there are several.
void in_threads(std::size_t count, const std::function<void(std::size_t)>& task) {
  if (count == 1) return task(0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < count; ++t) threads.emplace_back(task, t);
  for (auto& thread : threads) thread.join();
}

void check(const AffineGrid& grid, const AffineCosts& costs, std::span<const std::int64_t> surface) {
  std::vector<std::int64_t> expected(grid.size(), 0);
  const double time = seconds([&] { brute_force_add(grid, costs, {0, grid.length(0)}, value_of, expected); });
  fmt::print("  brute force {:.3f} s, {:.3g} evaluations/s\n", time,
             static_cast<double>(grid.size()) * static_cast<double>(costs.size()) / time);
  if (!std::ranges::equal(expected, surface)) throw Error(Exit::internal, "collapse and brute force differ");
}

void run(const Options& options, const AffineCosts& costs, std::size_t points) {
  const auto grid = pinned_grid(points);
  Pruner pruner(grid);
  PrunedCandidates kept;
  std::vector<SlabSurface> slabs;
  for (std::size_t t = 0; t < options.threads; ++t) slabs.emplace_back(grid);
  std::vector<std::int64_t> surface(grid.size());
  std::vector<double> prune, tree, integrate;
  const auto border = [&](std::size_t t) { return points * t / options.threads; };
  for (int i = 0; i < options.runs; ++i) {
    for (std::size_t t = 0; t < options.threads; ++t) slabs[t].reset({border(t), border(t + 1)});
    prune.push_back(seconds([&] { pruner.prune(costs, kept); }));
    tree.push_back(
        seconds([&] { in_threads(options.threads, [&](std::size_t t) { slabs[t].add_slice(kept, value_of); }); }));
    integrate.push_back(seconds([&] {
      in_threads(options.threads, [&](std::size_t t) {
        slabs[t].integrate(std::span(surface).subspan(border(t) * grid.plane(), slabs[t].points()));
      });
    }));
  }
  CollapseCounters counters;
  for (const auto& slab : slabs) counters += slab.counters();
  const double slice = median(prune) + median(tree);
  fmt::print(
      "{{\"points\": {}, \"threads\": {}, \"candidates\": {}, \"kept\": {}, \"winners\": {}, \"prune_ms\": {:.3f}, "
      "\"tree_ms\": {:.3f}, \"million_points_per_second\": {:.1f}, \"integrate_ms\": {:.3f}, \"boxes\": {}, "
      "\"lines\": {}, \"segments\": {}, \"evaluations\": {}, \"peak_mib\": {}, \"hash\": \"{}\"}}\n",
      grid.size(), options.threads, costs.size(), kept.size(), slabs[0].winners().size(), 1e3 * median(prune),
      1e3 * median(tree), static_cast<double>(grid.size()) / slice / 1e6, 1e3 * median(integrate), counters.boxes,
      counters.lines, counters.segments, counters.evaluations, peak_memory() >> 20,
      Hasher().add_column(std::span<const std::int64_t>(surface)).hex());
  if (options.check) check(grid, costs, surface);
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--check") {
      options.check = true;
      continue;
    }
    if (i + 1 == argc) throw Error(Exit::usage, fmt::format("{} needs a number", name));
    const auto number = std::strtoull(argv[++i], nullptr, 10);
    if (number == 0) throw Error(Exit::usage, fmt::format("{} needs a number above zero", name));
    if (name == "--venues")
      options.venues = static_cast<int>(number);
    else if (name == "--runs")
      options.runs = static_cast<int>(number);
    else if (name == "--threads")
      options.threads = number;
    else if (name == "--points")
      options.points.push_back(number);
    else
      throw Error(Exit::usage, fmt::format("unknown option {}", name));
  }
  if (options.points.empty()) options.points = {10, 50, 100, 200, 400};
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto options = parse(argc, argv);
    const auto start = std::chrono::steady_clock::now();
    const cont_kukanov::CandidateTable table(pinned_problem(options.venues), 1'000'000);
    fmt::print("{{\"venues\": {}, \"build_ms\": {:.3f}}}\n", options.venues,
               std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    const Columns columns(table);
    for (const auto points : options.points) run(options, columns.view(), points);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_collapse: {}\n", error.what());
    return 1;
  }
}
