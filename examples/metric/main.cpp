// This program adds its own metric, one more surface in unit files. Ask for it with `run: {metrics: [takes]}`.
#include <cstdio>
#include <exception>
#include <sorsweep/app/program.hpp>
#include <sorsweep/sweep/metric.hpp>

namespace {

/// The shares that paid a taker fee: the market order, the cleanup and the unwinding at the end of the slice.
std::int64_t taken(const sorsweep::execution::Fills& fills) {
  return fills.market + fills.cleanup + fills.unwound;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    sorsweep::register_metric(
        {.word = "takes", .name = "taken_shares", .unit = "shares", .value = taken, .version = 1});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return sorsweep::run_program(argc, argv);
}
