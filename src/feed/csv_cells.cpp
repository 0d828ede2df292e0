#include "feed/csv_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/text.hpp"

namespace sorsweep {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Nano nano_price(std::string_view text, CsvColumn column) {
  Nano px = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), px);
  if (ec != std::errc() || end != text.data() + text.size())
    throw BadCell{column, "not an integer, but the prices of this source are integers of 1e-9 dollars"};
  return px;
}

}  // namespace

QuoteRow CsvRowReader::read(const Cells& cells) const {
  const auto cell = [&](CsvColumn column) { return layout_.cell(cells, column); };
  QuoteRow row;
  const auto ts_event = time(cell(kTsEvent), kTsEvent);
  const auto ts_recv = time(cell(kTsRecv), kTsRecv);
  if (!ts_event && !ts_recv) throw BadCell{kTsEvent, "there is no time"};
  row.ts_event_ns = ts_event ? *ts_event : *ts_recv;
  row.ts_recv_ns = ts_recv ? *ts_recv : *ts_event;
  if (cell(kPublisher).empty()) throw BadCell{kPublisher, "not a whole number"};
  row.publisher_id = count(cell(kPublisher), kPublisher);
  row.action = letter(cell(kAction), kAction);
  row.side = letter(cell(kSide), kSide);
  row.flags = static_cast<std::uint8_t>(count(cell(kFlags), kFlags));
  row.size = count(cell(kSize), kSize);
  row.price = price(cell(kPrice), kPrice);
  row.bid_px = price(cell(kBidPx), kBidPx);
  row.ask_px = price(cell(kAskPx), kAskPx);
  row.bid_sz = count(cell(kBidSz), kBidSz);
  row.ask_sz = count(cell(kAskSz), kAskSz);
  return row;
}

CsvColumn CsvRowReader::column_of(const RowFault& fault, const Cells& cells) const {
  const auto found = std::ranges::find(kCsvNames, std::string_view(fault.column)) - kCsvNames.begin();
  const auto column = static_cast<CsvColumn>(found);
  return column == kTsEvent && !time(layout_.cell(cells, kTsEvent), kTsEvent) ? kTsRecv : column;
}

std::optional<TimeNs> CsvRowReader::time(std::string_view text, CsvColumn column) const {
  if (text.empty()) return std::nullopt;
  std::uint64_t ns = 0;
  if (all_digits(text)) {
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), ns);
    if (ec == std::errc() && ns == kUndefinedTime) return std::nullopt;
    if (ec != std::errc()) ns = kUndefinedTime;
  } else {
    const auto time = parse_iso_time(text);
    if (!time) throw BadCell{column, "not a time: neither ISO-8601 nor integer nanoseconds"};
    ns = static_cast<std::uint64_t>(*time);
  }
  return static_cast<TimeNs>(ns);
}

std::uint32_t CsvRowReader::count(std::string_view text, CsvColumn column) {
  if (text.empty()) return 0;
  const std::uint64_t most = column == kFlags ? UINT8_MAX : UINT32_MAX;
  const auto dot = text.find('.');
  const bool whole = dot == std::string_view::npos || text.find_first_not_of('0', dot + 1) == std::string_view::npos;
  const auto number = parse_number<std::uint64_t>(text.substr(0, dot));
  if (!whole || !number) throw BadCell{column, "not a whole number"};
  if (*number > most) throw BadCell{column, fmt::format("more than {}", most)};
  return static_cast<std::uint32_t>(*number);
}

char CsvRowReader::letter(std::string_view text, CsvColumn column) {
  if (text.empty()) return column == kAction ? kNoAction : kNoSide;
  if (text.size() != 1) throw BadCell{column, "not a single letter"};
  return text[0];
}

Nano CsvRowReader::price(std::string_view text, CsvColumn column) const {
  if (text.empty()) return kUndefinedPx;
  if (nano_) return nano_price(text, column);
  if (text == "9223372036854775807") return kUndefinedPx;
  const auto px = parse_decimal_exact(text);
  if (!px) throw BadCell{column, "not a price: a decimal number with at most nine digits after the point"};
  return *px;
}

}  // namespace sorsweep
