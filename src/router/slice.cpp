#include "sorsweep/router/slice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/error.hpp"

namespace sorsweep {
namespace {

BookOptions book_options(const SliceModel& model) {
  return {model.max_quote_age_ns, true};
}

/// The smallest taker fee among the venues at the best ask.
Nano best_taker_fee(const Book& book, const FeeTable& fees) {
  auto least = std::numeric_limits<Nano>::max();
  for (const auto& venue : book.venues)
    if (venue.ask_px == book.best_ask) least = std::min(least, fees.of(venue.publisher_id).take);
  return least;
}

}  // namespace

const char* to_string(Decided decided) {
  switch (decided) {
    case Decided::solved:
      return "solved";
    case Decided::few_samples:
      return "cold: few samples";
    case Decided::overflow:
      return "cold: overflow";
    case Decided::no_order:
      return "no order";
    case Decided::pooled:
      return "solved by pool";
  }
  return "";
}

execution::Fills SliceCase::execute(std::int64_t market, std::span<const std::int64_t> limits) const {
  return execution::execute(realised, shares(), market + plan.odd, limits);
}

execution::Fills SliceCase::execute(const LotPlacement& placement) const {
  auto limits = placement.limits;
  for (auto& limit : limits) limit *= problem.lot;
  return execute(placement.market * problem.lot, limits);
}

SliceMaker::SliceMaker(const QuoteHistory& history, const TimeWindow& session, const SliceModel& model,
                       const FeeTable& fees, const cont_kukanov::Penalties& most)
    : history_(history), session_(session), model_(model), fees_(fees), most_(most) {}

std::optional<SliceCase> SliceMaker::make(const SlicePlan& plan, std::int64_t lot) const {
  SliceCase slice{plan, history_.book_at(plan.begin_ns, book_options(model_)), {}, {}, {}, Decided::solved};
  if (!slice.book.two_sided()) return std::nullopt;
  const auto queues = joined_queues(slice.book);
  for (const auto& queue : queues) slice.venues.push_back(queue.publisher_id);
  slice.problem = make_problem(plan, lot, slice.book, queues);
  slice.realised = realise(plan, slice.book, queues);
  slice.decided = judge(slice.problem);
  return slice;
}

std::vector<VenueQuote> SliceMaker::joined_queues(const Book& book) const {
  std::vector<VenueQuote> queues;
  for (const auto& venue : book.venues)
    if (venue.bid_px == book.best_bid) queues.push_back(venue);
  // Keep the largest queues, the lowest publisher_id among equals, and put them back into publisher order.
  std::ranges::stable_sort(queues, std::greater<>(), &VenueQuote::bid_sz);
  queues.resize(std::min(queues.size(), model_.venues_max));
  std::ranges::sort(queues, {}, &VenueQuote::publisher_id);
  return queues;
}

/// Returns how many windows there are that begin at `begin` or before it: no more than `samples`.
std::size_t SliceMaker::windows_before(TimeNs begin) const {
  if (begin < session_.begin_ns) return 0;
  return std::min(model_.samples, static_cast<std::size_t>((begin - session_.begin_ns) / model_.sample_stride_ns) + 1);
}

SliceProblem SliceMaker::make_problem(const SlicePlan& plan, std::int64_t lot, const Book& book,
                                      const std::vector<VenueQuote>& queues) const {
  SliceProblem problem{plan.lots,
                       lot,
                       model_.half_spread.value_or(static_cast<Nano>(halve(book.best_ask - book.best_bid))),
                       best_taker_fee(book, fees_),
                       {}};
  const auto length = plan.end_ns - plan.begin_ns;
  for (const auto& queue : queues) {
    const auto publisher = queue.publisher_id;
    auto& made = problem.queues.emplace_back(BidQueue{queue.bid_sz, fees_.of(publisher).make_rebate, {}});
    auto begin = plan.begin_ns - length;
    made.outflow.reserve(windows_before(begin));
    for (std::size_t n = 0; n < model_.samples && begin >= session_.begin_ns; ++n, begin -= model_.sample_stride_ns)
      made.outflow.push_back(outflow(history_, publisher, begin, begin + length, model_.outflow));
  }
  return problem;
}

execution::Slice SliceMaker::realise(const SlicePlan& plan, const Book& book,
                                     const std::vector<VenueQuote>& queues) const {
  if (book.best_ask > kUndefinedPx / 2)
    throw Error(Exit::input, fmt::format("a best ask of ${}", format_decimal(book.best_ask)),
                "twice the mid leaves 64 bits", "its prices are beyond any market");
  execution::Slice slice;
  slice.bid_plus_ask = book.best_bid + book.best_ask;
  slice.impact = model_.impact_ticks * model_.tick;
  slice.asks = asks_of(book);
  if (model_.latency_ns > 0) {
    const auto at_arrival = asks_of(history_.book_at(plan.begin_ns + model_.latency_ns, book_options(model_)));
    if (!at_arrival.empty()) slice.asks = at_arrival;
  }
  for (const auto& queue : queues) slice.queues.push_back(realise_queue(plan, queue));
  const auto end = history_.book_at(plan.end_ns + model_.latency_ns, book_options(model_));
  slice.end_asks = asks_of(end);
  slice.end_bids = bids_of(end);
  return slice;
}

execution::JoinedQueue SliceMaker::realise_queue(const SlicePlan& plan, const VenueQuote& queue) const {
  const auto arrival = plan.begin_ns + model_.latency_ns;
  const auto& fees = fees_.of(queue.publisher_id);
  execution::JoinedQueue joined{queue.bid_px, queue.bid_sz, fees.make_rebate, 0, fees.take};
  if (model_.latency_ns > 0) {
    const auto* venue = history_.find(queue.publisher_id);
    const auto now = venue->quote(venue->rows_until(arrival) - 1);
    // The venue's bid is no longer the price that was decided on. Top-of-book data does not show the queue at that
    // price, so the order is taken as not filled.
    if (now.bid_px != queue.bid_px) return joined;
    joined.ahead = now.bid_sz;
  }
  joined.outflow = outflow(history_, queue.publisher_id, arrival, plan.end_ns + model_.latency_ns, model_.outflow);
  return joined;
}

std::vector<execution::Level> SliceMaker::asks_of(const Book& book) const {
  std::vector<execution::Level> levels;
  for (const auto& venue : book.venues)
    if (is_defined_px(venue.ask_px)) levels.push_back({venue.ask_px, venue.ask_sz, fees_.of(venue.publisher_id).take});
  return levels;
}

std::vector<execution::Level> SliceMaker::bids_of(const Book& book) const {
  std::vector<execution::Level> levels;
  for (const auto& venue : book.venues)
    if (is_defined_px(venue.bid_px)) levels.push_back({venue.bid_px, venue.bid_sz, fees_.of(venue.publisher_id).take});
  return levels;
}

Decided SliceMaker::judge(const SliceProblem& problem) const {
  if (problem.lots == 0) return Decided::no_order;
  if (static_cast<std::size_t>(problem.samples()) < model_.min_samples || problem.queues.front().outflow.empty())
    return Decided::few_samples;
  return fits_int64(problem, most_) ? Decided::solved : Decided::overflow;
}

}  // namespace sorsweep
