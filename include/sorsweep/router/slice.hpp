/// \file
/// From a day's book to one slice: what the router may know when it decides, and what then happened (MODEL §4.1, §4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sorsweep/market/book.hpp"
#include "sorsweep/market/outflow.hpp"
#include "sorsweep/router/execution.hpp"
#include "sorsweep/router/fees.hpp"
#include "sorsweep/router/parent_order.hpp"
#include "sorsweep/router/placement.hpp"

namespace sorsweep {

/// What the book and its queues are taken to be: `model` of a config.
struct SliceModel {
  OutflowOptions outflow;
  std::size_t samples = 500;                   ///< N, at most
  TimeNs sample_stride_ns = 5 * kNsPerSecond;  ///< from one window's beginning to that of the one before
  std::size_t min_samples = 20;                ///< with fewer the slice is cold
  std::size_t venues_max = 4;                  ///< queues that may be joined
  std::optional<Nano> half_spread;             ///< h; the book's own where it is not given
  TimeNs max_quote_age_ns = 0;                 ///< older quotes are absent; 0: none is too old
  std::int64_t impact_ticks = 1;               ///< what a share beyond the displayed size costs more,
  Nano tick = 10'000'000;                      ///< in ticks of this size
  TimeNs latency_ns = 0;                       ///< from the decision to the order's arrival at the venue
};

/// How a slice was decided. Where the model did not, it trades all-market, whatever the penalties.
enum class Decided : std::uint8_t {
  solved,
  few_samples,  ///< cold: fewer than min_samples windows lie in the session so far
  overflow,     ///< cold: a cost could leave 64 bits, the spread or the sizes are beyond any market
  no_order,     ///< no lots to place
  pooled,       ///< more placements than max_candidates: `exact` left it to `pool` (an early close makes slices larger)
};
constexpr bool is_by_model(Decided decided) {
  return decided == Decided::solved || decided == Decided::pooled;
}

/// "solved", "cold: few samples", …: a word or three for people.
const char* to_string(Decided decided);

/// A slice, ready to be decided at any point of the grid. All prices are those of `QuoteHistory`, which for a sell
/// order is a mirror.
struct SliceCase {
  SlicePlan plan;
  Book book;                          ///< at t0
  SliceProblem problem;               ///< what is known at t0; its queues are those of `venues`
  std::vector<std::uint32_t> venues;  ///< publishers of the queues, ascending
  execution::Slice realised;
  Decided decided = Decided::solved;

  /// S and the odd shares: what the slice buys in all.
  std::int64_t shares() const { return problem.shares() + plan.odd; }

  /// Executes a placement given in shares, a limit for each queue; the odd shares come to the market order.
  /// \throws Error as execution::execute does
  execution::Fills execute(std::int64_t market, std::span<const std::int64_t> limits) const;
  /// The same for a placement in lots.
  execution::Fills execute(const LotPlacement& placement) const;
};

/// Builds the slices of one day.
class SliceMaker {
 public:
  /// \param history  outlives it, as do `model` and `fees`
  /// \param session  bounds the windows that samples are taken from, as it bounds the order
  /// \param most     the largest penalties of the grid: a slice whose costs could leave 64 bits with them is cold
  SliceMaker(const QuoteHistory& history, const TimeWindow& session, const SliceModel& model, const FeeTable& fees,
             const cont_kukanov::Penalties& most);

  /// \param plan lots and odd shares may be more than planned: what earlier slices could not trade
  /// \param lot  shares
  /// \return nothing where the book at t0 has no bid or no ask: such a slice cannot be priced
  /// \throws Error (input) for an ask so high that twice the mid leaves 64 bits; (usage) as outflow() does
  std::optional<SliceCase> make(const SlicePlan& plan, std::int64_t lot) const;

 private:
  std::vector<VenueQuote> joined_queues(const Book& book) const;
  SliceProblem make_problem(const SlicePlan& plan, std::int64_t lot, const Book& book,
                            const std::vector<VenueQuote>& queues) const;
  execution::Slice realise(const SlicePlan& plan, const Book& book, const std::vector<VenueQuote>& queues) const;
  execution::JoinedQueue realise_queue(const SlicePlan& plan, const VenueQuote& queue) const;
  std::vector<execution::Level> asks_of(const Book& book) const;
  std::vector<execution::Level> bids_of(const Book& book) const;
  Decided judge(const SliceProblem& problem) const;

  const QuoteHistory& history_;
  TimeWindow session_;
  const SliceModel& model_;
  const FeeTable& fees_;
  cont_kukanov::Penalties most_;
};

}  // namespace sorsweep
