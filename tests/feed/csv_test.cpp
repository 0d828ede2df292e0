#include <array>
#include <random>
#include <tuple>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "feed/csv_block.hpp"
#include "feed/csv_text.hpp"

using namespace sorsweep;

namespace {

struct Collected {
  std::vector<QuoteRow> rows;
  std::vector<std::string> symbols;
  std::vector<Reject> rejects;
  std::uint64_t rows_read = 0;
  bool nano = false;
};

enum class Way { fast, plain };

Collected read(const std::string& text, Way way = Way::fast) {
  CsvLines lines(text);
  std::string_view header;
  lines.next(header);
  const CsvLayout layout("in.csv", header);
  Collected all;
  all.nano = sniff_nano(text, layout);
  const CsvBlockReader reader("in.csv", layout, all.nano);
  const TimeZone zone("UTC");
  RowBlock block(zone, 1000);
  std::vector<char> padded(text.begin() + static_cast<std::ptrdiff_t>(lines.position()), text.end());
  const auto size = padded.size();
  padded.resize(size + kCsvPadding);
  way == Way::fast ? reader.read({padded.data(), size}, block) : reader.read_plainly({padded.data(), size}, block);
  all.rejects = block.rejects;
  all.rows_read = block.rows_read;
  for (auto& reject : all.rejects) reject.line += lines.number();
  for (const auto& group : block.take_groups())
    for (std::size_t i = 0; i < group.rows.rows(); ++i) {
      all.rows.push_back(group.rows.row(i));
      all.symbols.push_back(group.key.symbol);
    }
  return all;
}

const std::string kHeader = "ts_event,publisher_id,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00\n";

}  // namespace

TEST_CASE("columns are found by name, in any order, beside others", "[store][csv]") {
  const auto all =
      read("ask_sz_00,extra,ask_px_00,publisher_id,ts_event,symbol\n36,?,222.83,2,1722519392491911683,AAPL\n");
  REQUIRE(all.rows.size() == 1);
  const auto& row = all.rows[0];
  CHECK(row.ts_event_ns == 1722519392491911683);
  CHECK(row.ts_recv_ns == row.ts_event_ns);  // the feed has none
  CHECK(row.ask_px == 222'830'000'000);
  CHECK(row.ask_sz == 36);
  CHECK(row.bid_px == kUndefinedPx);
  CHECK(all.symbols[0] == "AAPL");
}

TEST_CASE("of two columns of one name the first counts, as pandas has it", "[store][csv]") {
  const auto all = read("ts_event,ts_event,publisher_id,ask_px_00,ask_sz_00\n1,2,3,4.0,5\n");
  CHECK(all.rows.at(0).ts_event_ns == 1);
}

TEST_CASE("BOM, CRLF, quotes, blank lines and a missing last line end are nothing special", "[store][csv]") {
  const auto all =
      read("\xEF\xBB\xBFts_event,publisher_id,ask_px_00,ask_sz_00,symbol\r\n\r\n1,2,3.5,4,\"A,B\"\r\n5,6,7.5,8,C");
  REQUIRE(all.rows.size() == 2);
  CHECK(all.symbols == std::vector<std::string>{"A,B", "C"});
  CHECK(all.rows[1].ask_px == 7'500'000'000);
}

TEST_CASE("undefined prices come in three spellings", "[store][csv]") {
  const auto all = read(kHeader + "1,2,,9223372036854775807,0,0\n1,2,0,99.5,0,10\n");
  CHECK_FALSE(is_defined_px(all.rows.at(0).bid_px));
  CHECK_FALSE(is_defined_px(all.rows.at(0).ask_px));
  CHECK_FALSE(is_defined_px(all.rows.at(1).bid_px));
  CHECK(is_defined_px(all.rows.at(1).ask_px));
}

TEST_CASE("integer prices are 1e-9 where one is large, dollars otherwise", "[store][csv]") {
  const auto nano = read(kHeader + "1,2,222810000000,222830000000,1,1\n1,2,5,9223372036854775807,1,1\n");
  CHECK(nano.nano);
  CHECK(nano.rows.at(0).ask_px == 222'830'000'000);
  CHECK(nano.rows.at(1).bid_px == 5);
  const auto dollars = read(kHeader + "1,2,99,100,1,1\n");
  CHECK_FALSE(dollars.nano);
  CHECK(dollars.rows.at(0).ask_px == 100 * kNanoPerDollar);
  // One decimal point decides for the whole source.
  const auto mixed = read(kHeader + "1,2,2000000,2000000.5,1,1\n");
  CHECK(mixed.rows.at(0).bid_px == 2'000'000 * kNanoPerDollar);
}

TEST_CASE("whole numbers may be spelt as pandas spells them", "[store][csv]") {
  CHECK(read(kHeader + "1,2.0,3.5,4.5,100.0,200.\n").rows.at(0).ask_sz == 200);
}

TEST_CASE("a bad cell rejects its row with its place, and no other", "[store][csv]") {
  const auto all =
      read(kHeader + "1,2,3.5,4.5,10,20\n1,2,3.5,abc,10,20\n1,2,3.5\n,2,3.5,4.5,10,20\n1,2,3.5,-4.5,10,20\n");
  CHECK(all.rows.size() == 1);
  CHECK(all.rows_read == all.rows.size() + all.rejects.size());
  REQUIRE(all.rejects.size() == 4);
  CHECK(place_of(all.rejects[0]) == "in.csv:3:9");
  CHECK(all.rejects[0].kind == "ask_px_00");
  CHECK(all.rejects[0].text == "abc");
  CHECK(all.rejects[1].kind == "fields");
  CHECK(all.rejects[2].kind == "ts_event");
  CHECK(all.rejects[3].why == "a price below zero");
}

TEST_CASE("a header without what is needed is refused", "[store][csv]") {
  CHECK_THROWS_WITH(read("ts_event,publisher_id,ask_px_0,ask_sz_00\n1,2,3,4\n"),
                    Catch::Contains("did you mean «ask_px_0»"));
  CHECK_THROWS_WITH(read("ts_event,publisher_id,ask_px_00,ask_sz_00,bid_px_00\n1,2,3,4,5\n"),
                    Catch::Contains("bid_sz_00"));
}

TEST_CASE("zero bytes are no date",
          "[store][csv]") {  // found by the fuzzer: they equalled the fast reader's empty memory
  const auto text = kHeader + std::string(10, '\0') + " 13:30:00.125395235+00:00,2,30.1,32.0,50,200\n";
  CHECK(read(text).rows.empty());
  CHECK(read(text, Way::plain).rows.empty());
}

TEST_CASE("where ts_event is missing, ts_recv stands for it", "[store][csv]") {
  const auto all =
      read("ts_recv,ts_event,publisher_id,ask_px_00,ask_sz_00\n7,,2,3.5,4\n9,18446744073709551615,2,3.5,4\n");
  CHECK(all.rows.at(0).ts_event_ns == 7);
  CHECK(all.rows.at(1).ts_event_ns == 9);
}

namespace {

auto tie_of(const QuoteRow& r) {
  return std::tuple(r.ts_recv_ns, r.ts_event_ns, r.publisher_id, r.action, r.side, r.flags, r.size, r.price, r.bid_px,
                    r.ask_px, r.bid_sz, r.ask_sz);
}

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  template <std::size_t N>
  std::string one_of(const std::array<const char*, N>& words) {
    return words[below(N)];
  }
  std::string digits(std::size_t most) {
    std::string text;
    for (auto n = 1 + below(most); n > 0; --n) text += static_cast<char>('0' + below(10));
    return text;
  }

 private:
  std::mt19937 random_;
};

/// Makes cells as feeds write them, cells that are nearly right, and debris.
std::string any_cell(Chance& chance, const std::string& column) {
  constexpr std::array debris = {
      "",           "x",  "-1", "1e3",  ".",   "1.", ".5", "18446744073709551615", "9223372036854775807", "99999999999",
      "1.2.3",      "+7", " 1", "0x10", "1,2",

      "4294967296", "\r"};
  if (chance.below(25) == 0) return chance.one_of(debris);
  if (column.starts_with("ts_")) {
    constexpr std::array times = {"2024-07-08T13:30:00.003735882Z",
                                  "2024-07-08 13:30:00.125395235+00:00",
                                  "2024-07-09T23:59:59.999999999Z",
                                  "2024-02-30T13:30:00.003735882Z",
                                  "2024-07-08T24:30:00.003735882Z",
                                  "2024-07-08T13:30:60.003735882Z",
                                  "2024-07-08T13:30:00.00373588Z",
                                  "2024-07-08T13:30:00.0037358820",
                                  "1722519392491911683",
                                  "7258118400000000000",
                                  "1969-12-31T23:59:59.999999999Z",
                                  "2200-01-01T00:00:00.000000000Z",
                                  "2024-07-08T13:30:00",
                                  "2024-07-08T13:3x:00.003735882Z"};
    return chance.one_of(times);
  }
  if (column.find("px") != std::string::npos || column == "price") {
    auto price = chance.digits(8);
    if (chance.below(8) != 0) price.append(".").append(chance.digits(10));
    return price;
  }
  if (column == "action") return chance.one_of(std::array{"A", "C", "M", "R", "T", "F", "N", "Z", ""});
  if (column == "side") return chance.one_of(std::array{"A", "B", "N", "Q"});
  if (column == "flags") return chance.one_of(std::array{"0", "128", "255", "256"});
  if (column == "symbol") return chance.one_of(std::array{"AB", "ABC", "X", "AB"});
  return chance.digits(10);
}

std::string any_csv(unsigned seed) {
  Chance chance(seed);
  std::vector<std::string> columns = {"ts_recv",   "ts_event",  "publisher_id", "action",    "side",
                                      "flags",     "size",      "price",        "bid_px_00", "ask_px_00",
                                      "bid_sz_00", "ask_sz_00", "symbol",       "other"};
  for (auto i = columns.size(); i > 1; --i) std::swap(columns[i - 1], columns[chance.below(i)]);
  std::string text;
  for (const auto& column : columns) text += column + (&column == &columns.back() ? "\n" : ",");
  for (int row = 0; row < 200; ++row) {
    for (const auto& column : columns) text += any_cell(chance, column) + (&column == &columns.back() ? "" : ",");
    if (chance.below(30) == 0) text += ",";
    if (chance.below(30) == 0) text.resize(text.size() - std::min<std::size_t>(text.size(), chance.below(20)));
    text += chance.below(5) == 0 ? "\r\n" : "\n";
    if (chance.below(40) == 0) text += "\n";
    if (seed % 10 == 0 && row == 100) text += "\"";  // one quote anywhere, and the block is read plainly
  }
  if (chance.below(2) == 0) text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("the fast reader and the plain one agree on anything", "[store][csv]") {
  std::size_t accepted = 0, rejected = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const auto text = any_csv(seed);
    const auto fast = read(text), plain = read(text, Way::plain);
    INFO("seed " << seed);
    REQUIRE(fast.rows.size() == plain.rows.size());
    for (std::size_t i = 0; i < fast.rows.size(); ++i) REQUIRE(tie_of(fast.rows[i]) == tie_of(plain.rows[i]));
    REQUIRE(fast.symbols == plain.symbols);
    REQUIRE(fast.rejects.size() == plain.rejects.size());
    for (std::size_t i = 0; i < fast.rejects.size(); ++i) {
      REQUIRE(place_of(fast.rejects[i]) == place_of(plain.rejects[i]));
      REQUIRE(fast.rejects[i].byte == plain.rejects[i].byte);
      REQUIRE(fast.rejects[i].why == plain.rejects[i].why);
    }
    accepted += fast.rows.size();
    rejected += fast.rejects.size();
  }
  CHECK(accepted > 1000);
  CHECK(rejected > 1000);
}
