/// \file
/// The reducer: surfaces of days, in order → the best point, overall and by day.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
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

enum class DayStatus { filled, not_filled, no_data };
const char* to_string(DayStatus status);

/// A day with its own best.
struct DaySummary {
  DayFacts facts;
  PointTotal best;       ///< lowest index among equals
  std::size_t ties = 0;  ///< points as good as the best
  DayStatus status = DayStatus::no_data;
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

struct SweepSummary {
  std::vector<DaySummary> days;
  PointTotal best;
  PointTotal worst;  ///< lowest index among equals
  std::size_t ties = 0;
  std::vector<PointTotal> ranking;  ///< the best points, in order; equal ones by index
  notebook::Baselines baselines;    ///< costs summed over days with data, averages over their shares
  std::array<YardstickTotal, kYardsticks> yardsticks;  ///< of sliced routers
  std::array<AxisAudit, Grid::kAxes> axes;
  double shares_asked = 0;  ///< over all days
  bool is_sliced = false;
  bool is_sell = false;
  std::string result_hash;  ///< XXH3-128 over the surfaces in unit order

  std::size_t count(DayStatus status) const;
};

class PointSums;

/// Sums per point, in the order in which units come: hand them over in unit order.
class Reducer {
 public:
  /// \param shares     of the parent order
  /// \param is_sliced  which columns the surfaces have
  Reducer(const Grid& grid, double shares, bool is_sliced = false, const Objective& objective = {});
  ~Reducer();

  void add(const UnitResult& unit);

  /// \param most_ranked length of the ranking, at most
  SweepSummary finish(std::size_t most_ranked) const;

  static std::size_t bytes_per_point(bool is_sliced, const Objective& objective);

 private:
  DaySummary summarise_day(const UnitResult& unit) const;
  std::vector<PointTotal> rank(std::size_t most) const;
  notebook::Baselines sum_baselines() const;
  std::array<YardstickTotal, kYardsticks> sum_yardsticks() const;
  void note_live_axes(const Surface& surface);
  std::array<AxisAudit, Grid::kAxes> audit_axes() const;

  Grid::Index lengths_;  ///< of the axes
  std::size_t points_;
  double shares_;
  bool is_sliced_;
  std::unique_ptr<PointSums> sums_;
  std::vector<DaySummary> days_;
  std::array<bool, Grid::kAxes> is_live_{};
  Hasher hasher_;
};

}  // namespace sorsweep
