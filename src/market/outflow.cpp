#include "sorsweep/market/outflow.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace sorsweep {
namespace {

bool is_below(Nano bid_px, Nano px) {
  return !is_defined_px(bid_px) || bid_px < px;
}

/// Whether some venue bids `px` or more at `at`. Its last row until then counts if it is no older than `age_ns`.
bool is_held(const QuoteHistory& history, Nano px, TimeNs at, TimeNs age_ns) {
  const auto& venues = history.venues();
  return std::any_of(venues.begin(), venues.end(), [&](const VenueHistory& venue) {
    const auto rows = venue.rows_until(at);
    if (rows == 0 || is_below(venue.bid_px[rows - 1], px)) return false;
    return age_ns <= 0 || at - venue.time_ns[rows - 1] <= age_ns;
  });
}

/// A queue in its window: the venue's rows [first_row, end_row), the first of which is the book when the window begins,
/// and its trades [first_trade, end_trade).
struct Queue {
  const VenueHistory& venue;
  std::size_t first_row, end_row;
  std::size_t first_trade, end_trade;
  Nano px;
  std::int64_t sz;
  std::int64_t outflow = 0;
};

/// Returns the first trade of the window that met row `row` or a later one.
std::size_t first_trade_from(const Queue& queue, std::size_t row) {
  const auto begin = queue.venue.trade_after_rows.begin();
  const auto first = begin + static_cast<std::ptrdiff_t>(queue.first_trade);
  const auto end = begin + static_cast<std::ptrdiff_t>(queue.end_trade);
  return static_cast<std::size_t>(std::upper_bound(first, end, row) - begin);
}

/// Returns the shares that trades took while the rows [row, end), a run at the queue's price, were the book.
std::int64_t taken_in_run(const Queue& queue, std::size_t row, std::size_t end) {
  const auto& taken = queue.venue.taken;
  const auto first = first_trade_from(queue, row);
  const auto stop = first_trade_from(queue, end);
  if (first == stop) return 0;
  return taken[stop - 1] - (first > 0 ? taken[first - 1] : 0);
}

/// Returns how many shares of a fall were ahead of us if all of it except `explained` was cancelled.
std::int64_t cancels_ahead(const Queue& queue, std::int64_t size_before, std::int64_t fall, std::int64_t explained) {
  const auto size = size_before - explained;
  const auto cancels = fall - explained;
  if (cancels <= 0) return 0;  // otherwise size > 0 below, because size_before ≥ fall
  const auto ahead = std::min(std::max(queue.sz - queue.outflow, std::int64_t{0}), size);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(cancels) * static_cast<std::uint64_t>(ahead) /
                                   static_cast<std::uint64_t>(size));  // both factors are below 2^32
}

void follow_pro_rata(Queue& queue, std::size_t row, std::size_t end) {
  const auto& venue = queue.venue;
  std::int64_t unmatched = 0;  // shares that were traded, but not yet seen as a fall
  auto trade = first_trade_from(queue, row);
  for (auto at = row; at < end; ++at) {
    const std::int64_t before = at == row ? 0 : venue.bid_sz[at - 1];
    const std::int64_t fall = before - venue.bid_sz[at];
    if (at > row && fall > 0) {
      const auto explained = std::min(unmatched, fall);
      queue.outflow += cancels_ahead(queue, before, fall, explained);
      unmatched -= explained;
    }
    for (; trade < queue.end_trade && venue.trade_after_rows[trade] == at + 1; ++trade) {
      const std::int64_t size = venue.hits_bid(trade) ? venue.trade_sz[trade] : 0;
      queue.outflow += size;
      unmatched += size;
    }
  }
}

/// Adds the outflow of the rows [row, end), a run at the queue's price.
void follow_run(Queue& queue, QueueModel model, std::size_t row, std::size_t end) {
  switch (model) {
    case QueueModel::all:
      queue.outflow += queue.venue.fallen[end - 1] - queue.venue.fallen[row];
      break;
    case QueueModel::trades:
      queue.outflow += taken_in_run(queue, row, end);
      break;
    case QueueModel::pro_rata:
      follow_pro_rata(queue, row, end);
      break;
  }
}

/// Returns the outflow of a queue whose venue bids less than its price from `at` on.
std::int64_t after_loss(const QuoteHistory& history, const Queue& queue, TimeNs at, const OutflowOptions& options) {
  if (options.depletion == Depletion::none) return queue.outflow;
  return is_held(history, queue.px, at, options.depletion_age_ns) ? queue.outflow : kEverything;
}

void check_model(const QuoteHistory& history, QueueModel model) {
  if (history.is_tbbo() && model != QueueModel::trades)
    throw Error(Exit::usage, "queues cannot be followed by their quotes",
                "the day is TBBO: it shows quotes at trades only", "use queue_model: trades");
}

}  // namespace

std::int64_t outflow(const QuoteHistory& history, std::uint32_t publisher_id, TimeNs begin_ns, TimeNs end_ns,
                     const OutflowOptions& options) {
  check_model(history, options.queue_model);
  const auto* venue = history.find(publisher_id);
  const auto known = venue ? venue->rows_until(begin_ns) : 0;
  if (known == 0 || end_ns <= begin_ns || !is_defined_px(venue->bid_px[known - 1])) return 0;
  const auto first = known - 1;
  Queue queue{*venue,
              first,
              venue->rows_until(end_ns),
              venue->trades_until(begin_ns),
              venue->trades_until(end_ns),
              venue->bid_px[first],
              venue->bid_sz[first]};
  for (auto row = first; row < queue.end_row;) {
    if (is_below(venue->bid_px[row], queue.px)) return after_loss(history, queue, venue->time_ns[row], options);
    const auto run_end = std::min<std::size_t>(venue->run_end[row], queue.end_row);
    if (venue->bid_px[row] == queue.px) follow_run(queue, options.queue_model, row, run_end);
    row = run_end;
  }
  return queue.outflow;
}

}  // namespace sorsweep
