// Stochastic approximation with one SIMD lane per point. It does the operations of stochastic.cpp in the same order,
// with selections in place of branches. A lane in which nothing is missing passes the rounds of rescaling unchanged.
#include <algorithm>
#include <array>

#include "router/lanes.hpp"
#include "router/stochastic.hpp"

namespace sorsweep::cont_kukanov {
namespace {

constexpr std::size_t kLanes = 16;
using Lanes = std::array<double, kLanes>;

/// Sixteen points on their way through the samples.
class Group {
 public:
  Group(const Instance& instance, std::size_t samples, const PenaltyColumns& points, std::size_t first)
      : instance_(instance), limits_(instance.queues.size()), limit_sums_(limits_.size()) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      const auto p = std::min(first + i, points.size() - 1);  // The last point fills up the last group.
      Instance one = instance;
      one.lambda_over = over_[i] = points.lambda_over[p];
      one.lambda_under = points.lambda_under[p];
      one.theta = theta_[i] = points.theta[p];
      under_slope_[i] = -(one.lambda_under + one.theta);
      gamma_[i] = constant_step(one, samples);
    }
    const double equal = instance.shares / static_cast<double>(limits_.size() + 1);
    market_.fill(equal);
    market_sum_.fill(0);
    for (auto& limit : limits_) limit.fill(equal);
    for (auto& sum : limit_sums_) sum.fill(0);
  }

  void take(std::span<const double> outflow) {
    find_slopes(outflow);
    move(outflow);
    clip();
    for (std::size_t round = 0; round < limits_.size() && top_up(); ++round) {
    }
    add();
  }

  RealPlacement mean(std::size_t lane, double samples) const {
    RealPlacement x{market_sum_[lane] / samples, {}};
    for (const auto& sum : limit_sums_) x.limits.push_back(sum[lane] / samples);
    return x;
  }

 private:
  /// Finds the slope of the penalties in A, below and above S.
  void find_slopes(std::span<const double> outflow) {
    alignas(64) Lanes got = market_;
    for (std::size_t k = 0; k < limits_.size(); ++k) {
      const double reached = std::max(0.0, outflow[k] - instance_.queues[k]);
      const auto& limit = limits_[k];
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) got[i] += lesser(limit[i], reached);
    }
    const double shares = instance_.shares;
#pragma omp simd
    for (std::size_t i = 0; i < kLanes; ++i) {
      const double above = got[i] > shares ? over_[i] : 0.0;
      slope_[i] = got[i] < shares ? under_slope_[i] : above;
    }
  }

  void move(std::span<const double> outflow) {
    const double taking = instance_.half_spread + instance_.taker_fee;
#pragma omp simd
    for (std::size_t i = 0; i < kLanes; ++i) market_[i] -= gamma_[i] * (taking + theta_[i] + slope_[i]);
    for (std::size_t k = 0; k < limits_.size(); ++k) {
      const double earned = instance_.half_spread + instance_.rebates[k];
      const double queue = instance_.queues[k];
      const double reached = outflow[k];
      auto& limit = limits_[k];
      // The choice needs a loop of its own; otherwise GCC 12 makes branches of it and does not vectorise.
      alignas(64) Lanes chosen;
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) {
        const double if_filled = slope_[i] - earned;
        chosen[i] = queue + limit[i] < reached ? if_filled : 0.0;
      }
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) limit[i] -= gamma_[i] * (theta_[i] + chosen[i]);
    }
  }

  void clip() {
    const double shares = instance_.shares;
#pragma omp simd
    for (std::size_t i = 0; i < kLanes; ++i) {
      market_[i] = lesser(greater(market_[i], 0.0), shares);
      most_[i] = shares - market_[i];
    }
    for (auto& limit : limits_) {
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) limit[i] = lesser(greater(limit[i], 0.0), most_[i]);
    }
  }

  /// Gives the limit orders with room one round of what is missing. \return false if nothing is missing
  bool top_up() {
    alignas(64) Lanes missing = most_, open{};
    for (const auto& limit : limits_) {
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) open[i] += limit[i] < most_[i] ? 1.0 : 0.0;
    }
    alignas(64) Lanes sum{};
    for (const auto& limit : limits_) {
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) sum[i] += limit[i];
    }
    double most_missing = 0;
#pragma omp simd reduction(max : most_missing)
    for (std::size_t i = 0; i < kLanes; ++i) {
      missing[i] = greater(0.0, missing[i] - sum[i]);
      most_missing = greater(most_missing, missing[i]);
    }
    if (most_missing == 0) return false;
    // A lane without an open order divides by 1, and no order takes a part.
    for (auto& limit : limits_) {
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) {
        const double part = missing[i] / greater(1.0, open[i]);
        const double filled_up = lesser(limit[i] + part, most_[i]);
        limit[i] = limit[i] < most_[i] ? filled_up : limit[i];
      }
    }
    return true;
  }

  void add() {
#pragma omp simd
    for (std::size_t i = 0; i < kLanes; ++i) market_sum_[i] += market_[i];
    for (std::size_t k = 0; k < limits_.size(); ++k) {
      auto& sum = limit_sums_[k];
      const auto& limit = limits_[k];
#pragma omp simd
      for (std::size_t i = 0; i < kLanes; ++i) sum[i] += limit[i];
    }
  }

  const Instance& instance_;
  alignas(64) Lanes over_, theta_, under_slope_, gamma_, market_, market_sum_, slope_, most_;
  std::vector<Lanes> limits_, limit_sums_;
};

}  // namespace

std::vector<RealPlacement> approximate_lanes(const Instance& instance, const PenaltyColumns& points,
                                             std::span<const double> outflow) {
  const auto venues = instance.queues.size();
  const auto samples = outflow.size() / venues;
  std::vector<RealPlacement> means;
  means.reserve(points.size());
  for (std::size_t first = 0; first < points.size(); first += kLanes) {
    Group group(instance, samples, points, first);
    for (std::size_t n = 0; n < samples; ++n) group.take(outflow.subspan(n * venues, venues));
    for (std::size_t i = 0; i < std::min(kLanes, points.size() - first); ++i)
      means.push_back(group.mean(i, static_cast<double>(samples)));
  }
  return means;
}

}  // namespace sorsweep::cont_kukanov
