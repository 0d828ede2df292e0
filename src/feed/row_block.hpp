/// \file
/// What one block of a source became: rows by symbol and day, and rows that were refused.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feed/row_rules.hpp"
#include "sorsweep/core/time.hpp"
#include "sorsweep/market/day_key.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// A row that was not understood: where, and what stood there.
struct Reject {
  std::string file;
  std::uint64_t line = 0;    ///< from 1; the header is line 1. Of DBN: the record, from 1
  std::uint64_t byte = 0;    ///< of the decompressed source, from 1: where the cell (or the record) begins
  std::uint64_t column = 0;  ///< byte of the line (of the record), from 1
  std::string kind;          ///< name of the column, "fields" for a wrong number of them, "record" for a wrong record
  std::string why;
  std::string text;  ///< what stood there, shortened
};

/// "file:line:column"
std::string place_of(const Reject& reject);

/// What stood there, for a message: short, and without bytes that a terminal would obey.
std::string shorten(std::string_view text);

/// Rows of one symbol and day, in the order of the source.
struct RowGroup {
  DayKey key;
  TimeWindow window{};
  QuoteColumns rows;
  std::uint64_t stale = 0;  ///< rows that were received late. Intervals never are: their ts_event is that of a trade
};

/// Rows of one block. Lines and bytes of rejects are counted from the block's start until the block is placed.
class RowBlock {
 public:
  RowBlock(const TimeZone& zone, std::size_t most_rejects) : zone_(zone), most_rejects_(most_rejects) {}

  /// Rows before the next ones of a group are asked for: the columns are that long at once, and not longer
  void expect_rows(std::size_t rows) { expected_ = rows; }

  /// Rows that show the book in the midst of an event are left out from now on, and counted.
  void require_last() { require_last_ = true; }

  /// \param day_ns the time that says which day the row belongs to
  void accept(const QuoteRow& row, TimeNs day_ns, std::string_view symbol) {
    if (require_last_ && is_within_event(row)) return leave_out();
    if (current_ == nullptr || !current_->group.window.contains(day_ns) || current_->group.key.symbol != symbol)
      move_to(day_ns, symbol);
    if (current_->size == current_->room) grow(*current_);
    current_->group.stale += row.ts_recv_ns - day_ns > kStaleNs ? 1 : 0;
    const auto i = current_->size++;
    for_each_field([&](auto column, auto field, const char*) { (current_->group.rows.*column)[i] = row.*field; });
  }

  void reject(Reject reject);

  /// Takes the rows out, groups in the order of their first rows.
  std::vector<RowGroup> take_groups();

  std::uint64_t rows_read = 0;  ///< accepted + rejected
  std::uint64_t lines = 0;      ///< all, blank ones too
  std::uint64_t rows_rejected = 0;
  std::uint64_t rows_not_last = 0;  ///< of those: nothing was wrong with them, see require_last
  std::vector<Reject> rejects;      ///< the first ones
  std::map<std::string, std::uint64_t> rejects_by_kind;

 private:
  struct Growing {
    RowGroup group;
    std::size_t size = 0, room = 0;
  };

  void leave_out() {
    ++rows_rejected;
    ++rows_not_last;
  }
  void grow(Growing& growing) const;
  void move_to(TimeNs day_ns, std::string_view symbol);

  const TimeZone& zone_;
  std::size_t most_rejects_;
  std::size_t expected_ = 0;
  bool require_last_ = false;
  std::vector<std::unique_ptr<Growing>> groups_;
  std::map<std::string, std::vector<Growing*>, std::less<>> by_symbol_;
  Growing* current_ = nullptr;
};

}  // namespace sorsweep
