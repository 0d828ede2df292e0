// Benchmarks of what a slice is decided by, made from a day's quotes: the history, the outflows of queues, and a slice
// with all its samples.
#include "instances.hpp"
#include "kernels/checks.hpp"
#include "sorsweep/router/slice.hpp"

namespace sorsweep::bench {
namespace {

constexpr std::size_t kRows = 100'000;
constexpr TimeNs kSlice = 300 * kNsPerSecond, kStride = 5 * kNsPerSecond;
constexpr std::size_t kSamples = 500;

const QuoteHistory& history() {
  static const QuoteHistory made(pinned_day(kRows));
  return made;
}

/// A time in the afternoon, so that all samples lie in the session.
TimeNs slice_begin() {
  return pinned_session().begin_ns + 16 * 1200 * kNsPerSecond;
}

void quote_history(benchmark::State& state) {
  const auto quotes = pinned_day(kRows);
  std::size_t venues = 0;
  for (auto _ : state) {
    const QuoteHistory made(quotes);
    venues = made.venues().size();
  }
  expect(venues == 5, "venues are missing");
  rate(state, "rows/s", kRows);
}
BENCHMARK(quote_history)->Unit(benchmark::kMillisecond);

std::vector<std::int64_t> all_outflows(QueueModel model) {
  std::vector<std::int64_t> all;
  for (const auto& venue : history().venues())
    for (std::size_t n = 0; n < kSamples; ++n) {
      const auto begin = slice_begin() - kSlice - static_cast<TimeNs>(n) * kStride;
      all.push_back(outflow(history(), venue.publisher_id, begin, begin + kSlice, {model}));
    }
  return all;
}

void outflow_windows(benchmark::State& state, QueueModel model) {
  auto all = all_outflows(model);
  for (auto _ : state) all = all_outflows(model);
  rate(state, "windows/s", all.size());
  label(state, all);
}
BENCHMARK_CAPTURE(outflow_windows, all, QueueModel::all)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(outflow_windows, trades, QueueModel::trades)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(outflow_windows, pro_rata, QueueModel::pro_rata)->Unit(benchmark::kMicrosecond);

/// Checks that a slice's samples are the outflows of its queues, one by one.
void check_samples(const SliceCase& slice) {
  const auto all = all_outflows(QueueModel::all);
  for (std::size_t q = 0; q < slice.venues.size(); ++q)
    for (std::size_t v = 0; v < history().venues().size(); ++v)
      if (history().venues()[v].publisher_id == slice.venues[q])
        expect(std::ranges::equal(slice.problem.queues[q].outflow, std::span(all).subspan(v * kSamples, kSamples)),
               "a slice's samples are not its queue's outflows");
}

void slice_samples(benchmark::State& state) {
  const SliceModel model;
  const FeeTable fees;
  const SliceMaker maker(history(), pinned_session(), model, fees, {100'000'000, 100'000'000, 100'000'000});
  const SlicePlan plan{slice_begin(), slice_begin() + kSlice, 10, 0};
  auto slice = maker.make(plan, 100);
  for (auto _ : state) slice = maker.make(plan, 100);
  expect(slice && slice->decided == Decided::solved, "the slice is cold");
  check_samples(*slice);
  Hasher hasher;
  for (const auto& queue : slice->problem.queues) hasher.add_column(std::span<const std::int64_t>(queue.outflow));
  rate(state, "slices/s", 1);
  rate(state, "samples/s", slice->problem.queues.size() * kSamples);
  label(state, hasher);
}
BENCHMARK(slice_samples)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sorsweep::bench
