/// \file
/// A slice is made from a day's book: what the router knows when it decides, and what happened afterwards
/// (docs/model.md, "What the router is given" and "What really happens").
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

/// How the book and its queues are modelled: the section `model` of a config.
struct SliceModel {
  OutflowOptions outflow;
  std::size_t samples = 500;                   ///< N, the most samples.
  TimeNs sample_stride_ns = 5 * kNsPerSecond;  ///< Distance between the starts of neighbouring sample windows.
  std::size_t min_samples = 20;                ///< A slice with fewer samples is cold.
  std::size_t venues_max = 4;                  ///< The most queues that are joined.
  std::optional<Nano> half_spread;             ///< h. If it is not set, each book's own half spread is used.
  TimeNs max_quote_age_ns = 0;                 ///< Older quotes are ignored. 0 keeps all.
  std::int64_t impact_ticks = 1;               ///< Extra cost per share beyond the displayed size, in ticks.
  Nano tick = 10'000'000;                      ///< Size of a tick.
  TimeNs latency_ns = 0;                       ///< From the decision to the order's arrival at the venue.
};

/// How a slice was decided. A slice that was not decided by the model goes all-market at every point.
enum class Decided : std::uint8_t {
  solved,
  few_samples,  ///< Cold: the session so far has fewer than min_samples windows.
  overflow,     ///< Cold: a cost could leave 64 bits because spread or sizes are beyond any market.
  no_order,     ///< There are no lots to place.
  pooled,       ///< `exact` left it to `pool`, since it has more than max_candidates placements.
};
constexpr bool is_by_model(Decided decided) {
  return decided == Decided::solved || decided == Decided::pooled;
}

/// A short description for people: "solved", "cold: few samples", …
const char* to_string(Decided decided);

/// A slice that is ready to be decided at any point of the grid. Prices are those of `QuoteHistory`, which mirrors
/// them for a sell order.
struct SliceCase {
  SlicePlan plan;
  Book book;                          ///< At t0.
  SliceProblem problem;               ///< What is known at t0, with one queue for each of `venues`.
  std::vector<std::uint32_t> venues;  ///< Publisher id of each queue, ascending.
  execution::Slice realised;
  Decided decided = Decided::solved;

  /// All shares that the slice buys: S and the odd shares.
  std::int64_t shares() const { return problem.shares() + plan.odd; }

  /// Executes a placement in shares. The odd shares are added to the market order. \param limits one for each queue
  /// \throws Error as execution::execute does
  execution::Fills execute(std::int64_t market, std::span<const std::int64_t> limits) const;
  /// Executes a placement in lots. The odd shares are added to the market order.
  execution::Fills execute(const LotPlacement& placement) const;
};

/// Builds the slices of one day.
class SliceMaker {
 public:
  /// \param history must outlive the maker, like `model` and `fees`
  /// \param session bounds the windows that samples are taken from
  /// \param most the largest penalties of the grid; a slice whose costs could leave 64 bits with them is cold
  SliceMaker(const QuoteHistory& history, const TimeWindow& session, const SliceModel& model, const FeeTable& fees,
             const cont_kukanov::Penalties& most);

  /// Makes one slice. \param plan may hold more lots and odd shares than planned if earlier slices could not trade
  /// \param lot shares per lot
  /// \return nothing if the book at t0 has no bid or no ask, since such a slice cannot be priced
  /// \throws Error (input) if twice the mid does not fit 64 bits; Error (usage) as outflow() does
  std::optional<SliceCase> make(const SlicePlan& plan, std::int64_t lot) const;

 private:
  std::vector<VenueQuote> joined_queues(const Book& book) const;
  std::size_t windows_before(TimeNs begin) const;
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
