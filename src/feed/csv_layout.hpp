/// \file
/// Which columns of a CSV source are read, and how its prices are written.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sorsweep {

/// The columns that are read, in the order of `kCsvNames`.
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

/// The positions of the columns, by the names in the header.
class CsvLayout {
 public:
  /// \param name of the source, for messages
  /// \throws Error (input) if a needed column is missing
  CsvLayout(const std::string& name, std::string_view header);

  std::size_t fields() const { return fields_; }
  bool has(CsvColumn column) const { return position_[column] != kAbsent; }
  std::size_t position(CsvColumn column) const { return position_[column]; }
  std::string_view cell(const std::vector<std::string_view>& cells, CsvColumn column) const {
    return has(column) ? cells[position_[column]] : std::string_view();
  }

  /// Whether rows are intervals, as in Databento's bbo and cbbo: a row is the state at ts_recv, and its ts_event is
  /// that of the last trade.
  bool is_interval() const { return interval_; }

 private:
  std::array<std::size_t, kCsvColumns> position_{};
  std::size_t fields_ = 0;
  bool interval_ = false;
};

/// Judges whether prices are integers of 1e-9 dollars. They are if the first 1,000 rows of `head` that have prices hold
/// no decimal point, and at least one large number.
/// \param head the beginning of the source's text, with the header
bool sniff_nano(std::string_view head, const CsvLayout& layout);

}  // namespace sorsweep
