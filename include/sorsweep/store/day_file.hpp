/// \file
/// The column store: STORE/<symbol>/<date>.h5, one file per symbol and exchange-local day (docs/store.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sorsweep/core/time.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// The version of the days that are written, and the only one that is read.
inline constexpr std::int64_t kDaySchemaVersion = 3;

/// Where a day's rows came from. The counts are those of the whole conversion, over all its days and sources.
struct Provenance {
  std::string tz;              ///< The exchange's time zone, which cut the days.
  std::string sources;         ///< One line for each source that gave rows to the day: name, bytes, XXH3-128.
  std::int64_t rows_read = 0;  ///< Stored + rejected + of other symbols.
  std::int64_t rows_rejected = 0;
  std::int64_t rows_other_symbols = 0;
  std::int64_t rows_stored = 0;
  std::string rejects_by_kind;  ///< One line per kind: name, count.
};

/// Counts over rows. A side is present if its price is defined.
struct QuoteFacts {
  std::uint64_t rows = 0;
  std::set<std::uint32_t> publishers;
  std::uint64_t undefined_asks = 0;
  std::uint64_t one_sided = 0;  ///< Rows without a bid, without an ask, or without both.
  std::uint64_t locked = 0;     ///< Rows with bid = ask.
  std::uint64_t crossed = 0;    ///< Rows with bid > ask.
  std::uint64_t stale = 0;      ///< Rows received more than a second after their event, as counted by convert.

  /// Adds the counts of other rows.
  void add(const QuoteFacts& other);
};

/// Counts over the columns publisher_id, bid_px and ask_px. Stale rows are not counted, because columns do not say
/// which rows are intervals.
QuoteFacts describe_rows(const QuoteColumns& rows);

/// One stored day.
struct StoredDay {
  DayKey key;
  Provenance provenance;
  QuoteColumns quotes;
  std::uint64_t stale = 0;  ///< QuoteFacts::stale.
  std::string content{};    ///< DayHeader::content; read_day fills it, write_day ignores it.
};

/// What a day file says about itself, once every byte of it was checked against its seal.
struct DayHeader {
  DayKey key;
  std::string tz;
  std::size_t rows = 0;
  std::string content;  ///< XXH3-128 of the columns' data, whatever program wrote them.
  std::string seal;     ///< XXH3-128 of the file behind its seal.
};

/// Returns the path of a day: STORE/<symbol>/<date>.h5.
std::filesystem::path day_path(const std::filesystem::path& store, const DayKey& day);

/// Publishes a day as the file `path`, with its rows in the order of `ts_recv_ns`.
/// \throws Error (resources) if the disk refuses
void write_day(const std::filesystem::path& path, const StoredDay& day);

/// The names of the columns to read (docs/store.md); none means all.
using ColumnNames = std::span<const std::string_view>;

/// Reads a day. Columns that are not named stay empty and are not decompressed, but the seal is always checked over the
/// whole file. `quotes.rows()` is the length of `ts_event_ns`.
/// \param threads the number of threads that decompress
/// \throws Error (integrity) if the file is damaged or is not a day of a store; (input) if it cannot be read;
///         (resources) if it is larger than the machine's memory
StoredDay read_day(const std::filesystem::path& path, ColumnNames columns = {}, int threads = 1);

/// Reads the header of a day. \throws Error as `read_day` does
DayHeader read_day_header(const std::filesystem::path& path);

/// Checks every byte of a day or a unit against its seal. \return the seal, 32 hexadecimal digits
/// \throws Error (integrity) if they do not match; (input) if the file cannot be read
std::string check_seal(const std::filesystem::path& path);

/// Returns the seal that the first bytes of a file name, without checking anything; empty if there is none.
std::string peek_seal(const std::filesystem::path& path);

/// Lists the days of every symbol in a store, in order. \throws Error (input) if there is no store
std::map<std::string, std::vector<Date>> list_store(const std::filesystem::path& store);

/// Whether a symbol can name a folder of the store. It may have 1 to 64 ASCII letters, digits or . _ - + ^ = ! # $ & :
/// @ ~, blanks within, and no dot in front.
bool is_symbol(std::string_view symbol);

/// Refuses a symbol that `is_symbol` refuses, such as one that could lead out of the store. \throws Error (input)
void check_symbol(const std::string& symbol);

}  // namespace sorsweep
