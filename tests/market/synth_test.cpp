#include "market/synth.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "feed/quote_csv_writer.hpp"

using namespace sorsweep;

namespace {

constexpr Nano kCent = 10'000'000;

SynthOptions options_of(int venues, std::size_t rows, std::uint64_t seed = 1) {
  SynthOptions options;
  options.venues = venues;
  options.rows = rows;
  options.seed = seed;
  return options;
}

std::string hash_of(const SynthOptions& options, int day) {
  const auto text = format_quote_csv(synth_day(options, day), options.symbol);
  return hash_hex(std::as_bytes(std::span(text)));
}

/// Makes the day that most tests look at.
const QuoteColumns& default_day() {
  static const auto columns = synth_day(SynthOptions{}, 0);
  return columns;
}

/// Calls `visit(row, previous row of the same publisher)`.
template <class Visit>
void for_each_pair(const QuoteColumns& columns, Visit&& visit) {
  std::map<std::uint32_t, QuoteRow> last;
  for (std::size_t i = 0; i < columns.rows(); ++i) {
    const auto row = columns.row(i);
    const auto before = last.find(row.publisher_id);
    if (before != last.end()) visit(row, before->second);
    last[row.publisher_id] = row;
  }
}

/// Returns for how many ns the national spread was how many cents wide. The last quote of every publisher stands.
std::map<Nano, TimeNs> time_at_spread(const QuoteColumns& columns) {
  std::map<std::uint32_t, QuoteRow> last;
  std::map<Nano, TimeNs> times;
  for (std::size_t i = 0; i + 1 < columns.rows(); ++i) {
    last[columns.publisher_id[i]] = columns.row(i);
    Nano bid = 0, ask = kUndefinedPx;
    for (const auto& [publisher_id, row] : last) {
      if (is_defined_px(row.bid_px)) bid = std::max(bid, row.bid_px);
      if (is_defined_px(row.ask_px)) ask = std::min(ask, row.ask_px);
    }
    if (bid > 0 && ask != kUndefinedPx) times[(ask - bid) / kCent] += columns.ts_recv_ns[i + 1] - columns.ts_recv_ns[i];
  }
  return times;
}

std::size_t rows_between(const QuoteColumns& columns, std::string_view from, std::string_view to) {
  const auto& times = columns.ts_event_ns;
  const TimeZone zone("America/New_York");
  const auto date = zone.date_of(times.front());
  const TimeWindow window{zone.at(date, *parse_time_of_day(from)), zone.at(date, *parse_time_of_day(to))};
  return static_cast<std::size_t>(
      std::count_if(times.begin(), times.end(), [&](TimeNs time) { return window.contains(time); }));
}

bool on_grid(Nano px) {
  return px == kUndefinedPx || (px > 0 && px % kCent == 0);
}

/// Tells whether a side has a price and a size, or neither.
bool is_whole(Nano px, std::uint32_t size) {
  return (px == kUndefinedPx) == (size == 0);
}

}  // namespace

TEST_CASE("synth: the same options give the same bytes, on every machine") {
  CHECK(hash_of(SynthOptions{}, 0) == "f704bdad58f66588ea4517efca9cb19f");
  CHECK(hash_of(options_of(12, 1'000, 7), 3) == "1714e4ed58b50db7f30168daf622aafe");
}

TEST_CASE("synth: seed, symbol and day each make another market") {
  const auto options = options_of(5, 1'000);
  auto renamed = options;
  renamed.symbol = "OTHER";
  const std::set<std::string> hashes = {hash_of(options, 0), hash_of(options, 1), hash_of(renamed, 0),
                                        hash_of(options_of(5, 1'000, 2), 0)};
  CHECK(hashes.size() == 4);
  CHECK(synth_day(options, 0).bid_px != synth_day(renamed, 0).bid_px);
}

TEST_CASE("synth: a day does not depend on how many are asked for") {
  auto options = options_of(3, 1'000);
  const auto hash = hash_of(options, 4);
  options.days = 300;
  CHECK(hash_of(options, 4) == hash);
}

TEST_CASE("synth: what holds for any venues, rows and seed") {
  for (const int venues : {1, 2, 5, 12})
    for (const std::size_t rows : {std::size_t{10}, std::size_t{11}, std::size_t{1'000}, std::size_t{30'000}})
      for (const std::uint64_t seed : {0U, 1U, 99U}) {
        CAPTURE(venues, rows, seed);
        const auto columns = synth_day(options_of(venues, rows, seed), 1);
        bool whole = true, uncrossed = true, timely = true;
        for (std::size_t i = 0; i < columns.rows(); ++i) {
          const auto row = columns.row(i);
          const auto latency_ns = row.ts_recv_ns - row.ts_event_ns;
          whole &= is_whole(row.bid_px, row.bid_sz) && is_whole(row.ask_px, row.ask_sz) && row.size > 0;
          whole &= on_grid(row.price) && on_grid(row.bid_px) && on_grid(row.ask_px);
          uncrossed &= row.bid_px == kUndefinedPx || row.bid_px < row.ask_px;
          timely &= latency_ns >= 100'000 && latency_ns <= 400'000;
        }
        CHECK(columns.rows() == rows);
        CHECK(std::is_sorted(columns.ts_recv_ns.begin(), columns.ts_recv_ns.end()));
        CHECK(whole);
        CHECK(uncrossed);  // within one publisher; between publishers it happens
        CHECK(timely);
        const std::set<std::uint32_t> publishers(columns.publisher_id.begin(), columns.publisher_id.end());
        CHECK(publishers.size() == std::min(rows, static_cast<std::size_t>(venues)));
        CHECK(*publishers.begin() == 2);
        CHECK(rows_between(columns, "09:30", "16:00") == rows);
      }
}

TEST_CASE("synth: a publisher's rows are in the order of its events") {
  bool ordered = true;
  for_each_pair(default_day(), [&](const QuoteRow& row, const QuoteRow& before) {
    ordered &= row.ts_event_ns >= before.ts_event_ns && row.ts_recv_ns >= before.ts_recv_ns;
  });
  CHECK(ordered);
}

TEST_CASE("synth: a trade shows the book before it, and the next row the book after it") {
  std::size_t trades = 0;
  bool before_it = true, at_best = true, after_it = true;
  for_each_pair(default_day(), [&](const QuoteRow& row, const QuoteRow& before) {
    if (row.action == 'T') {
      ++trades;
      before_it &= row.bid_px == before.bid_px && row.ask_px == before.ask_px;
      before_it &= row.bid_sz == before.bid_sz && row.ask_sz == before.ask_sz;
      at_best &= row.side == 'A' ? row.price == row.bid_px && row.size <= row.bid_sz
                                 : row.price == row.ask_px && row.size <= row.ask_sz;
    }
    if (before.action == 'T') {
      after_it &= row.action == 'C' && row.ts_event_ns == before.ts_event_ns && row.size == before.size;
      const bool bid_hit = before.side == 'A';
      after_it &= bid_hit ? row.bid_px < before.bid_px || row.bid_sz == before.bid_sz - before.size
                          : row.ask_px > before.ask_px || row.ask_sz == before.ask_sz - before.size;
    }
  });
  CHECK(trades > 4'000);
  CHECK(trades < 12'000);
  CHECK(before_it);
  CHECK(at_best);
  CHECK(after_it);
}

TEST_CASE("synth: the national spread is mostly one to three cents, rarely locked or crossed") {
  TimeNs all = 0, tight = 0, not_positive = 0;
  for (const auto& [cents, time_ns] : time_at_spread(default_day())) {
    all += time_ns;
    if (cents >= 1 && cents <= 3) tight += time_ns;
    if (cents <= 0) not_positive += time_ns;
  }
  CHECK(tight > all / 100 * 95);
  CHECK(not_positive > 0);
  CHECK(not_positive < all / 100 * 2);
}

TEST_CASE("synth: several venues share an event, and some rows lack a side") {
  const auto& columns = default_day();
  std::map<TimeNs, std::set<std::uint32_t>> venues;
  std::size_t one_sided = 0;
  for (std::size_t i = 0; i < columns.rows(); ++i) {
    venues[columns.ts_event_ns[i]].insert(columns.publisher_id[i]);
    one_sided += columns.bid_sz[i] == 0 || columns.ask_sz[i] == 0;
  }
  const auto shared = std::count_if(venues.begin(), venues.end(), [](const auto& e) { return e.second.size() > 1; });
  CHECK(shared > 500);
  CHECK(one_sided > 20);
  CHECK(one_sided < 400);
}

TEST_CASE("synth: queues are of some hundred to two thousand shares") {
  auto sizes = default_day().bid_sz;
  std::sort(sizes.begin(), sizes.end());
  CHECK(sizes[sizes.size() / 2] > 400);
  CHECK(sizes[sizes.size() / 2] < 1'200);
  CHECK(sizes[sizes.size() / 100] > 20);
  CHECK(sizes[sizes.size() / 100 * 99] < 3'000);
}

TEST_CASE("synth: the first and the last half hour are busier than noon") {
  const auto noon = rows_between(default_day(), "12:30", "13:00");
  CHECK(rows_between(default_day(), "09:30", "10:00") > 2 * noon);
  CHECK(rows_between(default_day(), "15:30", "16:00") > 2 * noon);
}

TEST_CASE("synth: days are weekdays and no fixed holidays") {
  SynthOptions options;
  options.days = 10'000;
  CHECK(format_date(synth_date(options, 0)) == "2024-07-08");
  CHECK(format_date(synth_date(options, 4)) == "2024-07-12");
  CHECK(format_date(synth_date(options, 5)) == "2024-07-15");
  options.first_day = *parse_date("2024-12-25");
  CHECK(format_date(synth_date(options, 0)) == "2024-12-26");
  CHECK(format_date(synth_date(options, 4)) == "2025-01-02");
  options.first_day = *parse_date("2024-07-06");  // a Saturday
  CHECK(format_date(synth_date(options, 0)) == "2024-07-08");
}

TEST_CASE("synth: the session begins at 09:30 in New York, summer and winter") {
  auto options = options_of(5, 50'000);
  CHECK(format_iso_time(synth_day(options, 0).ts_event_ns.front()).starts_with("2024-07-08T13:30:0"));
  options.first_day = *parse_date("2024-01-08");
  CHECK(format_iso_time(synth_day(options, 0).ts_event_ns.front()).starts_with("2024-01-08T14:30:0"));
}

TEST_CASE("synth: options that make no sense are refused") {
  const auto refused = [](auto&& change) {
    SynthOptions options;
    change(options);
    try {
      synth_day(options, 0);
    } catch (const Error& error) {
      return error.code() == Exit::usage;
    }
    return false;
  };
  CHECK(refused([](SynthOptions& o) { o.days = 0; }));
  CHECK(refused([](SynthOptions& o) { o.venues = 0; }));
  CHECK(refused([](SynthOptions& o) { o.venues = 13; }));
  CHECK(refused([](SynthOptions& o) { o.rows = 9; }));
  CHECK(refused([](SynthOptions& o) { o.rows = 50'000'001; }));
  CHECK(refused([](SynthOptions& o) { o.symbol = ""; }));
  CHECK(refused([](SynthOptions& o) { o.symbol = "A,B"; }));
  CHECK(refused([](SynthOptions& o) { o.symbol = "../A"; }));
  CHECK(refused([](SynthOptions& o) { o.first_day = Date{}; }));
  CHECK_THROWS_AS(synth_day(SynthOptions{}, 5), Error);
  CHECK_THROWS_AS(synth_date(SynthOptions{}, -1), Error);
}
