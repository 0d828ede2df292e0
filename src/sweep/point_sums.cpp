#include "sweep/point_sums.hpp"

#include <algorithm>
#include <cmath>

#include "sorsweep/core/error.hpp"

namespace sorsweep {
namespace {

constexpr double kBps = 1e4;
constexpr double kDollarsPerNano = 1e-9;

double missing(double shares, double filled) {
  return shares - filled > kFillTolerance ? shares - filled : 0;
}

/// By value and without branches: std::min_element compares one by one.
std::int64_t least(std::span<const std::int64_t> values) {
  auto least = values[0];
#pragma omp simd reduction(min : least)
  for (std::size_t i = 0; i < values.size(); ++i) least = values[i] < least ? values[i] : least;
  return least;
}

/// Adds two that fit 63 bits: then the sum and the day's drift, or the drift of all days, still fit 64.
std::int64_t add_in_63_bits(std::int64_t a, std::int64_t b, std::uint64_t& overflow) {
  const auto sum = static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b);
  overflow |= sum ^ (sum << 1);  // the highest bit is set where the two highest of the sum differ
  return static_cast<std::int64_t>(sum);
}

/// \throws Error (input)
void check_overflow(std::uint64_t overflow) {
  if (overflow >> 63 != 0)
    throw Error(Exit::input, "the slippage of all days leaves 64 bits", "prices or sizes are beyond any market");
}

/// Dollars paid and shares got: routers that take what snapshots offer.
class CostSums : public PointSums {
 public:
  explicit CostSums(double shares) : shares_(shares) {}

  void reset(std::size_t points) override {
    for (auto* sums : {&cost_, &filled_, &missing_}) sums->assign(points, 0);
  }

  void add(const DayFacts&, const SurfaceRows& rows) override {
    for (std::size_t i = 0; i < cost_.size(); ++i) {
      const double filled = rows.filled_shares[i];
      cost_[i] += rows.total_cost[i];
      filled_[i] += filled;
      missing_[i] += missing(shares_, filled);
    }
  }

  PointTotal total(std::size_t i) const override { return make(i, cost_[i], filled_[i], missing_[i]); }

  void objectives(std::size_t first, std::span<double> objective) const override {
    std::copy_n(cost_.begin() + static_cast<std::ptrdiff_t>(first), objective.size(), objective.begin());
  }

  bool ranks_by_objective() const override {
    return std::ranges::all_of(missing_, [](double missing) { return missing == 0; });
  }

  DayBest best_of_day(const DayFacts&, const SurfaceRows& rows) const override {
    DayBest day{of_day(rows, 0), 1};
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const auto other = of_day(rows, i);
      if (is_better(other, day.best)) {
        day = {other, 1};
      } else if (!is_better(day.best, other)) {
        ++day.ties;
      }
    }
    return day;
  }

 private:
  static PointTotal make(std::size_t i, double cost, double filled, double missing) {
    return {i, cost, cost, filled, missing, 0, 0};
  }

  PointTotal of_day(const SurfaceRows& rows, std::size_t i) const {
    const double filled = rows.filled_shares[i];
    return make(i, rows.total_cost[i], filled, missing(shares_, filled));
  }

  double shares_;
  std::vector<double> cost_, filled_, missing_;
};

/// Slippage in nano-dollars, and the same in bps of each day's arrival value. Shares and drift are the day's alone.
class SlippageSums : public PointSums {
 public:
  explicit SlippageSums(const Objective& objective) : objective_(objective) {}

  void reset(std::size_t points) override {
    days_ = {};
    slippage_.assign(points, 0);
    bps_.assign(points, 0);
    if (objective_.kind == Objective::Kind::mean_plus_std) spread_.assign(points, 0);
  }

  void add(const DayFacts& facts, const SurfaceRows& rows) override {
    days_.add(facts.slices);
    if (facts.slices.shares() == 0) return;
    const auto drift = facts.slices.drift;
    const double scale = bps_per_nano(facts.slices);
    if (!spread_.empty()) add_spread(rows, drift, scale);
    std::uint64_t overflow = 0;
    for (std::size_t i = 0; i < slippage_.size(); ++i) {
      slippage_[i] = add_in_63_bits(slippage_[i], rows.slippage[i], overflow);
      bps_[i] += static_cast<double>(rows.slippage[i] + drift) * scale;
    }
    check_overflow(overflow);
  }

  PointTotal total(std::size_t i) const override {
    const double mean = days_.traded > 0 ? bps_[i] / days_.traded : 0;
    const double std = days_.traded > 1 && !spread_.empty() ? std::sqrt(spread_[i] / (days_.traded - 1)) : 0;
    return make(i, days_, slippage_[i], mean, std);
  }

  void objectives(std::size_t first, std::span<double> objective) const override {
    if (objective_.kind == Objective::Kind::slippage_bps && days_.traded > 0) {
      for (std::size_t i = 0; i < objective.size(); ++i) objective[i] = bps_[first + i] / days_.traded;
      return;
    }
    for (std::size_t i = 0; i < objective.size(); ++i) objective[i] = total(first + i).objective;
  }

  bool ranks_by_objective() const override { return true; }  // every point misses what the day misses

  DayBest best_of_day(const DayFacts& facts, const SurfaceRows& rows) const override {
    Days day;
    day.add(facts.slices);
    const double scale = day.shares > 0 ? bps_per_nano(facts.slices) : 0;
    const auto total_of = [&](std::int64_t slippage) {
      return make(0, day, slippage, static_cast<double>(slippage + day.drift) * scale, 0);
    };
    // From millions of dollars on, neighbours are one double. Slabs are compared in doubles, so points must be too.
    auto most = least(rows.slippage);
    const double objective = total_of(most).objective;
    while (day.shares > 0 && total_of(most + 1).objective <= objective) ++most;
    const auto is_best = [most](std::int64_t slippage) { return slippage <= most; };
    const auto first = std::ranges::find_if(rows.slippage, is_best);
    DayBest best{total_of(*first), static_cast<std::size_t>(std::ranges::count_if(rows.slippage, is_best))};
    best.best.point = static_cast<std::size_t>(first - rows.slippage.begin());
    return best;
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
      std::uint64_t overflow = 0;
      drift = add_in_63_bits(drift, day.drift, overflow);
      check_overflow(overflow);
      is_sell = day.is_sell;
    }
  };

  static double bps_per_nano(const SliceDay& day) { return kBps * kDollarsPerNano / arrival_value(day); }

  /// Welford's recurrence; before the day enters the sums.
  void add_spread(const SurfaceRows& rows, Nano drift, double scale) {
    const double before = days_.traded - 1;
    if (before == 0) return;
    for (std::size_t i = 0; i < spread_.size(); ++i) {
      const double bps = static_cast<double>(rows.slippage[i] + drift) * scale;
      spread_[i] += (bps - bps_[i] / before) * (bps - (bps_[i] + bps) / days_.traded);
    }
  }

  PointTotal make(std::size_t i, const Days& days, std::int64_t slippage, double mean_bps, double std_bps) const {
    const double dollars = to_dollars(slippage + days.drift);
    const double cost = days.is_sell ? days.value - dollars : days.value + dollars;
    double objective = mean_bps;
    if (objective_.kind == Objective::Kind::total_cost) objective = dollars;
    if (objective_.kind == Objective::Kind::mean_plus_std) objective = mean_bps + objective_.weight * std_bps;
    return {i, objective, cost, days.shares, days.missing, mean_bps, dollars};
  }

  Objective objective_;
  Days days_;
  std::vector<std::int64_t> slippage_;
  std::vector<double> bps_;
  std::vector<double> spread_;  ///< Σ (bps − mean)²
};

}  // namespace

std::unique_ptr<PointSums> make_point_sums(const ReduceOptions& options) {
  if (options.is_sliced) return std::make_unique<SlippageSums>(options.objective);
  return std::make_unique<CostSums>(options.shares);
}

std::size_t ReduceOptions::bytes_per_point() const {
  if (!is_sliced) return 3 * sizeof(double);
  return objective.kind == Objective::Kind::mean_plus_std ? 3 * sizeof(double) : 2 * sizeof(double);
}

}  // namespace sorsweep
