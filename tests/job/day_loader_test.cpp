#include "job/day_loader.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

const DayKey kDay = {"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)}};

/// Writes a day of a few quotes into the store, over the one that is there.
void write_quotes(const std::filesystem::path& store, Nano ask_px) {
  StoredDay day{kDay, {}, {}};
  day.provenance.tz = "America/New_York";
  for (std::int64_t i = 0; i < 10; ++i) {
    QuoteRow row;
    row.ts_recv_ns = row.ts_event_ns = 1'720'445'400'000'000'000 + i;
    row.publisher_id = 2;
    row.bid_px = ask_px - 1;
    row.ask_px = ask_px;
    row.bid_sz = row.ask_sz = 100;
    day.quotes.push_back(row);
  }
  std::filesystem::create_directories(store / kDay.symbol);
  write_day(day_path(store, kDay), day);
}

Config config_of(const std::filesystem::path& store) {
  Config config;
  config.store = store;
  config.router = "notebook";
  return config;
}

}  // namespace

TEST_CASE("a day that changed between the check and the load is refused", "[job][day_loader]") {
  const TemporaryFolder folder;
  const auto config = config_of(folder.path());
  write_quotes(config.store, 100 * kNanoPerDollar);
  const auto checked = check_days(config, {kDay});
  const DayHashes content = {{to_string(kDay), checked.front().content}};
  CHECK(load_day(config, kDay, content).quotes.rows() == 10);
  CHECK_NOTHROW(check_unchanged(config, checked, content));

  write_quotes(config.store, 101 * kNanoPerDollar);  // a good file with a good seal, but other data
  CHECK_THROWS_WITH(load_day(config, kDay, content), Catch::Contains("has changed since the run began"));
  CHECK_THROWS_WITH(load_whole_day(config, kDay, content), Catch::Contains("has changed since the run began"));
  CHECK_THROWS_WITH(check_unchanged(config, check_days(config, {kDay}), content),
                    Catch::StartsWith("ABC 2024-07-08: "));
  try {
    load_day(config, kDay, content);
  } catch (const Error& error) {
    CHECK(error.code() == Exit::integrity);
  }

  write_quotes(config.store, 100 * kNanoPerDollar);
  CHECK(load_day(config, kDay, content).quotes.rows() == 10);
  std::filesystem::remove(day_path(config.store, kDay));
  CHECK_THROWS_WITH(load_day(config, kDay, content), Catch::StartsWith("the store has no day 2024-07-08 of ABC"));
}

TEST_CASE("days are chosen among those that are pinned", "[job][day_loader]") {
  const TemporaryFolder folder;
  auto config = config_of(folder.path());
  write_quotes(config.store, kNanoPerDollar);
  const Date later(std::chrono::year(2024), std::chrono::month(7), std::chrono::day(9));
  config.pinned_days = {{"ABC", {kDay.date}}};
  std::filesystem::copy_file(day_path(config.store, kDay), day_path(config.store, {"ABC", later}));
  CHECK(select_units(config) == std::vector<DayKey>{kDay});
  config.symbols = {"ABC", "ABD"};
  CHECK_THROWS_WITH(select_units(config), Catch::Contains("pinned_days has no symbol ABD"));
  config.symbols = {};
  config.pinned_days = {{"ABC", {kDay.date}}, {"ABD", {later}}};
  CHECK_THROWS_WITH(select_units(config),
                    Catch::Contains("the store has no day 2024-07-09 of ABD (pinned_days lists it)"));
}

TEST_CASE("days are chosen by list or by range, and what the store lacks is named", "[job][day_loader]") {
  const TemporaryFolder folder;
  auto config = config_of(folder.path());
  CHECK_THROWS_WITH(select_units(config), Catch::Contains("is empty"));
  write_quotes(config.store, kNanoPerDollar);
  CHECK(select_units(config) == std::vector<DayKey>{kDay});
  config.symbols = {"ABD"};
  CHECK_THROWS_WITH(select_units(config), Catch::Contains("has no symbol ABD"));
  config.symbols = {"ABC"};
  config.days.from = Date(std::chrono::year(2024), std::chrono::month(7), std::chrono::day(9));
  CHECK_THROWS_WITH(select_units(config), Catch::Contains("no day of ABC in that range"));
  config.days = {{config.days.from.value()}, {}, {}};
  CHECK_THROWS_WITH(select_units(config), Catch::Contains("the store has no day 2024-07-09 of ABC"));
}
