#include "sorsweep/sweep/graph.hpp"

#include <mutex>
#include <set>

#include "catch_compat.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/sweep/reducer.hpp"

using namespace sorsweep;

namespace {

Grid some_grid() {
  return Grid({linear_axis("lambda_over", 1000, 100'000, 20), linear_axis("lambda_under", 1000, 100'000, 15),
               list_axis("theta_queue", {0, 100, 200, 300})});
}

std::vector<DayKey> some_units(unsigned count) {
  std::vector<DayKey> units;
  for (unsigned d = 1; d <= count; ++d)
    units.push_back({"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(d)}});
  return units;
}

/// Data that differ by day.
DayData data_of(const DayKey& day) {
  QuoteColumns quotes;
  for (int i = 0; i < 200; ++i) {
    QuoteRow row;
    row.ts_event_ns = row.ts_recv_ns = i / 2;
    row.publisher_id = i % 2 == 0 ? 1 : 2;
    row.ask_px = (100 + i % 7) * kNanoPerDollar / 10 + static_cast<unsigned>(day.date.day());
    row.ask_sz = static_cast<std::uint32_t>(10 + i % 50);
    quotes.push_back(row);
  }
  return {day, std::move(quotes), {}};
}

const Grid& grid() {
  static const auto grid = some_grid();
  return grid;
}

const Backtest& backtest() {
  static const auto notebook = make_notebook_backtest(grid(), 5000);
  return *notebook;
}

UnitResult result_of(const DayKey& day) {
  const auto evaluation = backtest().prepare(data_of(day), Engine::brute);
  UnitResult unit{evaluation->facts(), make_surface(grid().size(), false), {}, {}};
  evaluation->evaluate({0, grid().rows()}, slab_of(unit.surface, 0, grid().size()));
  return unit;
}

struct Run {
  std::vector<std::string> committed;
  std::string hash;
  std::size_t most_in_flight = 0;
};

Run run(int threads, Engine engine, std::size_t in_flight, const std::set<std::string>& finished = {}) {
  Run result;
  Reducer reducer(grid(), {5000, false, {}, 10}, 3);
  std::mutex mutex;
  std::size_t flying = 0;
  const GraphOptions options{some_units(12), engine, threads, in_flight, true, {}};
  const GraphHooks hooks{
      [&](const DayKey& day) -> std::variant<DayData, UnitResult> {
        const std::lock_guard lock(mutex);
        result.most_in_flight = std::max(result.most_in_flight, ++flying);
        if (!finished.contains(to_string(day))) return data_of(day);
        return result_of(day);
      },
      [&](FinishedUnit&& unit) {
        const std::lock_guard lock(mutex);
        --flying;
        result.committed.push_back(to_string(unit.result.facts.day) + (unit.fresh ? "" : " (before)"));
        reducer.add(unit.result);
      },
      [](std::size_t) {}, [](const DayKey&) { return std::string("again"); }};
  std::atomic<bool> stop{false};
  CHECK(run_graph(backtest(), grid(), options, hooks, stop) == 12);
  result.hash = reducer.finish().result_hash;
  return result;
}

}  // namespace

TEST_CASE("units are committed in order, a bounded number in flight, whatever the threads", "[sweep][graph]") {
  const auto one = run(1, Engine::brute, 1);
  CHECK(one.committed.front() == "ABC 2024-07-01");
  CHECK(std::is_sorted(one.committed.begin(), one.committed.end()));
  CHECK(one.most_in_flight == 1);
  for (const int threads : {1, 2, 7})
    for (const auto engine : {Engine::brute, Engine::collapse}) {
      const auto other = run(threads, engine, 3);
      CHECK(other.committed == one.committed);
      CHECK(other.hash == one.hash);
      CHECK(other.most_in_flight <= 3);
    }
}

TEST_CASE("units from before are taken as they are", "[sweep][graph]") {
  const auto resumed = run(2, Engine::brute, 2, {"ABC 2024-07-03"});
  CHECK(resumed.committed.at(2) == "ABC 2024-07-03 (before)");
  CHECK(resumed.hash == run(1, Engine::brute, 1).hash);
}

TEST_CASE("an error names its unit and ends the graph", "[sweep][graph]") {
  const GraphOptions options{some_units(12), Engine::brute, 2, 2, true, {}};
  std::size_t committed = 0;
  const GraphHooks hooks{[](const DayKey& day) -> std::variant<DayData, UnitResult> {
                           if (to_string(day) == "ABC 2024-07-05") throw Error(Exit::integrity, "damaged");
                           return data_of(day);
                         },
                         [&](FinishedUnit&&) { ++committed; }, [](std::size_t) {},
                         [](const DayKey&) { return std::string("again"); }};
  std::atomic<bool> stop{false};
  CHECK_THROWS_WITH(run_graph(backtest(), grid(), options, hooks, stop),
                    Catch::Contains("ABC 2024-07-05: damaged; alone: again"));
  CHECK(committed <= 4);
}

TEST_CASE("asked to stop, it finishes what is in flight and begins nothing more", "[sweep][graph]") {
  const GraphOptions options{some_units(12), Engine::brute, 2, 2, true, {}};
  std::atomic<bool> stop{false};
  std::size_t loaded = 0, committed = 0;
  const GraphHooks hooks{[&](const DayKey& day) -> std::variant<DayData, UnitResult> {
                           if (++loaded == 3) stop = true;
                           return data_of(day);
                         },
                         [&](FinishedUnit&&) { ++committed; }, [](std::size_t) {},
                         [](const DayKey&) { return std::string("again"); }};
  const auto done = run_graph(backtest(), grid(), options, hooks, stop);
  CHECK(done == committed);
  CHECK(done == loaded);
  CHECK(done < 12);
}
