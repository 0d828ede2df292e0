#include "sweep/graph.hpp"

#include <mutex>
#include <set>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "reduce/walk.hpp"
#include "sorsweep/reduce/reducer.hpp"

using namespace sorsweep;

namespace {

Grid some_grid() {
  return Grid({linear_axis("lambda_over", 1000, 100'000, 20), linear_axis("lambda_under", 1000, 100'000, 15),
               list_axis("theta_queue", {0, 100, 200, 300})});
}

/// Returns days that are cut into these units.
std::vector<DayUnits> some_days(unsigned count, const std::vector<RowRange>& units = {{0, 20}}) {
  std::vector<DayUnits> days;
  for (unsigned d = 1; d <= count; ++d)
    days.push_back({{"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(d)}}, units});
  return days;
}

/// Makes data that differ by day.
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

UnitResult result_of(const DayKey& day, RowRange rows) {
  const auto evaluation = backtest().prepare(data_of(day), Engine::brute);
  const auto points = rows.size() * grid().points_per_row();
  UnitResult unit{evaluation->facts(), make_surface(points, false), {}, {}, rows.first};
  evaluation->evaluate(rows, writable_rows_of(unit.surface, 0, points));
  return unit;
}

GraphOptions options(Engine engine, int threads, std::size_t in_flight,
                     const std::vector<RowRange>& units = {{0, 20}}) {
  return {some_days(12, units), engine, threads, in_flight, true, {}, true};
}

/// Returns the hooks of a run in which nothing was done before.
GraphHooks hooks(std::function<void(FinishedDay&&)> commit) {
  GraphHooks hooks;
  hooks.find = [](const DayKey&, RowRange) { return std::nullopt; };
  hooks.load = data_of;
  hooks.publish = [](const DayKey&, RowRange, const UnitResult&) {};
  hooks.commit = std::move(commit);
  hooks.points_done = [](std::size_t) {};
  hooks.alone = [](const DayKey&) { return std::string("again"); };
  return hooks;
}

struct Run {
  std::vector<std::string> committed;
  std::size_t published = 0;
  std::string hash;
  std::size_t most_in_flight = 0;
};

Run run(int threads, Engine engine, std::size_t in_flight, const std::set<std::string>& finished = {},
        const std::vector<RowRange>& units = {{0, 20}}) {
  Run result;
  Reducer reducer(grid(), {5000, false, {}, 10}, 3, units);
  std::mutex mutex;
  std::size_t flying = 0;
  auto world = hooks([&](FinishedDay&& day) {
    {
      const std::lock_guard lock(mutex);  // not while the reducer waits: this thread may then run another day's hooks
      --flying;
    }
    for (const auto& unit : day.units) {
      result.committed.push_back(to_string(day.day) + (unit.fresh ? "" : " (before)"));
      reducer.add(unit.result);
    }
  });
  world.find = [&](const DayKey& day, RowRange rows) -> std::optional<UnitResult> {
    const std::lock_guard lock(mutex);
    if (rows.first == 0) result.most_in_flight = std::max(result.most_in_flight, ++flying);
    if (!finished.contains(to_string(day))) return std::nullopt;
    return result_of(day, rows);
  };
  world.publish = [&](const DayKey&, RowRange rows, const UnitResult& unit) {
    const std::lock_guard lock(mutex);
    ++result.published;
    CHECK(unit.first_row == rows.first);
    CHECK(unit.surface.size() == rows.size() * grid().points_per_row());
  };
  std::atomic<bool> stop{false};
  CHECK(run_graph(backtest(), grid(), options(engine, threads, in_flight, units), world, stop) == 12);
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

TEST_CASE("a day cut into units is the same day", "[sweep][graph]") {
  const auto whole = run(1, Engine::brute, 1);
  const std::vector<RowRange> units{{0, 7}, {7, 8}, {8, 20}};
  for (const int threads : {1, 3}) {
    const auto cut = run(threads, Engine::brute, 3, {"ABC 2024-07-03"}, units);
    CHECK(cut.hash == whole.hash);
    CHECK(cut.published == 3 * 11);
    CHECK(cut.committed.size() == 3 * 12);
  }
}

TEST_CASE("an error names its unit and ends the graph", "[sweep][graph]") {
  std::size_t committed = 0;
  auto world = hooks([&](FinishedDay&&) { ++committed; });
  world.load = [](const DayKey& day) {
    if (to_string(day) == "ABC 2024-07-05") throw Error(Exit::integrity, "damaged");
    return data_of(day);
  };
  std::atomic<bool> stop{false};
  CHECK_THROWS_WITH(run_graph(backtest(), grid(), options(Engine::brute, 2, 2), world, stop),
                    Catch::Contains("ABC 2024-07-05: damaged; alone: again"));
  CHECK(committed <= 4);
}

TEST_CASE("an error that is taken leaves its day out and nothing else", "[sweep][graph]") {
  std::size_t committed = 0;
  std::vector<std::string> failed;
  std::mutex mutex;
  auto world = hooks([&](FinishedDay&&) { ++committed; });
  world.load = [](const DayKey& day) {
    if (to_string(day) == "ABC 2024-07-05") throw Error(Exit::integrity, "damaged");
    return data_of(day);
  };
  world.failed = [&](const DayKey& day, RowRange rows, const Error& error) {
    const std::lock_guard lock(mutex);
    failed.push_back(to_string(day) + " " + std::to_string(rows.last) + " " + error.what());
    return true;
  };
  std::atomic<bool> stop{false};
  CHECK(run_graph(backtest(), grid(), options(Engine::brute, 2, 2), world, stop) == 11);
  CHECK(committed == 11);
  CHECK(failed == std::vector<std::string>{"ABC 2024-07-05 20 ABC 2024-07-05: damaged"});
}

TEST_CASE("a day that lacks memory beside others runs once more, alone", "[sweep][graph]") {
  std::vector<std::string> committed;
  std::size_t failed = 0, refused = 0;
  std::set<std::string> flying, published;
  std::mutex mutex;
  auto world = hooks([&](FinishedDay&& day) {
    const std::lock_guard lock(mutex);
    committed.push_back(to_string(day.day));
    flying.erase(to_string(day.day));
  });
  world.find = [&](const DayKey& day, RowRange rows) -> std::optional<UnitResult> {
    const std::lock_guard lock(mutex);
    flying.insert(to_string(day));
    if (!published.contains(to_string(day))) return std::nullopt;
    return result_of(day, rows);
  };
  world.load = [&](const DayKey& day) {
    if (to_string(day) != "ABC 2024-07-05") return data_of(day);
    const std::lock_guard lock(mutex);
    if (++refused == 1) {
      flying.clear();  // The others are dropped, or committed.
      throw Error(Exit::resources, "too much");
    }
    CHECK(flying == std::set<std::string>{"ABC 2024-07-05"});
    return data_of(day);
  };
  world.publish = [&](const DayKey& day, RowRange, const UnitResult&) {
    const std::lock_guard lock(mutex);
    CHECK(published.insert(to_string(day)).second);
  };
  world.failed = [&](const DayKey&, RowRange, const Error&) { return ++failed, false; };
  std::atomic<bool> stop{false};
  CHECK(run_graph(backtest(), grid(), options(Engine::brute, 1, 3), world, stop) == 12);
  CHECK(committed.size() == 12);
  CHECK(std::is_sorted(committed.begin(), committed.end()));
  CHECK(refused == 2);
  CHECK(failed == 0);
}

TEST_CASE("a day that lacks memory alone ends the graph, and no command repeats that", "[sweep][graph]") {
  std::size_t refused = 0;
  auto world = hooks([](FinishedDay&&) {});
  world.load = [&](const DayKey& day) -> DayData {
    if (to_string(day) != "ABC 2024-07-02") return data_of(day);
    ++refused;
    throw Error(Exit::resources, "too much");
  };
  std::atomic<bool> stop{false};
  const auto message = [&](std::size_t in_flight) -> std::string {
    try {
      run_graph(backtest(), grid(), options(Engine::brute, 2, in_flight), world, stop);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  CHECK(message(1) == "ABC 2024-07-02: too much");
  CHECK(refused == 1);
  CHECK(message(2) == "ABC 2024-07-02: too much");
  CHECK(refused == 3);
}

TEST_CASE("asked to stop, it finishes what is in flight and begins nothing more", "[sweep][graph]") {
  std::atomic<bool> stop{false};
  std::size_t loaded = 0, committed = 0;
  auto world = hooks([&](FinishedDay&&) { ++committed; });
  world.load = [&](const DayKey& day) {
    if (++loaded == 3) stop = true;
    return data_of(day);
  };
  const auto done = run_graph(backtest(), grid(), options(Engine::brute, 2, 2), world, stop);
  CHECK(done == committed);
  CHECK(done == loaded);
  CHECK(done < 12);
}

TEST_CASE("asked to stop within a day, it publishes the unit at work and leaves the others", "[sweep][graph]") {
  std::atomic<bool> stop{false};
  std::size_t published = 0, committed = 0;
  auto world = hooks([&](FinishedDay&&) { ++committed; });
  world.publish = [&](const DayKey&, RowRange, const UnitResult&) {
    if (++published == 2) stop = true;
  };
  CHECK(run_graph(backtest(), grid(), options(Engine::brute, 1, 1, {{0, 7}, {7, 8}, {8, 20}}), world, stop) == 0);
  CHECK(published == 2);
  CHECK(committed == 0);
}

TEST_CASE("a grid that is walked slab by slab gives what a reducer of whole days gives", "[sweep][graph]") {
  const ReduceOptions reduce{5000, false, {}, 10};
  Reducer reducer(grid(), reduce);
  std::vector<std::unique_ptr<DayEvaluation>> days;
  std::vector<const DayEvaluation*> walked;
  for (const auto& day : some_days(3)) {
    days.push_back(backtest().prepare(data_of(day.day), Engine::collapse));
    walked.push_back(days.back().get());
    reducer.add(result_of(day.day, {0, 20}));
  }
  const auto whole = reducer.finish();
  const std::atomic<bool> stop{false};
  for (const std::size_t slabs : {1U, 3U, 20U}) {
    std::atomic<std::size_t> points = 0;
    const auto summary = walk_slabs(
        grid(), reduce, walked, slabs, 2, [&](std::size_t more) { points += more; }, stop);
    REQUIRE(summary);
    CHECK(points == 3 * grid().size());
    CHECK(summary->best.point == whole.best.point);
    CHECK(summary->best.total_cost == whole.best.total_cost);
    CHECK(summary->result_hash == whole.result_hash);
  }
}
