/// \file
/// Where the columns that we read stand in a CSV source, and how its prices are written.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sorsweep {

/// The columns we read. The order is that of `kCsvNames`.
enum CsvColumn : std::size_t {
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
  kCsvColumns
};
inline constexpr std::array<const char*, kCsvColumns> kCsvNames = {
    "ts_recv", "ts_event",  "publisher_id", "action",    "side",      "flags", "size",
    "price",   "bid_px_00", "ask_px_00",    "bid_sz_00", "ask_sz_00", "symbol"};
inline constexpr std::size_t kAbsent = SIZE_MAX;

class CsvLayout {
 public:
  /// \param name of the source, for messages. \throws Error (input) where a needed column is missing.
  CsvLayout(const std::string& name, std::string_view header);

  std::size_t fields() const { return fields_; }
  bool has(CsvColumn column) const { return position_[column] != kAbsent; }
  std::size_t position(CsvColumn column) const { return position_[column]; }
  std::string_view cell(const std::vector<std::string_view>& cells, CsvColumn column) const {
    return has(column) ? cells[position_[column]] : std::string_view();
  }

  /// Databento's bbo and cbbo: a row is the state at ts_recv, and ts_event is that of the last trade.
  bool is_interval() const { return interval_; }

 private:
  std::array<std::size_t, kCsvColumns> position_{};
  std::size_t fields_ = 0;
  bool interval_ = false;
};

/// Whether prices are integers of 1e-9: no decimal point in the first 1,000 rows of `head` that have prices, and a
/// large number among them.
/// \param head the start of the source's text, header first
bool sniff_nano(std::string_view head, const CsvLayout& layout);

}  // namespace sorsweep
