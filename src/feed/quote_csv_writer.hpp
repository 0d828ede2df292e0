/// \file
/// Writes quotes as a CSV file such as Databento writes.
#pragma once

#include <string>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// Formats the rows in the "pretty" variant of Databento's mbp-1 layout: a header, times in ISO-8601 with nine digits
/// and Z, prices in dollars with nine decimals, and an empty cell where there is no price. What the columns do not hold
/// is made up: instrument 1, depth 0, the row's number as its sequence, and one order for every 200 shares begun.
/// \param symbol is copied into the last column, so it must not hold a comma, a quote or a line break
std::string format_quote_csv(const QuoteColumns& columns, std::string_view symbol);

}  // namespace sorsweep
