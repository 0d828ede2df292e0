#include "sorsweep/store/quote_csv.hpp"

#include "catch_compat.hpp"
#include "sorsweep/core/error.hpp"

using namespace sorsweep;

namespace {

struct Collected final : QuoteSink {
  std::vector<QuoteRow> rows;
  std::vector<std::string> symbols;
  std::vector<Reject> rejects;
  CsvSummary summary;
  void accept(const QuoteRow& row, std::string_view symbol) override {
    rows.push_back(row);
    symbols.emplace_back(symbol);
  }
  void reject(Reject reject) override { rejects.push_back(std::move(reject)); }
};

Collected read(const std::string& text) {
  Collected all;
  all.summary = read_quote_csv("in.csv", text, all);
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
  CHECK(nano.summary.prices_are_nano);
  CHECK(nano.rows.at(0).ask_px == 222'830'000'000);
  CHECK(nano.rows.at(1).bid_px == 5);
  const auto dollars = read(kHeader + "1,2,99,100,1,1\n");
  CHECK_FALSE(dollars.summary.prices_are_nano);
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
  CHECK(all.summary.rows == all.rows.size() + all.rejects.size());
  REQUIRE(all.rejects.size() == 4);
  CHECK(place_of(all.rejects[0]) == "in.csv:3:9");
  CHECK(all.rejects[0].kind == "ask_px_00");
  CHECK(all.rejects[0].text == "abc");
  CHECK(all.rejects[1].kind == "fields");
  CHECK(all.rejects[2].kind == "ts_event");
  CHECK(all.rejects[3].why == "a price below zero");
}

TEST_CASE("a source without what is needed is refused", "[store][csv]") {
  CHECK_THROWS_WITH(read(""), Catch::Contains("is empty"));
  CHECK_THROWS_WITH(read(kHeader), Catch::Contains("no rows"));
  CHECK_THROWS_WITH(read("ts_event,publisher_id,ask_px_0,ask_sz_00\n1,2,3,4\n"),
                    Catch::Contains("did you mean «ask_px_0»"));
  CHECK_THROWS_WITH(read("ts_event,publisher_id,ask_px_00,ask_sz_00,bid_px_00\n1,2,3,4,5\n"),
                    Catch::Contains("bid_sz_00"));
}
