/// \file
/// A unit of work and what comes of it: one symbol-day over the whole grid, or over some rows of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/market/day_key.hpp"
#include "sorsweep/market/event_tape.hpp"
#include "sorsweep/router/slice.hpp"
#include "sorsweep/router/yardsticks.hpp"
#include "sorsweep/sweep/grid.hpp"
#include "sorsweep/sweep/metric.hpp"

namespace sorsweep {

/// What each point of the grid, or of some of its rows, came to on one day: columns of an element a point, in point order.
/// Routers that buy at once whatever a snapshot offers fill the first two; routers that work in slices fill the third.
struct Surface {
  std::vector<double> total_cost;  ///< dollars
  std::vector<double> filled_shares;
  std::vector<std::int64_t> slippage;  ///< nano-dollars: Σ over slices, each against the mid at its own t0

  bool is_sliced() const { return !slippage.empty(); }
  std::size_t size() const { return is_sliced() ? slippage.size() : total_cost.size(); }
  bool operator==(const Surface&) const = default;
};

/// Some rows of a surface, to be written.
struct WritableRows {
  std::span<double> total_cost, filled_shares;
  std::span<std::int64_t> slippage;
};

/// The same, to be read.
struct SurfaceRows {
  std::span<const double> total_cost, filled_shares;
  std::span<const std::int64_t> slippage;
  std::size_t size() const { return slippage.empty() ? total_cost.size() : slippage.size(); }
};

/// A surface of `points` zeros.
Surface make_surface(std::size_t points, bool is_sliced);

/// Points first … first + count − 1 of a surface, which outlives the view.
WritableRows writable_rows_of(Surface& surface, std::size_t first, std::size_t count);
SurfaceRows rows_of(const Surface& surface, std::size_t first, std::size_t count);

/// The placements that can win in a slice somewhere on the grid, in the order that decides ties: what they cost
/// (cont_kukanov::Coefficients) and what they come to. Columns of size() elements.
struct Contenders {
  std::vector<std::uint32_t> number;  ///< among all candidates of the slice, ascending
  std::vector<std::int64_t> base, under, over, sent, spread;
  std::vector<execution::Fills> fills;
  std::size_t size() const { return fills.size(); }
};

/// The contenders named, in order. \param chosen indices, ascending
Contenders pick(const Contenders& all, std::span<const std::uint32_t> chosen);

/// Those of either, each once: of two parts of one slice's grid.
Contenders unite(const Contenders& a, const Contenders& b);

/// Ways to trade a slice without a model; by the same rules and with the same fees.
enum Yardstick : std::size_t {
  kImmediate,   ///< the whole parent order sweeps the book of the first slice
  kAllMarket,   ///< every slice sweeps its book (TWAP)
  kAllLimit,    ///< every slice joins the shortest queue and crosses at its end
  kEqualSplit,  ///< every slice sends S/(K+1) to each queue and the rest to the market
  kYardsticks
};
inline constexpr std::array<const char*, kYardsticks> kYardstickNames = {"immediate", "all_market", "all_limit",
                                                                         "equal_split"};

/// One slice, whatever the point.
struct SliceRecord {
  TimeNs begin_ns = 0;
  std::int64_t shares = 0;
  Nano best_bid = 0, best_ask = 0;  ///< as in the market, not its mirror
  std::uint32_t queues = 0;         ///< K
  std::uint32_t dropped = 0;        ///< quotes dropped to uncross the book
  std::uint32_t samples = 0;        ///< N
  std::uint32_t winners = 0;        ///< different decisions over the grid
  Decided decided = Decided::solved;
  cont_kukanov::Terms terms;
};

/// A day of slices, whatever the point. Slippage is in nano-dollars.
struct SliceDay {
  std::vector<SliceRecord> slices;  ///< those that could be priced
  std::size_t left_out = 0;    ///< slices that could be priced, and were not looked at (SliceSettings::most_slices)
  std::uint32_t unpriced = 0;  ///< slices without a two-sided book: their shares went to the next one
  bool is_early_close = false;
  bool is_sell = false;
  std::int64_t missing_shares = 0;  ///< not traded: no slice came after them
  Nano arrival_bid_plus_ask = 0;    ///< of the first slice: twice the arrival mid
  Nano drift = 0;                   ///< Σ S_i (mid_i − arrival mid): the same for all points
  /// Σ over slices against their own mids; kImmediate: against the arrival mid.
  std::array<Nano, kYardsticks> slippage{};
  double vwap = 0;  ///< dollars a share: Σ price·size / Σ size over the side that the order takes, in its hours

  std::int64_t shares() const;  ///< traded
  std::size_t cold() const;     ///< slices that could not be solved
  std::size_t pooled() const;   ///< slices that `exact` left to `pool`
  /// Against the arrival mid, in nano-dollars: what the whole parent order paid for being worked so.
  Nano arrival_slippage(Yardstick yardstick) const;
};

/// Shares × mid of the first slice, in dollars.
double arrival_value(const SliceDay& day);

/// What turns slippage in nano-dollars into bps of the arrival value. The day has shares.
double bps_per_nano(const SliceDay& day);

/// What a day was like, whatever the point.
struct DayFacts {
  DayKey day;
  TapeCounts counts;
  std::size_t snapshots = 0;
  notebook::Yardsticks notebook_yardsticks;
  SliceDay slices;  ///< of routers that work in slices
};

/// What a unit leaves behind.
struct UnitResult {
  DayFacts facts;
  Surface surface;                                 ///< empty where surfaces are not kept
  std::vector<Contenders> contenders;              ///< of each slice, where there are any
  std::vector<std::vector<std::int64_t>> metrics;  ///< those asked for, a value a point
  std::size_t first_row = 0;                       ///< of the grid (Grid::rows) that the surface begins with
};

}  // namespace sorsweep
