#include "feed/csv_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "feed/csv_fast_cells.hpp"
#include "feed/csv_index.hpp"
#include "feed/csv_text.hpp"
#include "feed/row_rules.hpp"

namespace sorsweep {
/// Reads rows whose cells are written as feeds write them.
class CsvBlockReader::Fast {
 public:
  Fast(const CsvLayout& layout, bool nano) : nano_(nano), interval_(layout.is_interval()), fields_(layout.fields()) {
    for (std::size_t c = 0; c < kCsvColumns; ++c) position_[c] = layout.position(static_cast<CsvColumn>(c));
  }

  /// \param at     where the line begins in the block
  /// \param commas positions of the commas in the block, from the line's first one on
  /// \return false if the line is not as expected; then nothing was accepted
  bool read(std::string_view line, std::size_t at, const std::uint32_t* commas, RowBlock& rows) {
    text_ = line.data() - at;
    begin_ = at;
    end_ = at + line.size();
    commas_ = commas;
    if (!has_all_fields()) return false;
    QuoteRow row;
    const auto symbol = cell(kSymbol);
    const bool good =
        times(row) && whole(row) && letters(row) && prices(row) && (position_[kSymbol] == kAbsent || !symbol.empty());
    return good && !rows.accept(row, interval_ ? row.ts_recv_ns : row.ts_event_ns, symbol);
  }

 private:
  bool has_all_fields() const { return commas_[fields_ - 2] < end_ && commas_[fields_ - 1] >= end_; }

  std::string_view cell(CsvColumn column) const {
    const auto i = position_[column];
    if (i == kAbsent) return {};
    const std::size_t begin = i == 0 ? begin_ : commas_[i - 1] + 1;
    const std::size_t end = i + 1 == fields_ ? end_ : commas_[i];
    return {text_ + begin, end - begin};
  }

  bool times(QuoteRow& row) {
    const auto event = cell(kTsEvent), recv = cell(kTsRecv);
    if (event.empty() || !clock_.read(event, row.ts_event_ns)) return false;
    row.ts_recv_ns = row.ts_event_ns;
    return recv.empty() || clock_.read(recv, row.ts_recv_ns);
  }

  bool whole(QuoteRow& row) const {
    std::uint32_t flags = 0;
    const bool good = !cell(kPublisher).empty() && fast::count(cell(kPublisher), row.publisher_id) &&
                      fast::count(cell(kFlags), flags) && fast::count(cell(kSize), row.size) &&
                      fast::count(cell(kBidSz), row.bid_sz) && fast::count(cell(kAskSz), row.ask_sz);
    row.flags = static_cast<std::uint8_t>(flags);
    return good && flags <= UINT8_MAX;
  }

  bool letters(QuoteRow& row) const {
    return letter(cell(kAction), kNoAction, row.action) && letter(cell(kSide), kNoSide, row.side);
  }

  static bool letter(std::string_view text, char if_empty, char& letter) {
    letter = text.empty() ? if_empty : text[0];
    return text.size() <= 1;
  }

  bool prices(QuoteRow& row) const {
    return price(cell(kPrice), row.price) && price(cell(kBidPx), row.bid_px) && price(cell(kAskPx), row.ask_px);
  }

  bool price(std::string_view text, Nano& px) const {
    if (!text.empty()) return nano_ ? fast::nano_price(text, px) : fast::decimal_price(text, px);
    px = kUndefinedPx;
    return true;
  }

  bool nano_, interval_;
  std::size_t fields_;
  std::array<std::size_t, kCsvColumns> position_{};
  fast::Clock clock_;
  const char* text_ = nullptr;
  std::size_t begin_ = 0, end_ = 0;
  const std::uint32_t* commas_ = nullptr;
};

void CsvBlockReader::read(std::string_view text, RowBlock& rows) const {
  thread_local CsvIndex index;
  index.build(text, layout_.fields());
  if (index.has_quotes()) return read_plainly(text, rows);
  rows.expect_rows(index.ends().size());
  Fast fast(layout_, nano_);
  const auto commas = index.commas();
  const auto* comma = commas.data();
  std::size_t begin = 0;
  for (const auto end : index.ends()) {
    const auto line = without_carriage_return(text.substr(begin, end - begin));
    ++rows.lines;
    if (!line.empty()) {
      ++rows.rows_read;
      if (!fast.read(line, begin, comma, rows)) read_line(line, begin, rows);
    }
    comma += layout_.fields() - 1;
    const bool line_had_them_all = comma[-1] < end && comma[0] > end;
    if (!line_had_them_all) comma = std::to_address(std::upper_bound(commas.begin(), commas.end(), end));
    begin = end + 1;
  }
}

void CsvBlockReader::read_plainly(std::string_view text, RowBlock& rows) const {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto line = without_carriage_return(text.substr(begin, end - begin));
    ++rows.lines;
    if (!line.empty()) {
      ++rows.rows_read;
      read_line(line, begin, rows);
    }
    begin = end + 1;
  }
}

void CsvBlockReader::read_line(std::string_view line, std::size_t at, RowBlock& rows) const {
  thread_local std::vector<std::string_view> cells;
  if (!split_csv_line(line, cells)) return reject(line, at, line, "fields", "quotes that do not match", rows);
  if (cells.size() != layout_.fields())
    return reject(line, at, line, "fields", fmt::format("{} fields, the header has {}", cells.size(), layout_.fields()),
                  rows);
  try {
    const auto symbol = layout_.cell(cells, kSymbol);
    if (layout_.has(kSymbol) && symbol.empty()) throw BadCell{kSymbol, "there is no symbol"};
    const auto row = cells_.read(cells);
    const auto fault = rows.accept(row, layout_.is_interval() ? row.ts_recv_ns : row.ts_event_ns, symbol);
    if (fault) throw BadCell{cells_.column_of(fault, cells), fault.why};
  } catch (const BadCell& bad) {
    reject(line, at, layout_.cell(cells, bad.column), kCsvNames[bad.column], bad.why, rows);
  }
}

void CsvBlockReader::reject(std::string_view line, std::size_t at, std::string_view cell, std::string kind,
                            std::string why, RowBlock& rows) const {
  const auto offset = static_cast<std::uint64_t>(cell.data() - line.data());
  rows.reject({name_, rows.lines, at + offset, offset + 1, std::move(kind), std::move(why), shorten(cell)});
}

}  // namespace sorsweep
