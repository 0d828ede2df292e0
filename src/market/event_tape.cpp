#include "sorsweep/market/event_tape.hpp"

#include <algorithm>
#include <numeric>

namespace sorsweep {
namespace {

/// Returns the rows that may enter the tape, ordered by (ts_event, publisher_id). Ties stay in the order of the store.
std::vector<std::uint32_t> ordered_rows(const QuoteColumns& quotes, const std::optional<TimeWindow>& window,
                                        TapeCounts& counts) {
  std::vector<std::uint32_t> rows;
  rows.reserve(quotes.rows());
  for (std::uint32_t i = 0; i < quotes.rows(); ++i) {
    if (window && !window->contains(quotes.ts_event_ns[i])) {
      ++counts.outside_window;
    } else if (!is_defined_px(quotes.ask_px[i])) {
      ++counts.undefined_ask;
    } else {
      rows.push_back(i);
    }
  }
  const auto key = [&](std::uint32_t i) { return std::pair(quotes.ts_event_ns[i], quotes.publisher_id[i]); };
  std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return key(a) < key(b); });
  return rows;
}

void append_quote(EventTape& tape, const QuoteColumns& quotes, std::uint32_t row) {
  tape.publisher_id.push_back(quotes.publisher_id[row]);
  tape.ask_px.push_back(to_dollars(quotes.ask_px[row]));
  tape.ask_nano.push_back(quotes.ask_px[row]);
  tape.ask_sz.push_back(quotes.ask_sz[row]);
}

void order_by_ask(EventTape& tape) {
  tape.by_ask.resize(tape.quotes());
  std::iota(tape.by_ask.begin(), tape.by_ask.end(), 0U);
  for (std::size_t s = 0; s < tape.snapshots(); ++s)
    std::stable_sort(tape.by_ask.begin() + tape.first_quote[s], tape.by_ask.begin() + tape.first_quote[s + 1],
                     [&](auto a, auto b) { return tape.ask_px[a] < tape.ask_px[b]; });
}

}  // namespace

EventTape make_event_tape(const QuoteColumns& quotes, const std::optional<TimeWindow>& window) {
  EventTape tape;
  tape.counts.rows = quotes.rows();
  const auto rows = ordered_rows(quotes, window, tape.counts);
  for (const auto row : rows) {
    const bool new_snapshot = tape.ts_ns.empty() || tape.ts_ns.back() != quotes.ts_event_ns[row];
    if (new_snapshot) {
      tape.ts_ns.push_back(quotes.ts_event_ns[row]);
      tape.first_quote.push_back(static_cast<std::uint32_t>(tape.quotes()));
    } else if (tape.publisher_id.back() == quotes.publisher_id[row]) {
      ++tape.counts.duplicates;
      continue;
    }
    append_quote(tape, quotes, row);
  }
  tape.first_quote.push_back(static_cast<std::uint32_t>(tape.quotes()));
  order_by_ask(tape);
  return tape;
}

}  // namespace sorsweep
