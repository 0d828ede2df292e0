#include "store/encoded_day.hpp"

#include <random>

#include "catch_compat.hpp"
#include "store/h5.hpp"

using namespace sorsweep;

namespace {

QuoteColumns shuffled_rows(std::size_t count) {
  std::mt19937_64 random(count);
  QuoteColumns rows;
  for (std::size_t i = 0; i < count; ++i) {
    QuoteRow row;
    row.ts_recv_ns = static_cast<TimeNs>(random() % (count / 2 + 1));  // ties: their order must stay
    row.ts_event_ns = static_cast<TimeNs>(i);
    row.bid_px = static_cast<Nano>(random() % 100);
    row.ask_px = static_cast<Nano>(random() % 100);
    row.flags = static_cast<std::uint8_t>(random());
    rows.push_back(row);
  }
  return rows;
}

DayBuilder day_as_it_comes(const QuoteColumns& rows) {
  DayBuilder day;
  std::vector<ChunkWork> work;
  day.append(rows, work);
  day.finish(work);
  for (auto& chunk : work) chunk.encode();
  return day;
}

}  // namespace

TEST_CASE("a compressed day is sorted as its rows are", "[store][day]") {
  for (const auto count : {std::size_t{2}, std::size_t{1001}, 2 * h5::kChunkRows, 2 * h5::kChunkRows + 333}) {
    auto rows = shuffled_rows(count);
    const auto wanted = build_day(QuoteColumns(rows), 1);
    for (const int threads : {1, 3}) {
      auto day = day_as_it_comes(rows);
      day.count_stale(7);
      REQUIRE((count == 2 || !day.in_order()));
      day.sort(threads);
      INFO(count << " rows, " << threads << " threads");
      CHECK(day.in_order());
      CHECK(day.rows() == count);
      CHECK(day.hashes() == wanted.hashes());
      CHECK(day.facts().crossed == wanted.facts().crossed);
      CHECK(day.facts().stale == 7);
      REQUIRE(day.chunks().size() == wanted.chunks().size());
      for (std::size_t i = 0; i < day.chunks().size(); ++i)
        CHECK((day.chunks()[i]->columns == wanted.chunks()[i]->columns));
    }
  }
}
