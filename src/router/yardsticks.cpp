// tested by: tests/router/notebook_test.cpp (run_yardsticks)
#include "sorsweep/router/yardsticks.hpp"

#include <algorithm>
#include <numeric>

namespace sorsweep::notebook {
namespace {

constexpr TimeNs kInterval = 60 * kNsPerSecond;

YardstickCost at_price(double shares, double px) {
  return {shares * px, px};
}

/// Whole minutes between the first and the last snapshot, at least one. The notebook's duration is in microseconds.
TimeNs whole_intervals(const EventTape& tape) {
  const auto duration_us = (tape.ts_ns.back() - tape.ts_ns.front()) / 1000;
  return std::max<TimeNs>(1, duration_us / (kInterval / 1000));
}

YardstickCost run_twap(const EventTape& tape, double shares) {
  const auto intervals = whole_intervals(tape);
  const double part = shares / static_cast<double>(intervals);
  double cost = 0;
  std::size_t s = 0;
  for (TimeNs i = 0; i < intervals; ++i) {
    const auto end_ns = tape.ts_ns.front() + (i + 1) * kInterval;
    double sum = 0;
    const auto begin = tape.first_quote[s];
    while (s < tape.snapshots() && tape.ts_ns[s] < end_ns) ++s;
    const auto end = tape.first_quote[s];
    for (auto q = begin; q < end; ++q) sum += tape.ask_px[q];
    if (end > begin) cost += part * (sum / static_cast<double>(end - begin));
  }
  return {cost, shares > 0 ? cost / shares : 0};
}

YardstickCost run_vwap(const EventTape& tape, double shares) {
  const double size = std::accumulate(tape.ask_sz.begin(), tape.ask_sz.end(), 0.0);
  const double value = std::inner_product(tape.ask_px.begin(), tape.ask_px.end(), tape.ask_sz.begin(), 0.0);
  return size > 0 ? at_price(shares, value / size) : YardstickCost{};
}

}  // namespace

Yardsticks run_yardsticks(const EventTape& tape, double shares) {
  if (tape.snapshots() == 0) return {};
  const double best_ask = tape.ask_px[tape.by_ask.front()];
  return {at_price(shares, best_ask), run_twap(tape, shares), run_vwap(tape, shares)};
}

double savings_bps(double reference_avg_price, double router_avg_price) {
  if (router_avg_price == 0) return 0;
  return (reference_avg_price - router_avg_price) / router_avg_price * 10000;
}

}  // namespace sorsweep::notebook
