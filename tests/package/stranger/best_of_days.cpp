// Runs the sweep of tests/package/install_test.py by the library's public headers alone, without config, run folder and
// task graph: best_of_days STORE SYMBOL prints a JSON object.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <sorsweep/reduce/reducer.hpp>
#include <sorsweep/store/day_file.hpp>
#include <sorsweep/sweep/backtest.hpp>

using namespace sorsweep;

namespace {

constexpr Nano kMill = kNanoPerDollar / 1000;

Grid make_grid() {
  return Grid({linear_axis("lambda_over", 5 * kMill, 45 * kMill, 5),
               linear_axis("lambda_under", 5 * kMill, 65 * kMill, 7), linear_axis("theta_queue", 0, 2 * kMill, 3)});
}

SliceSettings make_settings() {
  SliceSettings settings;
  settings.order = {Side::buy, 12'000, 100, 1800 * kNsPerSecond};
  settings.model.samples = 50;
  settings.model.sample_stride_ns = 30 * kNsPerSecond;
  settings.model.venues_max = 2;
  return settings;
}

DayData load(const std::filesystem::path& store, const std::string& symbol, Date date) {
  const TimeZone zone("America/New_York");
  auto stored = read_day(day_path(store, {symbol, date}));
  return {stored.key, std::move(stored.quotes),
          TimeWindow{zone.at(date, *parse_time_of_day("10:00")), zone.at(date, *parse_time_of_day("15:30"))}};
}

UnitResult evaluate(const Backtest& backtest, const Grid& grid, DayData&& day) {
  const auto evaluation = backtest.prepare(std::move(day), Engine::brute);
  UnitResult unit;
  unit.surface = make_surface(grid.size(), backtest.is_sliced());
  evaluation->evaluate({0, grid.rows()}, writable_rows_of(unit.surface, 0, grid.size()));
  unit.facts = evaluation->facts();
  return unit;
}

void sweep(const std::filesystem::path& store, const std::string& symbol) {
  const auto grid = make_grid();
  const auto settings = make_settings();
  const auto backtest = make_slice_backtest(grid, settings);
  const auto dates = list_store(store).at(symbol);
  ReduceOptions options;
  options.shares = static_cast<double>(settings.order.shares);
  options.is_sliced = backtest->is_sliced();
  options.objective.kind = Objective::Kind::slippage_bps;
  options.days = dates.size();
  Reducer reducer(grid, options);
  for (const auto date : dates) reducer.add(evaluate(*backtest, grid, load(store, symbol, date)));
  const auto summary = reducer.finish();
  const auto best = grid.values(summary.best.point);
  std::printf("{\"result_hash\": \"%s\", \"slippage_bps\": %.17g, \"best\": [%.9f, %.9f, %.9f]}\n",
              summary.result_hash.c_str(), summary.best.slippage_bps, to_dollars(best[0]), to_dollars(best[1]),
              to_dollars(best[2]));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  try {
    sweep(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "best_of_days: %s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
