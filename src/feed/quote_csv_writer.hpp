/// \file
/// Quotes as a CSV file that Databento might have written.
#pragma once

#include <string>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// The rows in Databento's mbp-1 layout, "pretty": a header, times as ISO-8601 with nine digits and Z, prices
/// in dollars with nine decimals and an empty cell where there is none. What the columns do not know is made
/// up: instrument 1, depth 0, the row's number as its sequence, an order for every 200 shares begun.
/// \param symbol goes into the last column as it is, so it must not hold a comma, a quote or a line break
std::string format_quote_csv(const QuoteColumns& columns, std::string_view symbol);

/// The text as one Zstandard frame with a checksum: the same text, the same bytes (of one version of libzstd).
/// \throws Error (internal) where libzstd cannot
std::string zstd_compress(std::string_view text);

}  // namespace sorsweep
