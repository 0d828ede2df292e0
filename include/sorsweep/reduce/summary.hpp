/// \file
/// What a sweep came to: its figures, point by point, day by day and over all days.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sorsweep/sweep/grid.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Shares that may be missing from a day that counts as filled: rounding, not trading.
inline constexpr double kFillTolerance = 1e-6;

/// What is made as small as can be.
struct Objective {
  enum class Kind {
    total_cost,     ///< dollars over all days
    slippage_bps,   ///< mean over days of the slippage against the arrival mid, in bps of the arrival value
    mean_plus_std,  ///< that mean + weight × the standard deviation over days
    worst_day,      ///< that of the worst day
  };
  Kind kind = Kind::total_cost;
  double weight = 0;
};

/// One point's figures, of a day or over all days.
struct PointTotal {
  std::size_t point = 0;
  double objective = 0;   ///< in bps or dollars, as Objective::Kind says
  double total_cost = 0;  ///< dollars; of a sell order what it brought
  double filled_shares = 0;
  double missing_shares = 0;  ///< of days that did not fill; 0 when all did
  double slippage_bps = 0;    ///< against the arrival mid, mean over days; of sliced routers
  double slippage = 0;        ///< the same in dollars, sum over days
  double std_bps = 0;         ///< of slippage_bps over days (n − 1); 0 for one day
  double worst_day_bps = 0;   ///< the largest of any day
  double avg_price() const { return filled_shares > 0 ? total_cost / filled_shares : 0; }
};

/// Better: fewer missing shares, then the lower objective. What was not bought never makes a point cheap.
bool is_better(const PointTotal& a, const PointTotal& b);

/// The best point of a day.
struct DayBest {
  PointTotal best;       ///< lowest index among equals
  std::size_t ties = 0;  ///< points as good as the best
};

enum class DayStatus { filled, not_filled, no_data };

/// "filled", "not filled", "no data"
const char* to_string(DayStatus status);

/// A day with its own best.
struct DaySummary {
  DayFacts facts;
  PointTotal best;
  std::size_t ties = 0;
  DayStatus status = DayStatus::no_data;
};

/// The point whose worst neighbour is best: neighbours lie within 5 % of the span of every axis (ENGINE §4).
struct PlateauPick {
  std::size_t point = 0;       ///< lowest index among equals
  double worst_objective = 0;  ///< over its neighbours and itself
};

/// A point away from the best.
struct RunnerUp {
  std::size_t point = 0;  ///< lowest index among equals
  double objective = 0;
};

/// Where the best points lie on an axis, if all of them lie at an end of it: better ones may lie beyond.
enum class Edge { none, first, last };

/// What one axis does.
struct AxisAudit {
  bool is_dead = true;  ///< no day's result changes along it, at any point
  double effect = 0;    ///< largest less smallest mean objective of its values: in bps or dollars, as the objective
  /// The variance of those means as a share of the objective's variance over the grid: 1 where nothing else matters.
  double variance_share = 0;
  Edge edge = Edge::none;
  /// Share of slices whose decision differs between the axis' ends, other parameters as in the best point; of routers
  /// with candidates.
  double binding_share = 0;
};

/// Alive, and less than a hundredth of the objective's variance.
inline bool is_weak(const AxisAudit& axis) {
  return !axis.is_dead && axis.variance_share < 0.01;
}

/// Axes that only matter together: results depend on `first` + ratio × `second` alone.
struct Confounded {
  std::size_t first = 0, second = 0;
  double ratio = 1;
};

/// A way to trade without a model, over all days.
struct YardstickTotal {
  double slippage_bps = 0;  ///< against the arrival mid, mean over days
  double slippage = 0;      ///< dollars, sum over days
};

/// One point on one day of slices.
struct DayDetail {
  Nano slippage = 0;                                             ///< nano-dollars, against the arrival mid
  std::int64_t market = 0, limit = 0, cleanup = 0, unwound = 0;  ///< shares by kind
  std::vector<Nano> slices;                                      ///< slippage of each, against its own mid
  std::size_t breaks_assumptions = 0;                            ///< slices in which the point breaks A1–A3
};

/// Regions of the grid: products of bins of neighbouring values, as even as they can be. Columns are in product order of
/// the bins, the last axis fastest; at most 2^15 regions, of at most 64 bins an axis. On small grids each point is a region.
struct Regions {
  std::array<std::vector<std::size_t>, Grid::kAxes>
      begin;                              ///< of each axis: the first position of each bin, and the end
  std::vector<double> least, mean, most;  ///< objective over the region's points: bps or dollars (Objective)
  std::vector<std::size_t> best_point;    ///< has the least; lowest index among equals

  std::size_t bins(std::size_t axis) const { return begin[axis].size() - 1; }
  std::size_t size() const { return least.size(); }
};

/// What a sweep over the whole grid came to.
struct SweepSummary {
  std::vector<DaySummary> days;    ///< in unit order
  std::vector<DayDetail> at_best;  ///< the best point on each day; empty where solvers have no candidates
  PointTotal best;                 ///< lowest index among equals
  PointTotal worst;                ///< lowest index among equals
  std::size_t ties = 0;            ///< points as good as the best, itself among them
  GridBox tied;                    ///< the least box that has all of them
  // Nothing where points miss shares: then the objective alone says nothing.
  std::optional<PlateauPick> plateau;
  /// The best of the points that lie further than 5 % of the span from the best along some axis that is not dead.
  std::optional<RunnerUp> runner_up;
  std::optional<Regions> regions;
  std::vector<PointTotal> ranking;                     ///< the best points, in order; equal ones by index
  notebook::Baselines baselines;                       ///< costs summed over days with data, averages over their shares
  std::array<YardstickTotal, kYardsticks> yardsticks;  ///< of sliced routers
  std::array<AxisAudit, Grid::kAxes> axes;
  std::vector<Confounded> confounded;
  bool is_sliced = false;
  bool is_sell = false;
  std::string result_hash;  ///< over the surfaces in unit order: see docs/runs.md

  std::size_t count(DayStatus status) const;
};

/// The placement that a point takes: the cheapest, the lowest index among equals.
std::size_t winner(const Contenders& of, const cont_kukanov::Penalties& at);

/// What a point does on a day. \param contenders of the day's slices: the point's winners are among them
DayDetail describe_point(const SliceDay& day, const std::vector<Contenders>& contenders,
                         const cont_kukanov::Penalties& at);

/// What placements tell of the axes without a surface.
struct PlacementAudit {
  std::vector<std::size_t> dead;  ///< axes whose penalty is the same for all placements of a slice, in every slice
  std::vector<Confounded> confounded;
};
PlacementAudit audit_placements(const Grid& grid, const std::vector<std::vector<Contenders>>& winners);

/// Adds to the summary's audit what only placements tell: how often each axis binds, which axes are confounded.
/// \param winners of each day, each slice: all placements that win somewhere on the grid
void audit_decisions(const Grid& grid, const std::vector<std::vector<Contenders>>& winners, SweepSummary& summary);

/// All days as one, slices one after the other.
DayDetail add_up(const std::vector<DayDetail>& days);

/// Standard deviation of the slices' slippage, in dollars.
double std_over_slices(const DayDetail& detail);

}  // namespace sorsweep
