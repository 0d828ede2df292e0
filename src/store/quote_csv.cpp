#include "sorsweep/store/quote_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/text.hpp"
#include "store/csv_text.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kSniffedRows = 1000;
/// The least price that, written as an integer, is taken for 1e-9 dollars: $0.001, or else a million dollars.
constexpr Nano kLeastNanoPrice = 1'000'000;
constexpr std::uint64_t kUndefinedTime = UINT64_MAX;             // Databento's UNDEF_TIMESTAMP
constexpr std::uint64_t kEndOfTime = 7'258'118'400'000'000'000;  // 2200-01-01
/// The dearest share there is costs less than a million; a hundred times as much is another unit.
constexpr Nano kMostDollars = 100'000'000 * kNanoPerDollar;
constexpr std::size_t kAbsent = SIZE_MAX;

/// The columns we read. The order is that of `kNames`.
enum Column : std::size_t {
  kTsRecv,
  kTsEvent,
  kPublisher,
  kAction,
  kSide,
  kFlags,
  kSize,
  kPrice,
  kBidPx,
  kAskPx,
  kBidSz,
  kAskSz,
  kSymbol,
  kColumns
};
constexpr std::array<const char*, kColumns> kNames = {
    "ts_recv", "ts_event",  "publisher_id", "action",    "side",      "flags", "size",
    "price",   "bid_px_00", "ask_px_00",    "bid_sz_00", "ask_sz_00", "symbol"};
constexpr std::array<Column, 4> kNeeded = {kTsEvent, kPublisher, kAskPx, kAskSz};

/// What went wrong in a field; caught by the row that holds it.
struct BadField {
  Column column;
  std::string why;
};

class Layout {
 public:
  Layout(const std::string& name, std::string_view header) {
    std::vector<std::string_view> cells;
    if (!split_csv_line(header, cells))
      throw Error(Exit::input, fmt::format("{}:1:1: the header's quotes do not match", name));
    fields_ = cells.size();
    for (std::size_t c = 0; c < kColumns; ++c) {
      const auto found = std::find(cells.begin(), cells.end(), kNames[c]);
      position_[c] = found == cells.end() ? kAbsent : static_cast<std::size_t>(found - cells.begin());
    }
    for (const Column needed : kNeeded)
      if (position_[needed] == kAbsent) refuse_missing(name, kNames[needed], cells);
    for (const auto& [one, other] : {std::pair(kBidPx, kBidSz), std::pair(kBidSz, kBidPx)})
      if (position_[one] != kAbsent && position_[other] == kAbsent) refuse_missing(name, kNames[other], cells);
  }

  std::size_t fields() const { return fields_; }
  bool has(Column column) const { return position_[column] != kAbsent; }
  std::string_view cell(const std::vector<std::string_view>& cells, Column column) const {
    return has(column) ? cells[position_[column]] : std::string_view();
  }

 private:
  [[noreturn]] static void refuse_missing(const std::string& name, const std::string& column,
                                          const std::vector<std::string_view>& cells) {
    const std::vector<std::string> names(cells.begin(), cells.end());
    const auto hint = did_you_mean(column, names);
    throw Error(Exit::input, fmt::format("{}:1:1: there is no column {}", name, column),
                "ts_event, publisher_id, ask_px_00 and ask_sz_00 are needed, and bid_px_00 with bid_sz_00",
                hint.empty() ? "see docs/store.md for the layouts that are read" : hint);
  }

  std::array<std::size_t, kColumns> position_{};
  std::size_t fields_ = 0;
};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// One row's cells, as values. Every `read_…` throws BadField.
class RowReader {
 public:
  RowReader(const Layout& layout, bool nano) : layout_(layout), nano_(nano) {}

  QuoteRow read(const std::vector<std::string_view>& cells) const {
    QuoteRow row;
    const auto ts_event = read_time(cells, kTsEvent);
    if (!ts_event) throw BadField{kTsEvent, "no time"};
    row.ts_event_ns = *ts_event;
    row.ts_recv_ns = read_time(cells, kTsRecv).value_or(row.ts_event_ns);
    row.publisher_id = read_count(cells, kPublisher, UINT32_MAX, std::nullopt);
    row.action = read_letter(cells, kAction, "ACMRTFN", 'M');
    row.side = read_letter(cells, kSide, "ABN", 'N');
    row.flags = static_cast<std::uint8_t>(read_count(cells, kFlags, UINT8_MAX, 0));
    row.size = read_count(cells, kSize, UINT32_MAX, 0);
    row.price = read_price(cells, kPrice);
    row.bid_px = read_price(cells, kBidPx);
    row.ask_px = read_price(cells, kAskPx);
    row.bid_sz = read_count(cells, kBidSz, UINT32_MAX, 0);
    row.ask_sz = read_count(cells, kAskSz, UINT32_MAX, 0);
    return row;
  }

 private:
  using Cells = std::vector<std::string_view>;

  std::optional<TimeNs> read_time(const Cells& cells, Column column) const {
    const auto text = layout_.cell(cells, column);
    if (text.empty()) return std::nullopt;
    std::uint64_t ns = 0;
    if (all_digits(text)) {
      const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), ns);
      if (ec == std::errc() && ns == kUndefinedTime) return std::nullopt;
      if (ec != std::errc()) ns = kUndefinedTime;
    } else {
      const auto time = parse_iso_time(text);
      if (!time) throw BadField{column, "no time: neither ISO-8601 nor integer nanoseconds"};
      ns = static_cast<std::uint64_t>(*time);
    }
    if (ns >= kEndOfTime) throw BadField{column, "a time outside of the years 1970 to 2199"};
    return static_cast<TimeNs>(ns);
  }

  /// A whole number, also spelt "100.0" as pandas does after a null was in the column.
  std::uint32_t read_count(const Cells& cells, Column column, std::uint64_t most,
                           std::optional<std::uint32_t> if_empty) const {
    auto text = layout_.cell(cells, column);
    if (text.empty() && if_empty) return *if_empty;
    const auto dot = text.find('.');
    const bool whole = dot == std::string_view::npos || text.find_first_not_of('0', dot + 1) == std::string_view::npos;
    text = text.substr(0, dot);
    std::uint64_t count = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (!whole || ec != std::errc() || end != text.data() + text.size()) throw BadField{column, "no whole number"};
    if (count > most) throw BadField{column, fmt::format("more than {}", most)};
    return static_cast<std::uint32_t>(count);
  }

  char read_letter(const Cells& cells, Column column, std::string_view known, char if_empty) const {
    const auto text = layout_.cell(cells, column);
    if (text.empty()) return if_empty;
    if (text.size() != 1 || known.find(text[0]) == std::string_view::npos)
      throw BadField{column, fmt::format("none of {}", known)};
    return text[0];
  }

  Nano read_price(const Cells& cells, Column column) const {
    const auto text = layout_.cell(cells, column);
    if (text.empty()) return kUndefinedPx;
    if (nano_) return read_nano(text, column);
    if (text == "9223372036854775807") return kUndefinedPx;
    const auto px = parse_decimal_exact(text);
    if (!px) throw BadField{column, "no price: a decimal number of at most nine digits behind the point"};
    if (*px > kMostDollars) throw BadField{column, "a price above $100,000,000: integers of 1e-9 among decimals?"};
    return not_negative(*px, column);
  }

  Nano read_nano(std::string_view text, Column column) const {
    Nano px = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), px);
    if (ec != std::errc() || end != text.data() + text.size())
      throw BadField{column, "no integer, in a source whose prices are integers of 1e-9"};
    return not_negative(px, column);
  }

  static Nano not_negative(Nano px, Column column) {
    if (px < 0) throw BadField{column, "a price below zero"};
    return px;
  }

  const Layout& layout_;
  bool nano_;
};

/// Whether prices are integers of 1e-9: no decimal point in the first rows that have prices, and a large number among
/// them.
bool sniff_nano(std::string_view text, const Layout& layout) {
  CsvLines lines(text);
  std::string_view line;
  std::vector<std::string_view> cells;
  bool large = false;
  lines.next(line);
  for (std::size_t priced = 0; priced < kSniffedRows && lines.next(line);) {
    if (!split_csv_line(line, cells) || cells.size() != layout.fields()) continue;
    bool has_price = false;
    for (const Column column : {kBidPx, kAskPx, kPrice}) {
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

/// What stood there, for a message: short, and without bytes that a terminal would obey.
std::string shorten(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string shown;
  for (const char c : text.substr(0, most)) {
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte >= 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return text.size() <= most ? shown : shown + "…";
}

}  // namespace

std::string place_of(const Reject& reject) {
  return fmt::format("{}:{}:{}", reject.file, reject.line, reject.column);
}

CsvSummary read_quote_csv(const std::string& name, std::string_view text, QuoteSink& sink) {
  CsvLines lines(text);
  std::string_view line;
  if (!lines.next(line)) throw Error(Exit::input, fmt::format("{} is empty", name), "", "give a CSV with a header");
  const Layout layout(name, line);
  CsvSummary summary{0, sniff_nano(text, layout)};
  const RowReader reader(layout, summary.prices_are_nano);

  std::vector<std::string_view> cells;
  while (lines.next(line)) {
    ++summary.rows;
    if (!split_csv_line(line, cells)) {
      sink.reject({name, lines.number(), 1, "fields", "quotes that do not match", shorten(line)});
      continue;
    }
    if (cells.size() != layout.fields()) {
      sink.reject({name, lines.number(), 1, "fields",
                   fmt::format("{} fields, the header has {}", cells.size(), layout.fields()), shorten(line)});
      continue;
    }
    try {
      const auto symbol = layout.cell(cells, kSymbol);
      if (layout.has(kSymbol) && symbol.empty()) throw BadField{kSymbol, "no symbol"};
      sink.accept(reader.read(cells), symbol);
    } catch (const BadField& bad) {
      const auto cell = layout.cell(cells, bad.column);
      const auto column = static_cast<std::uint64_t>(cell.data() - line.data()) + 1;
      sink.reject({name, lines.number(), column, kNames[bad.column], bad.why, shorten(cell)});
    }
  }
  if (summary.rows == 0) throw Error(Exit::input, fmt::format("{} holds a header and no rows", name));
  return summary;
}

}  // namespace sorsweep
