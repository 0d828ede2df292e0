// How many points a second the notebook's backtest does on one core: the scalar reference and the SIMD lanes, in turn,
// on a day of a store. Prints JSON with the medians of five runs and a hash of the results, equal for both.
// Does not measure: loading, the tape, the reducer, writing.
//
//   bench_notebook STORE/SYMBOL/DATE.h5 [POINTS]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/hash.hpp"
#include "sorsweep/router/notebook.hpp"
#include "sorsweep/store/day_file.hpp"

using namespace sorsweep;

namespace {

constexpr double kShares = 5000;
constexpr int kRuns = 5;

struct Results {
  std::vector<double> total_cost, filled_shares;
  explicit Results(std::size_t points) : total_cost(points), filled_shares(points) {}
  std::string hash() const {
    return Hasher().add_column(std::span(total_cost)).add_column(std::span(filled_shares)).hex();
  }
};

double points_per_second(std::size_t points, const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return static_cast<double>(points) / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void run(const char* path, std::size_t points) {
  const auto tape = make_event_tape(read_day(path).quotes);
  const std::vector<double> parameter(points, 0.0005);
  const ParameterColumns columns{parameter, parameter, parameter};
  Results scalar(points), lanes(points);
  std::vector<double> scalar_speed, lanes_speed;
  for (int i = 0; i < kRuns; ++i) {
    lanes_speed.push_back(points_per_second(
        points, [&] { notebook::run_lanes(tape, columns, kShares, lanes.total_cost, lanes.filled_shares); }));
    scalar_speed.push_back(points_per_second(points, [&] {
      for (std::size_t p = 0; p < points; ++p) {
        const auto outcome = notebook::run(tape, {parameter[p], parameter[p], parameter[p]}, kShares);
        scalar.total_cost[p] = outcome.total_cost;
        scalar.filled_shares[p] = outcome.filled_shares;
      }
    }));
  }
  std::vector<notebook::Execution> log;
  notebook::run(tape, {}, kShares, &log);
  fmt::print(
      "{{\"points\": {}, \"executions_a_point\": {}, \"scalar_points_per_second\": {:.4g}, "
      "\"lanes_points_per_second\": {:.4g}, \"scalar_hash\": \"{}\", \"lanes_hash\": \"{}\"}}\n",
      points, log.size(), median(scalar_speed), median(lanes_speed), scalar.hash(), lanes.hash());
  if (scalar.hash() != lanes.hash()) throw Error(Exit::internal, "lanes and reference differ");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: bench_notebook DAY.h5 [POINTS]\n");
    return 2;
  }
  try {
    run(argv[1], argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_notebook: {}\n", error.what());
    return 1;
  }
}
