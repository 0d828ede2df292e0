/// \file
/// The reducer: surfaces of days, in order → the best point, overall and by day.
///
/// Everything is done by rows of the grid (Grid::rows): sums over days in the order of days, sums over points by row.
/// So the result does not depend on how rows are cut into slabs, and slabs can be reduced by different threads, or one
/// after the other where the grid is never held whole.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sorsweep/core/hash.hpp"
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
    mean_plus_std,  ///< that mean + weight × its standard deviation over days
  };
  Kind kind = Kind::total_cost;
  double weight = 0;
};

struct ReduceOptions {
  double shares = 0;       ///< of the parent order
  bool is_sliced = false;  ///< which columns the surfaces have
  Objective objective;
  std::size_t most_ranked = 0;  ///< length of the ranking, at most

  /// What a slab's sums take.
  std::size_t bytes_per_point() const;
};

/// One point's figures, of a day or over all days.
struct PointTotal {
  std::size_t point = 0;
  double objective = 0;
  double total_cost = 0;  ///< dollars; of a sell order what it brought
  double filled_shares = 0;
  double missing_shares = 0;  ///< of days that did not fill; 0 when all did
  double slippage_bps = 0;    ///< against the arrival mid, mean over days; of sliced routers
  double slippage = 0;        ///< the same in dollars, sum over days
  double avg_price() const { return filled_shares > 0 ? total_cost / filled_shares : 0; }
};

/// Better: fewer missing shares, then the lower objective. What was not bought never makes a point cheap.
bool is_better(const PointTotal& a, const PointTotal& b);

struct DayBest {
  PointTotal best;       ///< lowest index among equals
  std::size_t ties = 0;  ///< points as good as the best
};

enum class DayStatus { filled, not_filled, no_data };
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
  std::size_t point = 0;        ///< lowest index among equals
  double worst_objective = 0;  ///< over its neighbours and itself
};

/// What one axis does.
struct AxisAudit {
  bool is_dead = true;  ///< no day's result changes along it, at any point
  double effect = 0;    ///< largest less smallest mean objective of its values: in bps or dollars, as the objective
};

/// A way to trade without a model, over all days.
struct YardstickTotal {
  double slippage_bps = 0;  ///< against the arrival mid, mean over days
  double slippage = 0;      ///< dollars, sum over days
};

/// One point on one day of slices.
struct DayDetail {
  Nano slippage = 0;                                             ///< against the arrival mid
  std::int64_t market = 0, limit = 0, cleanup = 0, unwound = 0;  ///< shares by kind
  std::vector<Nano> slices;                                      ///< slippage of each, against its own mid
  std::size_t breaks_assumptions = 0;                            ///< slices in which the point breaks A1–A3
};

struct SweepSummary {
  std::vector<DaySummary> days;
  std::vector<DayDetail> at_best;  ///< the best point on each day; empty where solvers have no candidates
  PointTotal best;
  PointTotal worst;  ///< lowest index among equals
  std::size_t ties = 0;
  std::optional<PlateauPick> plateau;  ///< nothing where points miss shares: then the objective alone says nothing
  std::vector<PointTotal> ranking;                     ///< the best points, in order; equal ones by index
  notebook::Baselines baselines;                       ///< costs summed over days with data, averages over their shares
  std::array<YardstickTotal, kYardsticks> yardsticks;  ///< of sliced routers
  std::array<AxisAudit, Grid::kAxes> axes;
  double shares_asked = 0;  ///< over all days
  bool is_sliced = false;
  bool is_sell = false;
  std::string result_hash;  ///< over the surfaces in unit order: see docs/results.md

  std::size_t count(DayStatus status) const;
};

/// What is known of a slab once all days were added.
struct SlabSummary {
  RowRange rows;
  PointTotal best, worst;
  std::size_t ties = 0;
  std::vector<PointTotal> ranking;
  /// Of each row: objectives, each the worst of its neighbours within the row. Empty where points miss shares. Taken out
  /// as soon as all slabs before are there.
  std::vector<std::vector<double>> neighbourhoods;
  std::vector<DayBest> days;
  std::vector<std::vector<Digest>> digests;  ///< of each day: of each row's results
  /// Of each row: Σ of the objective over the points of each value of each axis; of the slowest axis, a single sum.
  std::vector<std::array<std::vector<double>, Grid::kAxes>> marginals;
};

/// What a point does on a day. \param contenders of the day's slices: the point's winners are among them
DayDetail describe_point(const SliceDay& day, const std::vector<Contenders>& contenders,
                         const cont_kukanov::Penalties& at);

/// All days as one, slices one after the other.
DayDetail add_up(const std::vector<DayDetail>& days);

/// Standard deviation of the slices' slippage, in dollars.
double std_over_slices(const DayDetail& detail);

class PointSums;
struct AxisWindows;

/// What slabs tell each other to save work; nothing of it changes a result. One for all slabs of a reduction.
struct SharedFindings {
  /// Points with a larger objective cannot be ranked: some slab has a full ranking without them.
  std::atomic<double> ranking_bound{std::numeric_limits<double>::infinity()};
  std::array<std::atomic<bool>, Grid::kAxes> is_live{};
};

/// Sums over days of one slab's points. Hand days over in unit order. \param grid outlives it
class SlabReducer {
 public:
  SlabReducer(const Grid& grid, const ReduceOptions& options, SharedFindings& shared);
  ~SlabReducer();
  SlabReducer(SlabReducer&&) noexcept;

  /// Begins a slab. Memory is kept.
  void reset(RowRange rows);
  RowRange rows() const { return rows_; }
  void add(const DayFacts& facts, const SurfaceRows& slab);
  SlabSummary finish();

 private:
  void note_live_axes(const SurfaceRows& slab);
  std::vector<AxisWindows> windows() const;
  void look_at(std::size_t row, const std::vector<double>& objective, bool by_objective, SlabSummary& summary) const;
  std::array<std::vector<double>, Grid::kAxes> row_marginals(std::size_t row,
                                                             const std::vector<double>& objective) const;

  const Grid& grid_;
  RowRange rows_;
  ReduceOptions options_;
  SharedFindings& shared_;
  std::unique_ptr<PointSums> sums_;
  std::vector<DayBest> days_;
  std::vector<std::vector<Digest>> digests_;
};

/// \param days  the facts of all days, in unit order
/// \param slabs all of them, in the order of rows
/// \param plateau found over the slabs' neighbourhoods
/// \param found which axes are live, but for the slowest, along which rows are compared
SweepSummary summarise(const Grid& grid, const ReduceOptions& options, const std::vector<DayFacts>& days,
                       const std::vector<SlabSummary>& slabs, const std::optional<PlateauPick>& plateau,
                       const SharedFindings& found);

/// Finishes slabs in their order, some of them at a time in parallel, and summarises.
/// \param finish gives the summary of a slab; called once for each, from several threads
std::optional<SweepSummary> summarise_slabs(const Grid& grid, const ReduceOptions& options,
                                            const std::vector<DayFacts>& days, std::size_t slabs,
                                            std::size_t at_a_time, const SharedFindings& found,
                                            const std::function<SlabSummary(std::size_t)>& finish,
                                            const std::atomic<bool>& stop);

/// What summarise_slabs holds beside its slabs, in bytes.
std::size_t plateau_bytes(const Grid& grid);

/// Reduces whole surfaces as they come, in parallel over slabs. The grid outlives it.
class Reducer {
 public:
  Reducer(const Grid& grid, const ReduceOptions& options, std::size_t slabs = 1);
  void add(const UnitResult& unit);
  SweepSummary finish();

 private:
  const Grid& grid_;
  ReduceOptions options_;
  SharedFindings found_;
  std::vector<SlabReducer> slabs_;
  std::vector<DayFacts> days_;
};

}  // namespace sorsweep
