#include "feed/row_rules.hpp"

#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <utility>

#include "catch_compat.hpp"
#include "feed/source.hpp"
#include "sorsweep/feed/line_format.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

constexpr TimeNs kLastNs = 7'258'118'399'999'999'999;  // 2199-12-31
constexpr Nano kLimit = 100'000'000'000'000'000;       // $100,000,000

QuoteRow good_row() {
  QuoteRow row;
  row.ts_event_ns = row.ts_recv_ns = 1'720'445'400'000'000'000;
  row.bid_px = 99 * kNanoPerDollar;
  row.ask_px = 100 * kNanoPerDollar;
  return row;
}

/// A row, and the column in which it breaks a rule; an empty text if it breaks none.
struct Case {
  QuoteRow row;
  std::string column;
};

/// Makes rows at every limit and just beyond it.
std::vector<Case> cases() {
  std::vector<Case> all;
  const auto add = [&](auto field, auto value, const char* column) {
    all.push_back({good_row(), column});
    all.back().row.*field = value;
  };
  for (const auto& [field, column] :
       {std::pair(&QuoteRow::ts_event_ns, "ts_event"), {&QuoteRow::ts_recv_ns, "ts_recv"}}) {
    for (const TimeNs time : {TimeNs{0}, kLastNs}) add(field, time, "");
    for (const TimeNs time : {TimeNs{-1}, kLastNs + 1, INT64_MAX, INT64_MIN}) add(field, time, column);
  }
  using Price = std::pair<Nano QuoteRow::*, const char*>;
  for (const auto& [field, column] :
       {Price(&QuoteRow::price, "price"), {&QuoteRow::bid_px, "bid_px_00"}, {&QuoteRow::ask_px, "ask_px_00"}}) {
    for (const Nano px : {Nano{0}, kLimit, Nano{INT64_MAX}}) add(field, px, "");
    for (const Nano px : {kLimit + 1, Nano{9'000'000'000'000'000'000}, INT64_MAX - 1, Nano{-1}, Nano{INT64_MIN}})
      add(field, px, column);
  }
  for (int code = -128; code < 128; ++code) {
    const auto letter = static_cast<char>(code);
    add(&QuoteRow::action, letter, letter != 0 && std::strchr("ACMRTFN", letter) ? "" : "action");
    add(&QuoteRow::side, letter, letter != 0 && std::strchr("ABN", letter) ? "" : "side");
  }
  return all;
}

/// Reads a source, and returns the kinds of its rejects and the number of its rows.
struct Read {
  std::vector<Reject> rejects;
  std::size_t rows = 0;
};

Read read(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
  const TimeZone zone("UTC");
  const auto source = open_source(path.string());
  Read all;
  RawBlock block;
  while (source->next(block)) {
    RowBlock rows(zone, 10'000);
    source->read(block, rows);
    for (const auto& group : rows.take_groups()) all.rows += group.rows.rows();
    all.rejects.insert(all.rejects.end(), rows.rejects.begin(), rows.rejects.end());
  }
  return all;
}

/// Registers a format whose lines are the numbers of cases, and which lets everything through.
void register_cases() {
  static bool is_there = false;
  if (!std::exchange(is_there, true))
    register_line_format({.name = "cases",
                          .recognise = [](std::string_view head) { return head.starts_with("#cases\n"); },
                          .header_lines = 1,
                          .read =
                              [](std::string_view line, LineRow& row) {
                                row = {cases().at(std::stoul(std::string(line))).row, "SYM"};
                                return std::string();
                              }});
}

}  // namespace

TEST_CASE("a row is refused for the first rule that it breaks", "[store][feed]") {
  for (const auto& [row, column] : cases()) {
    const auto fault = check(row);
    CHECK((fault ? fault.column : "") == column);
    CHECK((fault.why == nullptr) == column.empty());
  }
}

TEST_CASE("no registered format can let a row through that breaks a rule", "[store][feed]") {
  register_cases();
  const auto all = cases();
  std::string text = "#cases\n";
  for (std::size_t i = 0; i < all.size(); ++i) text += std::to_string(i) + "\n";
  const TemporaryFolder folder;
  const auto got = read(folder.path() / "in", text);
  std::vector<std::string> want, refused;
  for (const auto& c : all)
    if (!c.column.empty()) want.push_back(c.column);
  for (const auto& reject : got.rejects) {
    CHECK(reject.kind == "line");
    refused.push_back(reject.why.substr(0, reject.why.find(':')));
  }
  CHECK(refused == want);
  CHECK(got.rows == all.size() - want.size());
}

TEST_CASE("CSV with integer prices and times obeys the same rules", "[store][feed]") {
  std::string text = "ts_recv,ts_event,publisher_id,action,side,price,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00\n";
  std::vector<std::string> want;
  std::size_t rows = 0;
  for (const auto& [row, column] : cases()) {
    // Other letters cannot all be spelt in a cell, and a sign makes no time.
    if (column == "action" || column == "side" || row.ts_event_ns < 0 || row.ts_recv_ns < 0) continue;
    text += fmt::format("{},{},2,{},{},{},{},{},10,20\n", row.ts_recv_ns, row.ts_event_ns, row.action, row.side,
                        row.price, row.bid_px, row.ask_px);
    ++rows;
    if (!column.empty()) want.push_back(column);
  }
  text += "1720445400000000000,1720445400000000000,2,Z,N,5000000,5000000,5000000,1,1\n";
  text += "1720445400000000000,1720445400000000000,2,M,n,5000000,5000000,5000000,1,1\n";
  text += fmt::format("{},,2,M,N,5000000,5000000,5000000,1,1\n", kLastNs + 1);  // ts_event is that of ts_recv
  want.insert(want.end(), {"action", "side", "ts_recv"});
  const TemporaryFolder folder;
  const auto got = read(folder.path() / "in.csv", text);
  std::vector<std::string> refused;
  for (const auto& reject : got.rejects) refused.push_back(reject.kind);
  CHECK(refused == want);
  CHECK(got.rows == rows + 3 - want.size());
}
