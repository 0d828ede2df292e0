/// \file
/// The view that the router `notebook` has of a day: one snapshot per distinct ts_event (docs/model-notebook.md, "The
/// event view of a day").
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What became of a day's rows on their way into the tape:
/// rows = outside_window + undefined_ask + duplicates + (quotes on the tape).
struct TapeCounts {
  std::uint64_t rows = 0;
  std::uint64_t outside_window = 0;
  std::uint64_t undefined_ask = 0;
  std::uint64_t duplicates = 0;  ///< Later rows of a (ts_event, publisher) that is on the tape.
};

/// Snapshots as columns. Snapshot s holds the quotes first_quote[s] … first_quote[s+1] − 1, by publisher_id.
struct EventTape {
  std::vector<TimeNs> ts_ns;                ///< Per snapshot, ascending.
  std::vector<std::uint32_t> first_quote;   ///< Per snapshot, and one more at the end.
  std::vector<std::uint32_t> publisher_id;  ///< Per quote.
  std::vector<double> ask_px;               ///< Per quote, dollars.
  std::vector<Nano> ask_nano;               ///< Per quote, nano-dollars.
  std::vector<double> ask_sz;               ///< Per quote, shares.
  std::vector<std::uint32_t> by_ask;  ///< Per quote: each snapshot's quotes by ascending ask, ties by publisher_id.
  TapeCounts counts;

  std::size_t snapshots() const { return ts_ns.size(); }
  std::size_t quotes() const { return ask_px.size(); }
};

/// Drops rows with an undefined ask, then keeps the first row of each (ts_event, publisher_id), ordered by both.
/// \param window leaves out the rows outside of it, if given
EventTape make_event_tape(const QuoteColumns& quotes, const std::optional<TimeWindow>& window = {});

}  // namespace sorsweep
