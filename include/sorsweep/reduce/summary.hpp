/// \file
/// The result of a sweep: figures by point, by day and over all days.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sorsweep/sweep/grid.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Shares that a filled day may miss. The tolerance is for rounding.
inline constexpr double kFillTolerance = 1e-6;

/// The figure that is minimised (docs/model.md, "Objective, axes").
struct Objective {
  enum class Kind {
    total_cost,     ///< Dollars over all days.
    slippage_bps,   ///< Mean over days of the slippage against the arrival mid, in bps of the arrival value.
    mean_plus_std,  ///< That mean + weight × the standard deviation over days.
    worst_day,      ///< The slippage of the worst day, in bps.
  };
  Kind kind = Kind::total_cost;
  double weight = 0;
};

/// The figures of a point, on a day or over all days.
struct PointTotal {
  std::size_t point = 0;
  double objective = 0;   ///< In bps or dollars, depending on Objective::Kind.
  double total_cost = 0;  ///< Dollars paid; for a sell order, dollars received.
  double filled_shares = 0;
  double missing_shares = 0;  ///< Shares missing from days that did not fill; 0 if all did.
  double slippage_bps = 0;    ///< Against the arrival mid, mean over days. For sliced routers.
  double slippage = 0;        ///< Against the arrival mid, in dollars, summed over days.
  double std_bps = 0;         ///< Standard deviation of slippage_bps over days (n − 1); 0 for one day.
  double worst_day_bps = 0;   ///< The largest slippage of any day.
  double avg_price() const { return filled_shares > 0 ? total_cost / filled_shares : 0; }
};

/// Whether a is better than b: it misses fewer shares or, if equal, has the lower objective. Shares that were not
/// bought never make a point look cheap (docs/results.md, "How points are ranked").
bool is_better(const PointTotal& a, const PointTotal& b);

/// The best point of a day.
struct DayBest {
  PointTotal best;       ///< The lowest number among equals.
  std::size_t ties = 0;  ///< Number of points as good as the best, itself included.
};

/// Whether a day's best point filled the order.
enum class DayStatus { filled, not_filled, no_data };

/// Words for people: "filled", "not filled", "no data".
const char* to_string(DayStatus status);

/// A day with its own best point.
struct DaySummary {
  DayFacts facts;
  PointTotal best;
  std::size_t ties = 0;
  DayStatus status = DayStatus::no_data;
};

/// The plateau pick: the point whose worst neighbour is best. Neighbours lie within 5 % of the span of every axis.
struct PlateauPick {
  std::size_t point = 0;       ///< The lowest number among equals.
  double worst_objective = 0;  ///< The worst of its neighbours and itself.
};

/// The objective's surface at the resolution of a picture. Regions are products of bins of neighbouring values, as
/// even as possible: at most 64 bins per axis and 2^15 regions in all. Columns are in product order of the bins, the
/// last axis fastest. On a small grid each point is a region.
struct Regions {
  std::array<std::vector<std::size_t>, Grid::kAxes>
      begin;                              ///< The first position of each bin of each axis, then the end.
  std::vector<double> least, mean, most;  ///< Objective over the region's points, in bps or dollars.
  std::vector<std::size_t> best_point;    ///< The point with the least objective; the lowest number among equals.

  std::size_t bins(std::size_t axis) const { return begin[axis].size() - 1; }
  std::size_t size() const { return least.size(); }
};

/// The best point away from the best one.
struct RunnerUp {
  std::size_t point = 0;  ///< The lowest number among equals.
  double objective = 0;
};

/// The end of an axis at which all best points lie, if there is one. Better points may lie beyond it.
enum class Edge { none, first, last };

/// What an axis does to the result (docs/model.md, "Objective, axes").
struct AxisAudit {
  bool is_dead = true;  ///< Whether no day's result changes along it, at any point.
  double effect = 0;    ///< Largest minus smallest mean objective of its values, in the objective's unit.
  /// Variance of those means divided by the variance of the objective over the grid. It is 1 if nothing else matters.
  double variance_share = 0;
  Edge edge = Edge::none;
  /// Share of slices whose decision differs between the ends of the axis, with all other parameters at the best point.
  /// For solvers with candidates.
  double binding_share = 0;
};

/// Whether an axis is alive but explains less than 1 % of the objective's variance.
inline bool is_weak(const AxisAudit& axis) {
  return !axis.is_dead && axis.variance_share < 0.01;
}

/// Two axes that cannot be told apart: results depend only on `first` + ratio × `second`.
struct Confounded {
  std::size_t first = 0, second = 0;
  double ratio = 1;
};

/// A yardstick over all days.
struct YardstickTotal {
  double slippage_bps = 0;  ///< Against the arrival mid, mean over days.
  double slippage = 0;      ///< Dollars, summed over days.
};

/// One point on one sliced day.
struct DayDetail {
  Nano slippage = 0;                                             ///< Nano-dollars, against the arrival mid.
  std::int64_t market = 0, limit = 0, cleanup = 0, unwound = 0;  ///< Shares by kind.
  std::vector<Nano> slices;                                      ///< Slippage of each slice against its own mid.
  std::size_t breaks_assumptions = 0;  ///< Number of slices in which the point breaks A1–A3.
};

/// The result of a sweep over the whole grid.
struct SweepSummary {
  std::vector<DaySummary> days;    ///< In unit order.
  std::vector<DayDetail> at_best;  ///< The best point on each day. Empty for solvers without candidates.
  PointTotal best;                 ///< The lowest number among equals.
  PointTotal worst;                ///< The lowest number among equals.
  std::size_t ties = 0;            ///< Number of points as good as the best, itself included.
  GridBox tied;                    ///< The smallest box that contains all of them.
  // The next three are not set if points miss shares, because the objective alone then says nothing.
  std::optional<PlateauPick> plateau;
  /// The best of the points that differ from the best one by more than 5 % of the span of some axis that is not dead.
  std::optional<RunnerUp> runner_up;
  std::optional<Regions> regions;
  std::vector<PointTotal> ranking;           ///< The best points in order; equal ones by number.
  notebook::Yardsticks notebook_yardsticks;  ///< Costs summed over days with data, and their averages per share.
  std::array<YardstickTotal, kYardsticks> yardsticks;  ///< For sliced routers.
  std::array<AxisAudit, Grid::kAxes> axes;
  std::vector<Confounded> confounded;
  bool is_sliced = false;
  bool is_sell = false;
  std::string result_hash;  ///< Over the surfaces in unit order (docs/runs.md, "result_hash").

  std::size_t count(DayStatus status) const;
};

/// The contender that a point takes: the cheapest, and the lowest index among equals.
std::size_t winner(const Contenders& of, const cont_kukanov::Penalties& at);

/// Plays a point on a day. \param contenders of the day's slices, which must include the point's winners
DayDetail describe_point(const SliceDay& day, const std::vector<Contenders>& contenders,
                         const cont_kukanov::Penalties& at);

/// What placements say about the axes without a surface.
struct PlacementAudit {
  /// Axes whose penalty is charged on the same shares for all placements of a slice, in every slice.
  std::vector<std::size_t> dead;
  std::vector<Confounded> confounded;
};
/// Audits the axes by placements. \param winners of each day and slice: all placements that win somewhere on the grid
PlacementAudit audit_placements(const Grid& grid, const std::vector<std::vector<Contenders>>& winners);

/// Adds to the summary what only placements tell: how often each axis binds, and which axes are confounded. \param
/// winners of each day and slice: all placements that win somewhere on the grid
void audit_decisions(const Grid& grid, const std::vector<std::vector<Contenders>>& winners, SweepSummary& summary);

/// Adds up days, one slice after the other.
DayDetail add_up(const std::vector<DayDetail>& days);

/// Standard deviation of the slippage of slices, in dollars.
double std_over_slices(const DayDetail& detail);

}  // namespace sorsweep
