#include "feed/csv_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/error.hpp"
#include "core/text.hpp"
#include "feed/csv_text.hpp"
#include "sorsweep/core/money.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kSniffedRows = 1000;
/// The least integer that is taken for a price in 1e-9 dollars. It would be $0.001, and a million dollars otherwise.
constexpr Nano kLeastNanoPrice = 1'000'000;
constexpr std::array<CsvColumn, 4> kNeeded = {kTsEvent, kPublisher, kAskPx, kAskSz};

[[noreturn]] void refuse_missing(const std::string& name, const std::string& column,
                                 const std::vector<std::string_view>& cells) {
  const std::vector<std::string> names(cells.begin(), cells.end());
  const auto hint = did_you_mean(column, names);
  throw Error(Exit::input, fmt::format("{}:1:1: there is no column {}", name, column),
              "ts_event, publisher_id, ask_px_00 and ask_sz_00 are needed, and bid_px_00 with bid_sz_00",
              hint.empty() ? "see docs/store.md for the layouts that are read" : hint);
}

std::size_t position_of(const std::vector<std::string_view>& cells, std::string_view name) {
  const auto found = std::find(cells.begin(), cells.end(), name);
  return found == cells.end() ? kAbsent : static_cast<std::size_t>(found - cells.begin());
}

}  // namespace

CsvLayout::CsvLayout(const std::string& name, std::string_view header) {
  std::vector<std::string_view> cells;
  if (!split_csv_line(header, cells))
    throw Error(Exit::input, fmt::format("{}:1:1: the header's quotes do not match", name), "",
                "close every quote in the first line");
  fields_ = cells.size();
  for (std::size_t c = 0; c < kCsvColumns; ++c) position_[c] = position_of(cells, kCsvNames[c]);
  for (const auto needed : kNeeded)
    if (!has(needed)) refuse_missing(name, kCsvNames[needed], cells);
  for (const auto& [one, other] : {std::pair(kBidPx, kBidSz), std::pair(kBidSz, kBidPx)})
    if (has(one) && !has(other)) refuse_missing(name, kCsvNames[other], cells);
  interval_ = has(kTsRecv) && !has(kAction) && position_of(cells, "rtype") != kAbsent;
}

bool sniff_nano(std::string_view head, const CsvLayout& layout) {
  CsvLines lines(head);
  std::string_view line;
  std::vector<std::string_view> cells;
  bool large = false;
  lines.next(line);
  for (std::size_t priced = 0; priced < kSniffedRows && lines.next(line);) {
    if (!split_csv_line(line, cells) || cells.size() != layout.fields()) continue;
    bool has_price = false;
    for (const auto column : {kBidPx, kAskPx, kPrice}) {
      const auto cell = layout.cell(cells, column);
      if (cell.find('.') != std::string_view::npos) return false;
      Nano px = 0;
      std::from_chars(cell.data(), cell.data() + cell.size(), px);
      has_price |= is_defined_px(px);
      large |= px >= kLeastNanoPrice && px != kUndefinedPx;
    }
    priced += has_price;
  }
  return large;
}

}  // namespace sorsweep
