#include "instances.hpp"

#include <random>

#include "market/synth.hpp"

namespace sorsweep::bench {
namespace {

SynthOptions synth_options(std::size_t rows) {
  SynthOptions options;
  options.rows = rows;
  return options;
}

std::vector<Nano> axis(std::size_t points, Nano first, Nano span) {
  std::vector<Nano> values;
  for (std::size_t i = 0; i < points; ++i)
    values.push_back(first + static_cast<Nano>(i) * span / static_cast<Nano>(points));
  return values;
}

}  // namespace

SliceProblem pinned_problem(int venues, std::size_t samples) {
  SliceProblem problem;
  problem.lots = 10;
  problem.lot = 100;
  problem.half_spread = 5'000'000;
  problem.taker_fee = 3'000'000;
  for (std::int64_t k = 0; k < venues; ++k)
    problem.queues.push_back({1500 + 200 * k, 2'000'000 + 200'000 * k, std::vector<std::int64_t>(samples)});
  std::mt19937_64 random(7);
  for (std::size_t n = 0; n < samples; ++n)
    for (auto& queue : problem.queues) {
      std::exponential_distribution<double> outflow(1 / 2200.0);
      queue.outflow[n] = static_cast<int>(outflow(random));
    }
  return problem;
}

AffineGrid pinned_grid(std::size_t over, std::size_t under, std::size_t theta) {
  return AffineGrid({axis(over, 8'000'000, 40'000'000), axis(under, 8'000'000, 60'000'000), axis(theta, 0, 5'000'000)});
}

AffineCosts costs_of(const cont_kukanov::CandidateTable& table) {
  return {table.base(), {table.over(), table.under(), table.sent(), table.spread()}};
}

QuoteColumns pinned_day(std::size_t rows) {
  return synth_day(synth_options(rows), 0);
}

TimeWindow pinned_session() {
  const auto midnight = TimeZone("America/New_York").day_window(synth_date(synth_options(10), 0)).begin_ns;
  constexpr TimeNs half_hour = 1800 * kNsPerSecond;
  return {midnight + 19 * half_hour, midnight + 32 * half_hour};
}

DayFacts pinned_facts() {
  DayFacts facts;
  facts.slices.slices.resize(1);
  facts.slices.slices[0].shares = 76'000;
  facts.slices.arrival_bid_plus_ask = 200 * kNanoPerDollar;
  return facts;
}

std::vector<std::int64_t> pinned_slippage(std::size_t points) {
  std::vector<std::int64_t> slippage;
  for (std::size_t i = 0; i < points; ++i)
    slippage.push_back(-1'000'000'000 + 7919 * static_cast<std::int64_t>((i + points - points / 3) % points));
  return slippage;
}

}  // namespace sorsweep::bench
