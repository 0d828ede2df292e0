/// \file
/// Converts files of quotes to days of the column store, and accounts for every row (docs/store.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sorsweep/store/day_file.hpp"

namespace sorsweep {

/// The kind of reject under which the rows that require_last leaves out are counted.
inline constexpr const char* kNotLast = "not_last";

struct ConvertOptions {
  /// Files, "-" for standard input, or folders. Of a folder, the files *.csv and *.dbn, also with .gz or .zst behind
  /// that, are taken in the order of their names.
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path store;
  /// If empty, each row's `symbol` column decides. Otherwise the rows of this symbol are taken, and those of sources
  /// without symbols. If all inputs together hold only one other symbol, it is stored under this name.
  std::string symbol;
  std::string tz = "America/New_York";  ///< The exchange's time zone, which cuts the days.
  bool force = false;                   ///< Overwrites days that exist.
  std::uint64_t max_rejects = 1000;     ///< More refused rows than this end the conversion; 0 allows none.
  /// Rejects rows that set the book but are not the last of their event (without F_LAST), because in the middle of an
  /// event the book need not be consistent. They do not count towards max_rejects.
  bool require_last = false;
  int threads = 0;  ///< 0 means one per core; no byte of the store depends on it.
  /// Is told now and then, by one thread at a time, how many bytes of all files were read. `total` is 0 if it is not
  /// known, because standard input or a pipe is one of them.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_read{};
  /// Is told that another process writes into the store, if it takes more than a second: see FolderLock::OnWait.
  std::function<void(const std::string& text)> on_wait{};
};

/// What became of one input: rows_read = rows_stored + rows_rejected + rows_other_symbols.
struct SourceReport {
  std::string name;
  std::string format;            ///< "csv", "dbn mbp-1", ….
  std::uint64_t bytes = 0;       ///< Length of the file, packed as it is.
  std::string hash;              ///< XXH3-128 of the file.
  bool prices_are_nano = false;  ///< Prices are integers of 1e-9 dollars.
  std::string renamed_from;      ///< The symbol in the source, if it was stored under another name.
  std::map<std::string, std::uint64_t> rows_by_symbol;  ///< Rows that were read; "" if the source has no symbols.
  std::uint64_t rows_read = 0, rows_stored = 0, rows_rejected = 0, rows_other_symbols = 0;
};

/// A day that was written.
struct DayReport {
  DayKey key;
  std::filesystem::path path;
  QuoteFacts facts;
};

struct ConvertReport {
  std::vector<SourceReport> sources;  ///< In the order of reading.
  std::vector<DayReport> days;        ///< By symbol, then date.
  std::map<std::string, std::uint64_t>
      rejects_by_kind;  ///< Counts of rows; a kind is usually the column that was wrong.
};

/// Reads all inputs, writes all days and STORE/rejects.csv under temporary names, and then renames them. Whatever is
/// wrong with the input or the disk shows before the first rename. Conversions into one store write one after another.
/// \throws Error (input) if an input cannot be read, if there are too many rejects, or if nothing is left to store;
///         (usage) if a day exists already, the time zone does not, or standard input is named twice; (resources) if
///         the disk refuses
ConvertReport convert(const ConvertOptions& options);

}  // namespace sorsweep
