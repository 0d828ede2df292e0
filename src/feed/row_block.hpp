/// \file
/// What one block of a source became: rows grouped by symbol and day, and rejects.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feed/row_rules.hpp"
#include "sorsweep/core/time.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// A row that was refused: where it is, and what is wrong with it.
struct Reject {
  std::string file;
  std::uint64_t line = 0;    ///< From 1, the header included; in DBN, the number of the record.
  std::uint64_t byte = 0;    ///< Where the cell or the record begins in the decompressed source, from 1.
  std::uint64_t column = 0;  ///< Byte within the line or the record, from 1.
  std::string kind;  ///< The name of the column, "fields" for a wrong number of them, "record" for a wrong record.
  std::string why;
  std::string text;  ///< The text that was refused, shortened.
};

/// Formats the place of a reject as "file:line:column".
std::string place_of(const Reject& reject);

/// Shortens a text to 40 bytes for a message, and spells out bytes that a terminal would obey.
std::string shorten(std::string_view text);

/// The rows of one symbol and day, in the order of the source.
struct RowGroup {
  DayKey key;
  TimeWindow window{};
  QuoteColumns rows;
  std::uint64_t stale =
      0;  ///< Rows that were received late (kStaleNs); intervals never count, as their ts_event is a trade's.
};

/// The rows of one block. The lines and bytes of its rejects are counted from the beginning of the block, until
/// RejectList::add places the block in its source.
class RowBlock {
 public:
  RowBlock(const TimeZone& zone, std::size_t most_rejects) : zone_(zone), most_rejects_(most_rejects) {}

  /// Tells how many rows to expect, so that the columns of the first group are made that long at once.
  void expect_rows(std::size_t rows) { expected_ = rows; }

  /// From now on, rows that show the book in the middle of an event are left out and counted.
  void require_last() { require_last_ = true; }

  /// Takes a row, unless it breaks a rule. \param day_ns the time that decides which day the row belongs to
  /// \return the rule that it breaks; the row must then be given to reject()
  [[nodiscard]] RowFault accept(const QuoteRow& row, TimeNs day_ns, std::string_view symbol) {
    const auto fault = check(row);
    if (!fault) take(row, day_ns, symbol);
    return fault;
  }

  /// Counts a refused row, and keeps it if there is room.
  void reject(Reject reject);

  /// Takes the groups out, in the order of their first rows.
  std::vector<RowGroup> take_groups();

  std::uint64_t rows_read = 0;  ///< Accepted and rejected rows.
  std::uint64_t lines = 0;      ///< All lines, blank ones included.
  std::uint64_t rows_rejected = 0;
  std::uint64_t rows_not_last = 0;  ///< Rejected rows with nothing wrong, which require_last left out.
  std::vector<Reject> rejects;      ///< The first rejects.
  std::map<std::string, std::uint64_t> rejects_by_kind;

 private:
  struct Growing {
    RowGroup group;
    std::size_t size = 0, room = 0;
  };

  void take(const QuoteRow& row, TimeNs day_ns, std::string_view symbol) {
    if (require_last_ && is_within_event(row)) return leave_out();
    if (current_ == nullptr || !current_->group.window.contains(day_ns) || current_->group.key.symbol != symbol)
      move_to(day_ns, symbol);
    if (current_->size == current_->room) grow(*current_);
    current_->group.stale += row.ts_recv_ns - day_ns > kStaleNs ? 1 : 0;
    const auto i = current_->size++;
    for_each_field([&](auto column, auto field, const char*) { (current_->group.rows.*column)[i] = row.*field; });
  }

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
