// Measures what the collapse costs on a pinned slice, on lambda_over × lambda_under × theta_queue with theta_queue
// fastest. It prints one line of JSON for each grid: medians of the repetitions, counters, peak memory, and a hash of
// the surface. It does not measure the building of candidates (which is printed apart), realised values (a formula
// here), loading or reducing.
//
//   bench_collapse [--venues K] [--points N]... [--threads T] [--runs R] [--check]
#include "sorsweep/collapse/collapse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <thread>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/machine.hpp"
#include "instances.hpp"

using namespace sorsweep;

namespace {

struct Options {
  int venues = 3;
  int runs = 5;
  std::size_t threads = 1;
  bool check = false;
  std::vector<std::size_t> points;
};

double seconds(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Calls task(0) … task(count − 1), each on a thread of its own if there are several.
void in_threads(std::size_t count, const std::function<void(std::size_t)>& task) {
  if (count == 1) return task(0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < count; ++t) threads.emplace_back(task, t);
  for (auto& thread : threads) thread.join();
}

void check(const AffineGrid& grid, const AffineCosts& costs, std::span<const std::int64_t> surface) {
  std::vector<std::int64_t> expected(grid.size(), 0);
  const double time = seconds([&] { brute_force_add(grid, costs, {0, grid.length(0)}, bench::value_of, expected); });
  fmt::print("  brute force {:.3f} s, {:.3g} evaluations/s\n", time,
             static_cast<double>(grid.size()) * static_cast<double>(costs.size()) / time);
  if (!std::ranges::equal(expected, surface)) throw Error(Exit::internal, "collapse and brute force differ");
}

void run(const Options& options, const AffineCosts& costs, std::size_t points) {
  const auto grid = bench::pinned_grid(points);
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
    tree.push_back(seconds(
        [&] { in_threads(options.threads, [&](std::size_t t) { slabs[t].add_slice(kept, bench::value_of); }); }));
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
    const cont_kukanov::CandidateTable table(bench::pinned_problem(options.venues), bench::kMostCandidates);
    fmt::print("{{\"venues\": {}, \"build_ms\": {:.3f}}}\n", options.venues,
               std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    for (const auto points : options.points) run(options, bench::costs_of(table), points);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_collapse: {}\n", error.what());
    return 1;
  }
}
