/// \file
/// A unit of work and its result: one symbol-day over the whole grid, or over some of its rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/market/event_tape.hpp"
#include "sorsweep/market/quotes.hpp"
#include "sorsweep/router/slice.hpp"
#include "sorsweep/router/yardsticks.hpp"
#include "sorsweep/sweep/grid.hpp"
#include "sorsweep/sweep/metric.hpp"

namespace sorsweep {

/// The results of some points of the grid on one day, as columns of equal length in point order. Routers that are not
/// sliced fill the first two columns; sliced routers fill the third.
struct Surface {
  std::vector<double> total_cost;  ///< Dollars.
  std::vector<double> filled_shares;
  std::vector<std::int64_t> slippage;  ///< Nano-dollars, summed over slices, each against the mid at its own t0.

  bool is_sliced() const { return !slippage.empty(); }
  std::size_t size() const { return is_sliced() ? slippage.size() : total_cost.size(); }
  bool operator==(const Surface&) const = default;
};

/// Some rows of a surface, to be written.
struct WritableRows {
  std::span<double> total_cost, filled_shares;
  std::span<std::int64_t> slippage;
};

/// Some rows of a surface, to be read.
struct SurfaceRows {
  std::span<const double> total_cost, filled_shares;
  std::span<const std::int64_t> slippage;
  std::size_t size() const { return slippage.empty() ? total_cost.size() : slippage.size(); }
};

/// Makes a surface of zeros.
Surface make_surface(std::size_t points, bool is_sliced);

/// Points first … first + count − 1 of a surface. The surface must outlive the view.
WritableRows writable_rows_of(Surface& surface, std::size_t first, std::size_t count);
SurfaceRows rows_of(const Surface& surface, std::size_t first, std::size_t count);

/// The placements that can win in a slice somewhere on the grid, with their costs (cont_kukanov::Coefficients) and
/// fills. The columns have size() elements, in the order that breaks ties.
struct Contenders {
  std::vector<std::uint32_t> number;  ///< Row in the table of all candidates of the slice, ascending.
  std::vector<std::int64_t> base, under, over, sent, spread;
  std::vector<execution::Fills> fills;
  std::size_t size() const { return fills.size(); }
};

/// Picks contenders by index. \param chosen ascending
Contenders pick(const Contenders& all, std::span<const std::uint32_t> chosen);

/// Unites the contenders of two parts of a slice's grid. Each one is kept once.
Contenders unite(const Contenders& a, const Contenders& b);

/// Ways to trade without a model, by the same rules and with the same fees (docs/model.md, "Yardsticks").
enum Yardstick : std::size_t {
  kImmediate,   ///< The whole parent order takes from the book of the first slice.
  kAllMarket,   ///< Every slice takes from its book (TWAP).
  kAllLimit,    ///< Every slice joins the shortest queue and crosses the spread at its end.
  kEqualSplit,  ///< Every slice sends S/(K+1) to each queue and the rest to the market.
  kYardsticks
};
inline constexpr std::array<const char*, kYardsticks> kYardstickNames = {"immediate", "all_market", "all_limit",
                                                                         "equal_split"};

/// The facts of a slice that do not depend on the point.
struct SliceRecord {
  TimeNs begin_ns = 0;
  std::int64_t shares = 0;
  Nano best_bid = 0, best_ask = 0;  ///< Market prices, also for a sell order.
  std::uint32_t queues = 0;         ///< K
  std::uint32_t dropped = 0;        ///< Quotes dropped to uncross the book.
  std::uint32_t samples = 0;        ///< N
  std::uint32_t winners = 0;        ///< Number of different decisions over the grid.
  Decided decided = Decided::solved;
  cont_kukanov::Terms terms;
};

/// The facts of a sliced day that do not depend on the point. Slippage is in nano-dollars.
struct SliceDay {
  std::vector<SliceRecord> slices;  ///< Slices that could be priced.
  std::size_t left_out = 0;         ///< Slices that could be priced but were not played (SliceSettings::most_slices).
  std::uint32_t unpriced = 0;       ///< Slices without a two-sided book. Their shares went to the next one.
  bool is_early_close = false;
  bool is_sell = false;
  std::int64_t missing_shares = 0;  ///< Shares that were not traded because no slice came after them.
  Nano arrival_bid_plus_ask = 0;    ///< National bid + ask of the first slice, which is twice the arrival mid.
  Nano drift = 0;                   ///< Σ S_i (mid_i − arrival mid), which is the same for all points.
  /// Slippage summed over slices, against their own mids; that of kImmediate is against the arrival mid.
  std::array<Nano, kYardsticks> slippage{};
  double vwap = 0;  ///< Dollars per share: Σ price·size / Σ size of the side that the order takes, in its hours.

  std::int64_t shares() const;  ///< Shares traded.
  std::size_t cold() const;     ///< Slices that could not be solved.
  std::size_t pooled() const;   ///< Slices that `exact` left to `pool`.
  /// A yardstick's slippage against the arrival mid, drift included, in nano-dollars.
  Nano arrival_slippage(Yardstick yardstick) const;
};

/// Shares × mid of the first slice, in dollars.
double arrival_value(const SliceDay& day);

/// The factor from slippage in nano-dollars to bps of the arrival value. The day must have shares.
double bps_per_nano(const SliceDay& day);

/// The facts of a day that do not depend on the point.
struct DayFacts {
  DayKey day;
  TapeCounts counts;
  std::size_t snapshots = 0;
  notebook::Yardsticks notebook_yardsticks;
  SliceDay slices;  ///< For sliced routers.
};

/// The result of a unit.
struct UnitResult {
  DayFacts facts;
  Surface surface;                                 ///< Empty if surfaces are not kept.
  std::vector<Contenders> contenders;              ///< By slice; empty for solvers without candidates.
  std::vector<std::vector<std::int64_t>> metrics;  ///< The metrics asked for, one value per point.
  std::size_t first_row = 0;                       ///< The row of the grid (Grid::rows) that the surface begins with.
};

}  // namespace sorsweep
