/// \file
/// The reducer: surfaces of days, in order → the best point, overall and by day.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sorsweep/core/hash.hpp"
#include "sorsweep/sweep/grid.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Shares that may be missing from a day that counts as filled: rounding, not trading.
inline constexpr double kFillTolerance = 1e-6;

/// One point's figures, of a day or over all days.
struct PointTotal {
  std::size_t point = 0;
  double total_cost = 0;  ///< dollars
  double filled_shares = 0;
  double missing_shares = 0;  ///< of days that did not fill; 0 when all did
  double avg_price() const { return filled_shares > 0 ? total_cost / filled_shares : 0; }
};

/// Better: fewer missing shares, then lower cost. What was not bought never makes a point cheap.
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

struct SweepSummary {
  std::vector<DaySummary> days;
  PointTotal best;
  std::size_t ties = 0;
  std::vector<PointTotal> ranking;  ///< the best points, in order; equal ones by index
  notebook::Baselines baselines;    ///< costs summed over days with data, averages over their shares
  double shares_asked = 0;          ///< over all days
  std::string result_hash;          ///< XXH3-128 over the surfaces in unit order

  std::size_t count(DayStatus status) const;
};

/// Sums per point, in the order in which units come: hand them over in unit order. 24 bytes a point.
class Reducer {
 public:
  Reducer(const Grid& grid, double shares);
  void add(const UnitResult& unit);

  /// \param most_ranked length of the ranking, at most
  SweepSummary finish(std::size_t most_ranked) const;

  static constexpr std::size_t kBytesPerPoint = 24;

 private:
  PointTotal total(std::size_t point) const;
  DaySummary summarise_day(const UnitResult& unit) const;
  std::vector<PointTotal> rank(std::size_t most) const;
  notebook::Baselines sum_baselines() const;

  std::size_t points_;
  double shares_;
  std::vector<double> cost_, filled_, missing_;
  std::vector<DaySummary> days_;
  Hasher hasher_;
};

}  // namespace sorsweep
