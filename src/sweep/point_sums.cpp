#include "sweep/point_sums.hpp"

#include <cmath>

namespace sorsweep {
namespace {

constexpr double kBps = 1e4;
constexpr double kDollarsPerNano = 1e-9;

double missing(double shares, double filled) {
  return shares - filled > kFillTolerance ? shares - filled : 0;
}

/// Dollars paid and shares got: routers that take what snapshots offer.
class CostSums : public PointSums {
 public:
  CostSums(std::size_t points, double shares) : shares_(shares), cost_(points), filled_(points), missing_(points) {}

  void add(const UnitResult& unit) override {
    for (std::size_t p = 0; p < cost_.size(); ++p) {
      const double filled = unit.surface.filled_shares[p];
      cost_[p] += unit.surface.total_cost[p];
      filled_[p] += filled;
      missing_[p] += missing(shares_, filled);
    }
  }

  PointTotal total(std::size_t p) const override { return make(p, cost_[p], filled_[p], missing_[p]); }

  PointTotal of_day(const UnitResult& unit, std::size_t p) const override {
    const double filled = unit.surface.filled_shares[p];
    return make(p, unit.surface.total_cost[p], filled, missing(shares_, filled));
  }

 private:
  static PointTotal make(std::size_t p, double cost, double filled, double missing) {
    return {p, cost, cost, filled, missing, 0, 0};
  }

  double shares_;
  std::vector<double> cost_, filled_, missing_;
};

/// Slippage in nano-dollars, and the same in bps of each day's arrival value. Shares and drift are the day's alone.
class SlippageSums : public PointSums {
 public:
  SlippageSums(std::size_t points, const Objective& objective)
      : objective_(objective),
        slippage_(points),
        bps_(points),
        spread_(objective.kind == Objective::Kind::mean_plus_std ? points : 0) {}

  void add(const UnitResult& unit) override {
    days_.add(unit.facts.slices);
    if (unit.facts.slices.shares() == 0) return;
    const auto& slippage = unit.surface.slippage;
    const auto drift = unit.facts.slices.drift;
    const double scale = bps_per_nano(unit.facts.slices);
    const double before = days_.traded - 1;
    for (std::size_t p = 0; p < slippage_.size(); ++p) {
      const double bps = static_cast<double>(slippage[p] + drift) * scale;
      if (!spread_.empty()) {  // Welford's recurrence
        const double from_old = before > 0 ? bps - bps_[p] / before : 0;
        spread_[p] += from_old * (bps - (bps_[p] + bps) / days_.traded);
      }
      slippage_[p] += slippage[p];
      bps_[p] += bps;
    }
  }

  PointTotal total(std::size_t p) const override {
    const double mean = days_.traded > 0 ? bps_[p] / days_.traded : 0;
    const double std = days_.traded > 1 && !spread_.empty() ? std::sqrt(spread_[p] / (days_.traded - 1)) : 0;
    return make(p, days_, slippage_[p], mean, std);
  }

  PointTotal of_day(const UnitResult& unit, std::size_t p) const override {
    Days day;
    day.add(unit.facts.slices);
    const auto slippage = unit.surface.slippage[p];
    const double bps =
        day.shares > 0 ? static_cast<double>(slippage + day.drift) * bps_per_nano(unit.facts.slices) : 0;
    return make(p, day, slippage, bps, 0);
  }

 private:
  /// Σ over days of what is the same for every point.
  struct Days {
    double traded = 0;  ///< days with any share
    double shares = 0, missing = 0, value = 0;
    Nano drift = 0;
    bool is_sell = false;

    void add(const SliceDay& day) {
      traded += day.shares() > 0;
      shares += static_cast<double>(day.shares());
      missing += static_cast<double>(day.missing_shares);
      value += arrival_value(day);
      drift += day.drift;
      is_sell = day.is_sell;
    }
  };

  static double bps_per_nano(const SliceDay& day) { return kBps * kDollarsPerNano / arrival_value(day); }

  PointTotal make(std::size_t p, const Days& days, std::int64_t slippage, double mean_bps, double std_bps) const {
    const double dollars = static_cast<double>(slippage + days.drift) * kDollarsPerNano;
    const double cost = days.is_sell ? days.value - dollars : days.value + dollars;
    double objective = mean_bps;
    if (objective_.kind == Objective::Kind::total_cost) objective = dollars;
    if (objective_.kind == Objective::Kind::mean_plus_std) objective = mean_bps + objective_.weight * std_bps;
    return {p, objective, cost, days.shares, days.missing, mean_bps, dollars};
  }

  Objective objective_;
  Days days_;
  std::vector<std::int64_t> slippage_;
  std::vector<double> bps_;
  std::vector<double> spread_;  ///< Σ (bps − mean)²
};

}  // namespace

double arrival_value(const SliceDay& day) {
  return static_cast<double>(day.shares()) * (static_cast<double>(day.arrival_bid_plus_ask) / 2) * kDollarsPerNano;
}

std::unique_ptr<PointSums> make_point_sums(std::size_t points, double shares, bool is_sliced,
                                           const Objective& objective) {
  if (is_sliced) return std::make_unique<SlippageSums>(points, objective);
  return std::make_unique<CostSums>(points, shares);
}

std::size_t Reducer::bytes_per_point(bool is_sliced, const Objective& objective) {
  if (!is_sliced) return 3 * sizeof(double);
  return objective.kind == Objective::Kind::mean_plus_std ? 3 * sizeof(double) : 2 * sizeof(double);
}

}  // namespace sorsweep
