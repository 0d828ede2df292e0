// Measures the kernels of a sweep one by one, on pinned inputs:
// bench_kernels [--benchmark_filter=REGEX] [--benchmark_format=json] …
//
// Rates are by the CPU time of one warm thread. Inputs are made before the clock runs, and fit the same caches as in a
// sweep. Labels are hashes of results. Results are checked against the plain reference on the same or a smaller input,
// and a difference ends the program with an error. It does not measure how kernels share memory bandwidth, or a cold
// disk.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "core/build_info.hpp"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const auto& build = sorsweep::build_info();
  benchmark::AddCustomContext("sorsweep", fmt::format("{} ({})", build.version, build.git_sha));
  benchmark::AddCustomContext("compiler", fmt::format("{}, {}, {}", build.compiler, build.build_type, build.baseline));
  try {
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_kernels: {}\n", error.what());
    return 1;
  }
}
