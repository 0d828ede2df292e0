// tested by: tests/reduce/slice_reducer_test.cpp (mean_plus_std)
#include "reduce/point_sums.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "router/lanes.hpp"

namespace sorsweep {
namespace {

/// The number of points that a pass takes at a time. Two or three columns of them fit the second-level cache.
constexpr std::size_t kBlock = 8192;

double missing(double shares, double filled) {
  return shares - filled > kFillTolerance ? shares - filled : 0;
}

/// The least of the values, by selection: std::min_element compares one by one and does not vectorise.
std::int64_t least(std::span<const std::int64_t> values) {
  auto least = values[0];
#pragma omp simd reduction(min : least)
  for (std::size_t i = 0; i < values.size(); ++i) least = values[i] < least ? values[i] : least;
  return least;
}

/// Adds two numbers and notes whether the sum leaves 63 bits. Below that, the drift of a day or of all days can be
/// added.
std::int64_t add_in_63_bits(std::int64_t a, std::int64_t b, std::uint64_t& overflow) {
  const auto sum = static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b);
  overflow |= sum ^ (sum << 1);  // The highest bit is set if the two highest bits of the sum differ.
  return static_cast<std::int64_t>(sum);
}

/// Refuses sums that left 63 bits. \throws Error (input)
void check_overflow(std::uint64_t overflow) {
  if (overflow >> 63 != 0)
    throw Error(Exit::input, "the slippage of all days leaves 64 bits", "prices or sizes are beyond any market");
}

/// Dollars paid and shares bought, for routers that are not sliced.
class CostSums : public PointSums {
 public:
  explicit CostSums(double shares) : shares_(shares) {}

  void reset(std::size_t points) override {
    for (auto* sums : {&cost_, &filled_, &missing_}) sums->assign(points, 0);
  }

  DayBest add(const DayFacts&, const SurfaceRows& rows) override {
    DayBest day{of_day(rows, 0), 0};
    for (std::size_t i = 0; i < cost_.size(); ++i) {
      const auto point = of_day(rows, i);
      cost_[i] += point.total_cost;
      filled_[i] += point.filled_shares;
      missing_[i] += point.missing_shares;
      if (is_better(point, day.best)) {
        day = {point, 1};
      } else if (!is_better(day.best, point)) {
        ++day.ties;
      }
    }
    return day;
  }

  PointTotal total(std::size_t i) const override { return make(i, cost_[i], filled_[i], missing_[i]); }

  void objectives(std::size_t first, std::span<double> objective) const override {
    std::copy_n(cost_.begin() + static_cast<std::ptrdiff_t>(first), objective.size(), objective.begin());
  }

  void slippage_nano(std::size_t, std::span<Nano> out) const override { std::ranges::fill(out, 0); }

  bool ranks_by_objective() const override {
    return std::ranges::all_of(missing_, [](double missing) { return missing == 0; });
  }

 private:
  static PointTotal make(std::size_t i, double cost, double filled, double missing) {
    return {i, cost, cost, filled, missing, 0, 0, 0, 0};
  }

  PointTotal of_day(const SurfaceRows& rows, std::size_t i) const {
    const double filled = rows.filled_shares[i];
    return make(i, rows.total_cost[i], filled, missing(shares_, filled));
  }

  double shares_;
  std::vector<double> cost_, filled_, missing_;
};

/// Slippage in nano-dollars, and in bps of each day's arrival value. Shares and drift depend on the day only.
class SlippageSums : public PointSums {
 public:
  explicit SlippageSums(const Objective& objective) : objective_(objective) {}

  void reset(std::size_t points) override {
    days_ = {};
    slippage_.resize(points);  // The first day with trades sets the values.
    bps_.resize(points);
    worst_.resize(points);
    spread_.assign(points, 0);
  }

  DayBest add(const DayFacts& facts, const SurfaceRows& rows) override {
    const bool has_traded = facts.slices.shares() > 0;
    const bool is_first = days_.shares == 0;
    days_.add(facts.slices);
    if (!has_traded && is_first) clear();
    const Day day{facts.slices.drift, has_traded ? bps_per_nano(facts.slices) : 0};
    std::vector<std::int64_t> least_of_blocks;
    std::uint64_t overflow = 0;
    for (std::size_t first = 0; first < rows.size(); first += kBlock) {
      const auto block = rows.slippage.subspan(first, std::min(kBlock, rows.size() - first));
      least_of_blocks.push_back(least(block));
      if (!has_traded) continue;
      if (is_first) {
        set(block, first, day);
      } else {
        add_spread(block, first, day);
        add(block, first, day, overflow);
      }
    }
    check_overflow(overflow);
    return best_of_day(facts, rows.slippage, least_of_blocks);
  }

  PointTotal total(std::size_t i) const override {
    const double mean = days_.traded > 0 ? bps_[i] / days_.traded : 0;
    const double std = days_.traded > 1 ? std::sqrt(spread_[i] / (days_.traded - 1)) : 0;
    return make(i, days_, slippage_[i], {mean, std, worst_[i]});
  }

  void objectives(std::size_t first, std::span<double> objective) const override {
    if (objective_.kind == Objective::Kind::slippage_bps && days_.traded > 0) {
      const double traded = days_.traded;  // A local copy, as in add_spread.
      for (std::size_t i = 0; i < objective.size(); ++i) objective[i] = bps_[first + i] / traded;
      return;
    }
    for (std::size_t i = 0; i < objective.size(); ++i) objective[i] = total(first + i).objective;
  }

  void slippage_nano(std::size_t first, std::span<Nano> out) const override {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = slippage_[first + i] + days_.drift;
  }

  bool ranks_by_objective() const override { return true; }  // Every point misses the same shares of a day.

 private:
  /// Sums over days that are the same for every point.
  struct Days {
    double traded = 0;  ///< Days with any share traded.
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

  /// Converts a day's slippage into bps of its arrival value.
  struct Day {
    Nano drift = 0;
    double scale = 0;
    double bps(std::int64_t slippage) const { return as_double(slippage + drift) * scale; }
  };

  void clear() {
    std::ranges::fill(slippage_, 0);
    std::ranges::fill(bps_, 0);
    std::ranges::fill(worst_, 0);
  }

  void set(std::span<const std::int64_t> block, std::size_t first, const Day& day) {
    std::ranges::copy(block, slippage_.begin() + static_cast<std::ptrdiff_t>(first));
    for (std::size_t i = 0; i < block.size(); ++i) bps_[first + i] = worst_[first + i] = day.bps(block[i]);
  }

  void add(std::span<const std::int64_t> block, std::size_t first, const Day& day, std::uint64_t& overflow) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const double bps = day.bps(block[i]);
      slippage_[first + i] = add_in_63_bits(slippage_[first + i], block[i], overflow);
      bps_[first + i] += bps;
      worst_[first + i] = bps > worst_[first + i] ? bps : worst_[first + i];
    }
  }

  /// Updates the spread by Welford's recurrence. Call it before the day enters the sums, and not for the first day.
  void add_spread(std::span<const std::int64_t> block, std::size_t first, const Day& day) {
    // A local copy: GCC does not vectorise if the loop might write to the member.
    const double traded = days_.traded;
    const double before = traded - 1;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const double bps = day.bps(block[i]);
      const double sum = bps_[first + i];
      spread_[first + i] += (bps - sum / before) * (bps - (sum + bps) / traded);
    }
  }

  /// Points are compared as doubles, as slabs must be. Above some millions of dollars neighbouring integers are one
  /// double.
  DayBest best_of_day(const DayFacts& facts, std::span<const std::int64_t> slippage,
                      const std::vector<std::int64_t>& least_of_blocks) const {
    Days day;
    day.add(facts.slices);
    const Day in_bps{day.drift, day.shares > 0 ? bps_per_nano(facts.slices) : 0};
    const auto total_of = [&](std::int64_t value) {
      return make(0, day, value, {in_bps.bps(value), 0, in_bps.bps(value)});
    };
    auto most = std::ranges::min(least_of_blocks);
    const double objective = total_of(most).objective;
    while (day.shares > 0 && total_of(most + 1).objective <= objective) ++most;
    DayBest best;
    for (std::size_t b = 0; b < least_of_blocks.size(); ++b) {
      if (least_of_blocks[b] > most) continue;
      const auto last = std::min(slippage.size(), (b + 1) * kBlock);
      for (auto i = b * kBlock; i < last; ++i) {
        if (slippage[i] > most) continue;
        if (best.ties++ > 0) continue;
        best.best = total_of(slippage[i]);
        best.best.point = i;
      }
    }
    return best;
  }

  /// Figures over days.
  struct Bps {
    double mean, std, worst;
  };

  PointTotal make(std::size_t i, const Days& days, std::int64_t slippage, const Bps& bps) const {
    const double dollars = to_dollars(slippage + days.drift);
    const double cost = days.is_sell ? days.value - dollars : days.value + dollars;
    double objective = bps.mean;
    if (objective_.kind == Objective::Kind::total_cost) objective = dollars;
    if (objective_.kind == Objective::Kind::worst_day) objective = bps.worst;
    if (objective_.kind == Objective::Kind::mean_plus_std) objective = bps.mean + objective_.weight * bps.std;
    return {i, objective, cost, days.shares, days.missing, bps.mean, dollars, bps.std, bps.worst};
  }

  Objective objective_;
  Days days_;
  std::vector<std::int64_t> slippage_;
  std::vector<double> bps_;
  std::vector<double> spread_;  ///< Σ (bps − mean)².
  std::vector<double> worst_;   ///< The worst of any day, in bps.
};

}  // namespace

std::unique_ptr<PointSums> make_point_sums(const ReduceOptions& options) {
  if (options.is_sliced) return std::make_unique<SlippageSums>(options.objective);
  return std::make_unique<CostSums>(options.shares);
}

std::size_t ReduceOptions::bytes_per_point() const {
  return (is_sliced ? 4 : 3) * sizeof(double);
}

}  // namespace sorsweep
