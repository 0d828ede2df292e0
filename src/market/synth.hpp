/// \file
/// Synthetic days of a synthetic market, for tests, benchmarks and a first try without bought data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sorsweep/core/time.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// The default market, with 100,000 rows a day and five venues, is a quiet one. The spread is one to three cents,
/// queues hold some hundred to two thousand shares, and in five to ten minutes the flow through a venue's best bid is
/// one to a few times its queue. Everything happens per row, so ten times the rows make the market ten times as busy.
struct SynthOptions {
  int days = 5;                  ///< 1 to 10,000.
  int venues = 5;                ///< 1 to 12; publisher ids are 2, 3, 4, ….
  std::size_t rows = 100'000;    ///< Per day, 10 to 50,000,000.
  std::uint64_t seed = 1;        ///< Equal options give equal bytes on every machine, with every compiler.
  std::string symbol = "SYNTH";  ///< 1 to 21 letters, digits, '.', '-' or '_'. Another symbol is another market.
  Date first_day{std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)};  ///< Years 1990 to 2199.
};

/// Returns the date of the `day`-th trading day, counted from 0. Trading days are the weekdays from `first_day` on,
/// without the holidays that fall on the same date every year (January 1, June 19, July 4, December 25). Good Friday
/// and other movable holidays are traded, and a holiday on a weekend is not moved to a weekday.
/// \throws Error (usage) for options out of their range, or a day that is not in [0, days)
Date synth_date(const SynthOptions& options, int day);

/// Generates the rows of the `day`-th trading day: exactly `options.rows`, ordered by `ts_recv_ns`, in the regular
/// session from 09:30 to 16:00 America/New_York. They depend only on seed, symbol, venues, rows, date and `day`, so
/// that any day can be made alone. A trade is a row T that shows the book before it, followed at the same ns by a row C
/// with the book after it.
/// \throws Error (usage) as `synth_date` does
QuoteColumns synth_day(const SynthOptions& options, int day);

}  // namespace sorsweep
