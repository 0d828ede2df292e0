// Benchmarks of reading a day's columns from a store and a unit's surface from a run. Files are in the page cache, so
// no disk is measured.
#include "instances.hpp"
#include "kernels/checks.hpp"
#include "run/unit_file.hpp"
#include "sorsweep/store/day_file.hpp"
#include "temporary_folder.hpp"

namespace sorsweep::bench {
namespace {

const DayKey kDay{"SYNTH", Date{std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)}};

std::size_t bytes_of(const QuoteColumns& quotes) {
  std::size_t bytes = 0;
  for_each_column(quotes,
                  [&]<class T>(const std::vector<T>& column, const char*) { bytes += column.size() * sizeof(T); });
  return bytes;
}

void read_day_file(benchmark::State& state, std::vector<std::string_view> columns, int threads) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "day.h5";
  const auto quotes = pinned_day(200'000);
  StoredDay written;
  written.key = kDay;
  written.quotes = quotes;
  write_day(path, written);
  StoredDay day;
  for (auto _ : state) day = read_day(path, columns, threads);
  for_each_column_member([&](auto member, const char* name) {
    if (columns.empty() || std::ranges::find(columns, name) != columns.end())
      expect(day.quotes.*member == quotes.*member, "a column read is not the one written");
  });
  rate(state, "bytes/s", bytes_of(day.quotes));
  rate(state, "rows/s", day.quotes.rows());
  state.SetLabel(day.content.substr(0, 16));
}
BENCHMARK_CAPTURE(read_day_file, all_columns, {}, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_day_file, two_threads, {}, 2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_day_file, four_columns, {"ts_event_ns", "publisher_id", "ask_px_nano", "ask_sz"}, 1)
    ->Unit(benchmark::kMillisecond);

/// Returns a surface such as a sweep leaves, with long runs of one value along the fastest axis.
UnitResult pinned_unit(std::size_t points) {
  UnitResult unit;
  unit.facts.day = kDay;
  for (std::size_t i = 0; i < points; ++i)
    unit.surface.slippage.push_back(-1'000'000'000 + 7919 * static_cast<Nano>(i / 13));
  return unit;
}

void read_unit_surface(benchmark::State& state) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "unit.h5";
  const auto points = static_cast<std::size_t>(state.range(0));
  const auto unit = pinned_unit(points);
  const UnitName name{kDay, "", {0, 1}, false, "0123456789abcdef"};
  write_unit_file(path, "bench", name, unit, true, {});
  UnitResult read;
  for (auto _ : state) read = read_unit_file(path, "bench", name, points, true);
  expect(read.surface == unit.surface, "a surface read is not the one written");
  rate(state, "bytes/s", 8 * points);
  rate(state, "points/s", points);
  label(state, read.surface.slippage);
}
BENCHMARK(read_unit_surface)->ArgName("points")->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sorsweep::bench
