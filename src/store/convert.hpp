/// \file
/// convert: snapshots in files → the column store, every row accounted for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sorsweep/store/day_file.hpp"

namespace sorsweep {

/// The kind of reject under which rows are counted that require_last leaves out.
inline constexpr const char* kNotLast = "not_last";

struct ConvertOptions {
  /// Files, "-" for standard input, or folders, whose files *.csv and *.dbn, also with .gz or .zst behind that, are
  /// taken in order of name.
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path store;
  /// Empty: as each row's `symbol` column says. Else the rows of this symbol are taken, and those of sources without
  /// symbols; where all inputs together hold one other symbol only, that one is stored under this name.
  std::string symbol;
  std::string tz = "America/New_York";  ///< the exchange's zone: cuts the days
  bool force = false;                   ///< overwrite days that are there
  std::uint64_t max_rejects = 1000;     ///< rows that may be refused before the whole conversion is; 0: strict
  /// Rows that set the book but are not the last of their event (no F_LAST) are rejected: in the midst of an event the
  /// book need not be consistent. They do not count towards max_rejects.
  bool require_last = false;
  int threads = 0;  ///< 0: one a core. Changes no byte of the store
  /// Told now and then, by one thread at a time, how many bytes of all files were read, of how many; of 0: not known,
  /// as standard input is one of them.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_read{};
};

/// What became of one input. rows_read = rows_stored + rows_rejected + rows_other_symbols
struct SourceReport {
  std::string name;
  std::string format;       ///< "csv", "dbn mbp-1", …
  std::uint64_t bytes = 0;  ///< as they are in the file
  std::string hash;         ///< XXH3-128 of those
  bool prices_are_nano = false;
  std::string renamed_from;  ///< the symbol in the source, where it was stored under another name
  std::map<std::string, std::uint64_t> rows_by_symbol;  ///< understood rows; "" where the source has no symbols
  std::uint64_t rows_read = 0, rows_stored = 0, rows_rejected = 0, rows_other_symbols = 0;
};

/// A day that was written.
struct DayReport {
  DayKey key;
  std::filesystem::path path;
  QuoteFacts facts;
};

struct ConvertReport {
  std::vector<SourceReport> sources;                     ///< in the order in which they were read
  std::vector<DayReport> days;                           ///< by symbol, then date
  std::map<std::string, std::uint64_t> rejects_by_kind;  ///< rows; a kind is the column that was wrong, mostly
};

/// Reads all inputs, then writes all days and STORE/rejects.csv under temporary names, then renames them: whatever is
/// wrong with the input or the disk shows before the first rename.
/// \throws Error (input) for what cannot be read, for too many rejects and where nothing is left to store; (usage) for
///         days that are there already, for no such time zone and for standard input named twice; (resources) of the
///         disk
ConvertReport convert(const ConvertOptions& options);

}  // namespace sorsweep
