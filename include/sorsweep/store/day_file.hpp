/// \file
/// The column store: STORE/<symbol>/<date>.h5, one file a symbol and exchange-local day (docs/store.md).
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
#include "sorsweep/market/day_key.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// Of the days written, and of those read.
inline constexpr std::int64_t kDaySchemaVersion = 3;

/// Where a day's rows came from.
struct Provenance {
  std::string tz;              ///< the exchange's zone, which cut the days
  std::string sources;         ///< a line a source: name, bytes, XXH3-128
  std::int64_t rows_read = 0;  ///< of all sources; = stored (over all their days) + rejected + of other symbols
  std::int64_t rows_rejected = 0;
  std::int64_t rows_other_symbols = 0;
  std::int64_t rows_stored = 0;
  std::string rejects_by_kind;  ///< a line a kind: name, count
};

/// Counts over rows. A side is there where its price is defined.
struct QuoteFacts {
  std::uint64_t rows = 0;
  std::set<std::uint32_t> publishers;
  std::uint64_t undefined_asks = 0;
  std::uint64_t one_sided = 0;  ///< rows without bid, without ask, or without both
  std::uint64_t locked = 0;     ///< rows with bid = ask
  std::uint64_t crossed = 0;    ///< rows with bid > ask
  std::uint64_t stale = 0;      ///< rows received more than a second after their event; counted by convert

  void add(const QuoteFacts& other);
};

/// Needs publisher_id, bid_px and ask_px. Does not count stale rows: columns do not say which rows are intervals.
QuoteFacts describe_rows(const QuoteColumns& rows);

/// One stored day.
struct StoredDay {
  DayKey key;
  Provenance provenance;
  QuoteColumns quotes;
  std::uint64_t stale = 0;  ///< QuoteFacts::stale
  std::string content{};    ///< DayHeader::content; written by write_day, whatever stands here
};

/// What a day file says of itself, after every byte of it was checked against its seal.
struct DayHeader {
  DayKey key;
  std::string tz;
  std::size_t rows = 0;
  std::string content;  ///< XXH3-128 of the columns: the same data, whichever program wrote them
  std::string seal;     ///< of the file
};

/// STORE/<symbol>/<date>.h5
std::filesystem::path day_path(const std::filesystem::path& store, const DayKey& day);

/// Writes a day straight to `path` (no temporary name: see Publication), its rows in the order of `ts_recv_ns`.
/// \throws Error (resources)
void write_day(const std::filesystem::path& path, const StoredDay& day);

/// What to read of a day: names of columns as in docs/store.md; empty means all.
using ColumnNames = std::span<const std::string_view>;

/// Reads a day. Columns that are not named stay empty, and nothing of them is decompressed; the seal is checked over
/// the whole file all the same. `quotes.rows()` is that of `ts_event_ns`.
/// \param threads that decompress
/// \throws Error (integrity) when the file is damaged or is no day of ours; (input) when it cannot be read, (resources)
///         when it is larger than the machine's memory
StoredDay read_day(const std::filesystem::path& path, ColumnNames columns = {}, int threads = 1);

/// \throws Error as read_day does
DayHeader read_day_header(const std::filesystem::path& path);

/// Checks every byte of a day or a unit against its seal, and returns that: 32 hexadecimal digits.
/// \throws Error (integrity); (input) when it cannot be read
std::string check_seal(const std::filesystem::path& path);

/// The seal that a file says it has, from its first bytes only: nothing is checked. Empty when there is none.
std::string peek_seal(const std::filesystem::path& path);

/// The days of every symbol in a store, in order. \throws Error (input) when there is no store.
std::map<std::string, std::vector<Date>> list_store(const std::filesystem::path& store);

/// Whether a symbol can name a folder of the store: 1 to 64 ASCII letters, digits, or . _ - + ^ = ! # $ & : @ ~; blanks
/// within, no dot in front.
bool is_symbol(std::string_view symbol);

/// \throws Error (input) for what is_symbol refuses: an empty one, and what could leave the store
void check_symbol(const std::string& symbol);

}  // namespace sorsweep
