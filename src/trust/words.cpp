// tested by: tests/python/report_test.py (equally)
#include "trust/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/text.hpp"

namespace sorsweep::trust {
namespace {

/// The paper calls a choice overfit above this probability.
constexpr double kHolds = 0.05;
constexpr double kNoBetterThanChance = 0.5;
/// Fewer groups have fewer than 70 splits, which are weak evidence.
constexpr std::size_t kManyGroups = 8;

/// Prints an interval's figures with the decimals that give the largest of them two significant digits.
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

/// Says which days a comparison is made on. Only a gain is flattered by having been chosen on them.
std::string basis(const Comparison& comparison) {
  const auto days = days_of(comparison.interval.days);
  if (comparison.out_of_sample) return fmt::format("{}, each with the choice made on the days before", days);
  return fmt::format("chosen on the same {}{}", days, comparison.interval.mean < 0 ? ", which flatters it" : "");
}

const char* direction(double difference) {
  return difference > 0 ? "dearer" : "cheaper";
}

/// Writes the ends of an interval: "0.20 to 0.38 bps cheaper", or "0.0024 bps dearer to 0.0039 bps cheaper".
std::string range_text(const Interval& interval, const Printer& print) {
  const auto from = interval.mean > 0 ? interval.low : interval.high;
  const auto to = interval.mean > 0 ? interval.high : interval.low;
  if (from != 0 && to != 0 && (from > 0) != (to > 0))
    return fmt::format("{} {} to {} {}", print.amount(std::abs(from)), direction(from), print.amount(std::abs(to)),
                       direction(to));
  return fmt::format("{} to {} {}", print.number(std::abs(from)), print.amount(std::abs(to)),
                     direction(to != 0 ? to : from));
}

/// Writes an interval: "(95 % interval: 0.20 to 0.38 bps cheaper; chosen on the same 5 days, which flatters it)".
std::string interval_text(const Comparison& comparison, const Printer& print, double confidence) {
  return fmt::format("({:.3g} % interval: {}; {})", 100 * confidence, range_text(comparison.interval, print),
                     basis(comparison));
}

}  // namespace

const Comparison* comparison_to_tell(const std::vector<Comparison>& comparisons) {
  const Comparison* told = nullptr;
  const auto rank = [](const Comparison& c) {
    const bool is_known = c.standing != Standing::unknown;
    // The walk-forward has a day less: where days are too few for an interval, all of them are told instead.
    const bool is_preferred = c.out_of_sample == is_known;
    return std::tuple(is_known, is_preferred, c.interval.mean);  // The dearer we are, the better the other is.
  };
  for (const auto& comparison : comparisons)
    if (told == nullptr || rank(*told) < rank(comparison)) told = &comparison;
  return told;
}

std::string tell(const Comparison& comparison, const std::string& other, const std::string& unit, double confidence) {
  const auto& interval = comparison.interval;
  const Printer print(interval, unit);
  const auto amount = print.amount(std::abs(interval.mean));
  const bool is_equal = interval.mean == 0;
  switch (comparison.standing) {
    case Standing::better:
    case Standing::worse:
      return fmt::format("{} {} than {} {}.", amount, direction(interval.mean), other,
                         interval_text(comparison, print, confidence));
    case Standing::indistinguishable:
      if (interval.low == 0 && interval.high == 0)
        return fmt::format("Statistically indistinguishable from {}: both cost the same on every day.", other);
      return fmt::format("Statistically indistinguishable from {} on these days: {} on average {}.", other,
                         is_equal ? "the same cost" : fmt::format("{} {}", amount, direction(interval.mean)),
                         interval_text(comparison, print, confidence));
    case Standing::unknown:
      break;
  }
  return fmt::format("{} {} on average ({}). There is no interval: {}.",
                     is_equal ? "The same cost as" : fmt::format("{} {} than", amount, direction(interval.mean)), other,
                     basis(comparison), interval.skipped);
}

std::string tell(const WalkForward& walk_forward, const std::string& unit) {
  if (!walk_forward.skipped.empty()) return fmt::format("No walk-forward: {}.", walk_forward.skipped);
  const auto steps = walk_forward.steps.size();
  const Interval figures{walk_forward.mean_out_of_sample, walk_forward.mean_hindsight, 0, 0, steps, 0, {}};
  const Printer print(figures, unit);
  return fmt::format("Walk-forward: {} on average over {} (best possible with hindsight: {}).",
                     print.amount(walk_forward.mean_out_of_sample), days_of(steps),
                     print.number(walk_forward.mean_hindsight));
}

std::string tell(const Overfitting& overfitting, std::size_t days) {
  if (!overfitting.skipped.empty()) return fmt::format("No probability of overfitting: {}.", overfitting.skipped);
  const char* meaning = "nearly always beats the median out of sample";
  if (overfitting.probability > kHolds) meaning = "does not reliably beat the median out of sample";
  if (overfitting.probability >= kNoBetterThanChance) meaning = "is no better than a random point out of sample";
  const bool is_weak = overfitting.groups < kManyGroups;
  return fmt::format(
      "Probability of overfitting: {:.0f} % ({}{} splits of {} days in {} groups, {} distinct outcomes{}). "
      "The in-sample winner {}.",
      100 * overfitting.probability, is_weak ? "only " : "", format_count(overfitting.splits), days, overfitting.groups,
      format_count(overfitting.outcomes), is_weak ? ": weak evidence" : "", meaning);
}

std::string tell_few_days() {
  return fmt::format("With fewer than {} days the true uncertainty is wider than the intervals say.", kFewDays);
}

std::string tell_ties(std::size_t ties, std::size_t points) {
  return fmt::format("{} of {} points are equally good; the one with the lowest number is named.", format_count(ties),
                     format_count(points));
}

}  // namespace sorsweep::trust
