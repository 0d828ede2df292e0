#include "sorsweep/store/day_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <thread>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "core/files.hpp"
#include "store/h5.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

StoredDay some_day() {
  StoredDay day{{"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)}}, {}, {}};
  day.provenance = {"America/New_York", "a.csv 1 bytes\n", 1000, 1, 0, 999, "ask_px_00 1\n"};
  std::mt19937_64 random(7);
  for (std::int64_t i = 0; i < 999; ++i) {
    QuoteRow row;
    row.ts_recv_ns = row.ts_event_ns = 1'720'000'000'000'000'000 + i;
    row.publisher_id = static_cast<std::uint32_t>(random());
    row.ask_px = static_cast<Nano>(random() >> 1);
    row.ask_sz = UINT32_MAX;
    row.flags = static_cast<std::uint8_t>(random());
    day.quotes.push_back(row);
  }
  return day;
}

/// Returns what is written to standard error while `body` runs.
template <class Body>
std::string said_during(const Body& body) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "said";
  const int kept = ::dup(2);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
  ::dup2(file, 2);
  body();
  ::dup2(kept, 2);
  ::close(file);
  ::close(kept);
  return read_file(path, Exit::input);
}

}  // namespace

TEST_CASE("HDF5 keeps quiet in every thread", "[store][day]") {
  const TemporaryFolder folder;
  write_day(folder.path() / "d.h5", some_day());
  const h5::Reader file(folder.path() / "d.h5");
  const auto said =
      said_during([&] { std::thread([&] { CHECK_THROWS_AS(file.column<double>("no such column"), Error); }).join(); });
  CHECK(said.empty());
}

TEST_CASE("a day reads back as it was written", "[store][day]") {
  const TemporaryFolder folder;
  const auto day = some_day();
  write_day(folder.path() / "d.h5", day);
  const auto again = read_day(folder.path() / "d.h5");
  CHECK(again.key == day.key);
  CHECK(again.provenance.rows_rejected == 1);
  for_each_column_member([&](auto member, const char* name) {
    INFO(name);
    CHECK(again.quotes.*member == day.quotes.*member);
  });
}

TEST_CASE("columns that are not asked for are not read", "[store][day]") {
  const TemporaryFolder folder;
  const auto day = some_day();
  write_day(folder.path() / "d.h5", day);
  constexpr std::array<std::string_view, 2> wanted = {"ask_px_nano", "flags"};
  const auto part = read_day(folder.path() / "d.h5", wanted);
  CHECK(part.quotes.ask_px == day.quotes.ask_px);
  CHECK(part.quotes.flags == day.quotes.flags);
  CHECK(part.quotes.bid_px.empty());
  CHECK(part.quotes.rows() == 0);
}

TEST_CASE("a day of several chunks reads back, sorted or not, with any number of threads", "[store][day]") {
  const TemporaryFolder folder;
  auto day = some_day();
  std::mt19937_64 random(5);
  while (day.quotes.rows() < 3 * h5::kChunkRows + 17) {
    auto row = day.quotes.row(day.quotes.rows() - 1);
    row.ts_recv_ns += static_cast<std::int64_t>(random() % 3);
    row.bid_sz = static_cast<std::uint32_t>(random() % 9) * 100;
    day.quotes.push_back(row);
  }
  auto shuffled = day;
  std::reverse(shuffled.quotes.ts_recv_ns.begin(), shuffled.quotes.ts_recv_ns.end());
  for (const auto& one : {day, shuffled}) {
    write_day(folder.path() / "d.h5", one);
    auto sorted = one.quotes;
    sorted.sort_by_recv_time();
    const auto again = read_day(folder.path() / "d.h5", {}, 3);
    for_each_column_member([&](auto member, const char* name) {
      INFO(name);
      CHECK((again.quotes.*member == sorted.*member));
    });
  }
}

TEST_CASE("two files open at a time are two files", "[store][day]") {
  const TemporaryFolder folder;
  for (const std::int64_t value : {1, 2}) {
    h5::Writer file;
    file.column("x", std::span<const std::int64_t>(&value, 1), "");
    publish(folder.path() / std::to_string(value), [&](NewFile& to) { file.write_sealed(to); });
  }
  const h5::Reader one(folder.path() / "1"), two(folder.path() / "2");
  CHECK(one.column<std::int64_t>("x").at(0) == 1);
  CHECK(two.column<std::int64_t>("x").at(0) == 2);
}

TEST_CASE("memory that is set aside for a file changes nothing in it", "[store][day]") {
  const TemporaryFolder folder;
  std::vector<double> values(500'000);  // about 3 MB, while the file grows by steps of 1 MiB
  std::mt19937_64 random(3);
  for (auto& value : values) value = static_cast<double>(random());
  std::set<std::string> contents;
  for (const std::size_t expected : {0, 1000, 2'000'000, 30'000'000}) {
    h5::Writer file(1, expected);
    file.column("x", std::span<const double>(values), "");
    const auto path = folder.path() / std::to_string(expected);
    publish(path, [&](NewFile& to) { file.write_sealed(to); });
    contents.insert(read_file(path, Exit::input));
    CHECK(h5::Reader(path).column<double>("x") == values);
  }
  CHECK(contents.size() == 1);
  CHECK(contents.begin()->size() > 2'500'000);
}

TEST_CASE("equal days have equal bytes", "[store][day]") {
  const TemporaryFolder folder;
  write_day(folder.path() / "a.h5", some_day());
  write_day(folder.path() / "b.h5", some_day());
  CHECK(read_file(folder.path() / "a.h5", Exit::input) == read_file(folder.path() / "b.h5", Exit::input));
}

TEST_CASE("no bit of a day can flip unseen", "[store][day]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "d.h5";
  write_day(path, some_day());
  const auto good = read_file(path, Exit::input);
  std::mt19937_64 random(11);
  for (int i = 0; i < 500; ++i) {
    auto bad = good;
    const auto at = random() % bad.size();
    bad[at] = static_cast<char>(bad[at] ^ (1 << (random() % 8)));
    write_text(path, bad);
    INFO("byte " << at);
    CHECK_THROWS_AS(check_seal(path), Error);
    CHECK_THROWS_AS(read_day(path), Error);
  }
}

TEST_CASE("a symbol cannot leave the store", "[store][day]") {
  for (const char* symbol : {"", "..", "../x", "a/b", ".hidden", "a\\b", "a\nb"})
    CHECK_THROWS_AS(check_symbol(symbol), Error);
  CHECK_NOTHROW(check_symbol("BRK.B"));
}
