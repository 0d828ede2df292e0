/// \file
/// The notebook's view of a day: one snapshot per distinct ts_event (MODEL §1, "event").
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What became of the rows of a day on their way into the tape.
/// rows = outside_window + undefined_ask + duplicates + (quotes on the tape)
struct TapeCounts {
  std::uint64_t rows = 0;
  std::uint64_t outside_window = 0;
  std::uint64_t undefined_ask = 0;
  std::uint64_t duplicates = 0;  ///< later rows of a (ts_event, publisher) that was there already
};

/// Snapshots as columns. Snapshot s holds the quotes first_quote[s] … first_quote[s+1]-1, in publisher order.
struct EventTape {
  std::vector<TimeNs> ts_ns;                ///< a snapshot, ascending
  std::vector<std::uint32_t> first_quote;   ///< a snapshot, and one more at the end
  std::vector<std::uint32_t> publisher_id;  ///< a quote
  std::vector<double> ask_px;               ///< a quote, dollars
  std::vector<Nano> ask_nano;               ///< a quote: the same, exactly
  std::vector<double> ask_sz;               ///< a quote, shares
  std::vector<std::uint32_t> by_ask;  ///< a quote: the snapshot's quotes by ascending ask, ties in publisher order
  TapeCounts counts;

  std::size_t snapshots() const { return ts_ns.size(); }
  std::size_t quotes() const { return ask_px.size(); }
};

/// Drops rows with an undefined ask, then keeps the first row of each (ts_event, publisher_id), in ascending order
/// of both. \param window rows outside of it are left out, where there is one
EventTape make_event_tape(const QuoteColumns& quotes, const std::optional<TimeWindow>& window = {});

}  // namespace sorsweep
