// A metric of one's own: a further surface in unit files, `run: {metrics: [takes]}`.
#include <cstdio>
#include <exception>
#include <sorsweep/app/program.hpp>
#include <sorsweep/sweep/metric.hpp>

namespace {

/// Shares that paid a taker's fee: the market order, what was bought at the end, what was sold back.
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
