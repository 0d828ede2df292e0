#include "router/stochastic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sorsweep::cont_kukanov {
namespace {

double fill_of(double limit, double queue, double outflow) {
  return std::min(limit, std::max(0.0, outflow - queue));
}

double filled_shares(const Instance& instance, const RealPlacement& x, std::span<const double> outflow) {
  double got = x.market;
  for (std::size_t k = 0; k < x.limits.size(); ++k) got += fill_of(x.limits[k], instance.queues[k], outflow[k]);
  return got;
}

/// Takes the step X − γ g(X, ξ), before rescaling.
void step(const Instance& i, double gamma, std::span<const double> outflow, RealPlacement& x) {
  const double got = filled_shares(i, x, outflow);
  // The slope of the penalties in A: below S one more share saves λ_u + θ, above S it costs λ_o.
  const double slope = got < i.shares ? -(i.lambda_under + i.theta) : got > i.shares ? i.lambda_over : 0;
  x.market -= gamma * (i.half_spread + i.taker_fee + i.theta + slope);
  for (std::size_t k = 0; k < x.limits.size(); ++k) {
    const bool all_filled = outflow[k] > i.queues[k] + x.limits[k];
    x.limits[k] -= gamma * (i.theta + (all_filled ? slope - (i.half_spread + i.rebates[k]) : 0));
  }
}

}  // namespace

double constant_step(const Instance& i, std::size_t samples) {
  const double penalties = i.theta + i.lambda_under + i.lambda_over;
  const auto square = [](double x) { return x * x; };
  double sum = square(i.half_spread + i.taker_fee + penalties);
  for (const double rebate : i.rebates) sum += square(i.half_spread + rebate + penalties);
  const auto venues = static_cast<double>(i.queues.size());
  return std::sqrt(venues) * i.shares / std::sqrt(static_cast<double>(samples) * sum);
}

void rescale(double shares, RealPlacement& x) {
  x.market = std::clamp(x.market, 0.0, shares);
  const double most = shares - x.market;
  for (auto& limit : x.limits) limit = std::clamp(limit, 0.0, most);
  // Share out what is missing in equal parts. What one order cannot take is left to the others; each round fills one
  // up or is the last, so K rounds suffice.
  for (std::size_t round = 0; round < x.limits.size(); ++round) {
    const double missing = most - std::accumulate(x.limits.begin(), x.limits.end(), 0.0);
    const auto open = std::ranges::count_if(x.limits, [&](double limit) { return limit < most; });
    if (missing <= 0 || open == 0) return;
    const double part = missing / static_cast<double>(open);
    for (auto& limit : x.limits)
      if (limit < most) limit = std::min(limit + part, most);
  }
}

RealPlacement approximate(const Instance& instance, std::span<const double> outflow) {
  const auto venues = instance.queues.size();
  const auto samples = outflow.size() / venues;
  const double gamma = constant_step(instance, samples);
  const double equal = instance.shares / static_cast<double>(venues + 1);
  RealPlacement x{equal, std::vector<double>(venues, equal)};
  RealPlacement sum{0, std::vector<double>(venues, 0)};
  for (std::size_t n = 0; n < samples; ++n) {
    step(instance, gamma, outflow.subspan(n * venues, venues), x);
    rescale(instance.shares, x);
    sum.market += x.market;
    for (std::size_t k = 0; k < venues; ++k) sum.limits[k] += x.limits[k];
  }
  sum.market /= static_cast<double>(samples);
  for (auto& limit : sum.limits) limit /= static_cast<double>(samples);
  return sum;
}

double cost(const Instance& i, const RealPlacement& x, std::span<const double> outflow) {
  double value = (i.half_spread + i.taker_fee) * x.market;
  double sent = x.market;
  for (std::size_t k = 0; k < x.limits.size(); ++k) {
    value -= (i.half_spread + i.rebates[k]) * fill_of(x.limits[k], i.queues[k], outflow[k]);
    sent += x.limits[k];
  }
  const double got = filled_shares(i, x, outflow);
  const double under = std::max(0.0, i.shares - got);
  const double over = std::max(0.0, got - i.shares);
  return value + i.lambda_under * under + i.lambda_over * over + i.theta * (sent + under);
}

}  // namespace sorsweep::cont_kukanov
