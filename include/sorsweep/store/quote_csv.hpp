/// \file
/// Reading top-of-book CSV: Databento's mbp-1/mbp-10/tbbo layouts and anything with columns of those names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// A row that was not understood: where, and what stood there.
struct Reject {
  std::string file;
  std::uint64_t line = 0;    ///< from 1; the header is line 1
  std::uint64_t column = 0;  ///< character of the line, from 1
  std::string kind;          ///< name of the CSV column, or "fields" for a wrong number of them
  std::string why;
  std::string text;  ///< what stood there, shortened
};

/// "file:line:column"
std::string place_of(const Reject& reject);

/// Where the rows of a source go.
class QuoteSink {
 public:
  virtual ~QuoteSink() = default;
  /// \param symbol the row's symbol; empty where the source has no such column, and only there
  virtual void accept(const QuoteRow& row, std::string_view symbol) = 0;
  virtual void reject(Reject reject) = 0;
};

/// What a source turned out to be.
struct CsvSummary {
  std::uint64_t rows = 0;  ///< accepted + rejected
  bool prices_are_nano = false;
};

/// Reads CSV text by the names in its header; extra columns are ignored, and of two columns of one name the
/// first counts. Needed: ts_event, publisher_id, ask_px_00, ask_sz_00. Used where present: ts_recv, action,
/// side, flags, price, size, bid_px_00, bid_sz_00, symbol. Times: ISO-8601 or integer ns. Prices: decimal, or
/// integers of 1e-9: decided once a source (integers all, and one of the first 1,000 rows with prices at 1,000,000 or
/// above: nano). BOM, CRLF and quoted fields are understood. \param name of the source, for messages \throws
/// Error (input) when there is no header, no row, or a needed column is missing.
CsvSummary read_quote_csv(const std::string& name, std::string_view text, QuoteSink& sink);

}  // namespace sorsweep
