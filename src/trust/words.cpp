#include "trust/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace sorsweep::trust {
namespace {

/// The paper's own level: it calls a choice overfit beyond 5 %.
constexpr double kHolds = 0.05;
constexpr double kNoBetterThanChance = 0.5;
constexpr std::size_t kManyGroups = 8;  // 70 splits

/// Two significant digits of the largest.
class Printer {
 public:
  Printer(const Interval& interval, const std::string& unit) : unit_(unit) {
    const double largest = std::max({std::abs(interval.mean), std::abs(interval.low), std::abs(interval.high)});
    if (largest > 0) decimals_ = std::clamp(1 - static_cast<int>(std::floor(std::log10(largest))), 0, 9);
  }
  std::string number(double value) const { return fmt::format("{:.{}f}", value == 0 ? 0.0 : value, decimals_); }
  std::string amount(double value) const { return number(value) + " " + unit_; }

 private:
  const std::string& unit_;
  int decimals_ = 1;
};

std::string days_of(std::size_t count) {
  return fmt::format("{} day{}", count, count == 1 ? "" : "s");
}

std::string basis(const Comparison& comparison) {
  const auto days = days_of(comparison.interval.days);
  if (comparison.out_of_sample) return fmt::format("{}, each with the choice of the days before", days);
  return fmt::format("chosen on the same {}, which flatters it", days);
}

/// In the direction of the mean: how much cheaper, or how much dearer.
std::string tell_interval(const Comparison& comparison, const Printer& print, double confidence) {
  const auto& interval = comparison.interval;
  const bool is_dearer = interval.mean > 0;
  const double from = is_dearer ? interval.low : -interval.high;
  const double to = is_dearer ? interval.high : -interval.low;
  return fmt::format("({:.3g} % interval {} to {}; {})", 100 * confidence, print.number(from), print.number(to),
                     basis(comparison));
}

std::string tell_mean(const Interval& interval, const Printer& print) {
  if (interval.mean == 0) return "the same on the mean";
  return fmt::format("{} {} on the mean", print.amount(std::abs(interval.mean)),
                     interval.mean > 0 ? "dearer" : "cheaper");
}

}  // namespace

const Comparison* comparison_to_tell(const std::vector<Comparison>& comparisons) {
  const Comparison* told = nullptr;
  const auto rank = [](const Comparison& c) {
    const bool is_known = c.standing != Standing::unknown;
    const bool is_preferred = c.out_of_sample == is_known;  // where days are too few, walk-forward has one less still
    return std::tuple(is_known, is_preferred, c.interval.mean);  // the larger our difference, the better the other
  };
  for (const auto& comparison : comparisons)
    if (told == nullptr || rank(*told) < rank(comparison)) told = &comparison;
  return told;
}

std::string tell(const Comparison& comparison, const std::string& other, const std::string& unit, double confidence) {
  const auto& interval = comparison.interval;
  const Printer print(interval, unit);
  const auto amount = print.amount(std::abs(interval.mean));
  switch (comparison.standing) {
    case Standing::better:
      return fmt::format("Better than {} by {} {}.", other, amount, tell_interval(comparison, print, confidence));
    case Standing::worse:
      return fmt::format("Worse than {} by {} {}.", other, amount, tell_interval(comparison, print, confidence));
    case Standing::indistinguishable:
      if (interval.low == 0 && interval.high == 0)
        return fmt::format("Not distinguishable from {}: equal on every day.", other);
      return fmt::format("Not distinguishable from {}: {} {}.", other, tell_mean(interval, print),
                         tell_interval(comparison, print, confidence));
    case Standing::unknown:
      break;
  }
  return fmt::format("Compared with {}: {} ({}); how sure that is cannot be said: {}.", other,
                     tell_mean(interval, print), basis(comparison), interval.skipped);
}

std::string tell(const WalkForward& walk_forward, const std::string& unit) {
  if (!walk_forward.skipped.empty()) return fmt::format("No walk-forward: {}.", walk_forward.skipped);
  const auto steps = walk_forward.steps.size();
  const Interval figures{walk_forward.mean_out_of_sample, walk_forward.mean_hindsight, 0, 0, steps, 0, {}};
  const Printer print(figures, unit);
  return fmt::format(
      "Walk-forward: each day with the choice of the days before, {} on the mean of {}; {} with hindsight.",
      print.amount(walk_forward.mean_out_of_sample), days_of(steps), print.number(walk_forward.mean_hindsight));
}

std::string tell(const Overfitting& overfitting, std::size_t days) {
  if (!overfitting.skipped.empty()) return fmt::format("No probability of overfitting: {}.", overfitting.skipped);
  const char* meaning = "the best of half of the days is nearly always in the better half on the others";
  if (overfitting.probability > kHolds) meaning = "the best of half of the days is not reliably good on the others";
  if (overfitting.probability >= kNoBetterThanChance)
    meaning = "the best of half of the days is no better than a random point on the others";
  return fmt::format(
      "Probability of overfitting {:.2f} ({} splits of {} days in {} groups, {} distinct outcomes): {}{}.",
      overfitting.probability, overfitting.splits, days, overfitting.groups, overfitting.outcomes, meaning,
      overfitting.groups < kManyGroups ? "; so few splits say little" : "");
}

std::string tell_few_days() {
  return fmt::format("An interval of fewer than {} days is too narrow: take it for less than it says.", kFewDays);
}

std::string tell_ties(std::size_t ties, std::size_t points) {
  return fmt::format("{} of {} points are equally good; the one with the lowest number is named.", ties, points);
}

}  // namespace sorsweep::trust
