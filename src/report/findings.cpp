// tested by: tests/python/report_test.py (walk_forward)
#include "report/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/text.hpp"
#include "report/phrases.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// Turns slippage in nano-dollars into what the objective adds up: bps of the arrival value, or dollars.
class Figure {
 public:
  Figure(const Objective& objective, const SliceDay& day)
      : scale_(objective.kind == Objective::Kind::total_cost ? 0 : bps_per_nano(day)) {}
  double operator()(Nano slippage) const {
    return scale_ == 0 ? to_dollars(slippage) : static_cast<double>(slippage) * scale_;
  }

 private:
  double scale_;
};

/// Holds the dates that a choice can be made on, each with its symbol-days.
class Dates {
 public:
  Dates(const SweepSummary& summary, const Objective& objective)
      : is_mean_(objective.kind != Objective::Kind::total_cost) {
    for (std::size_t u = 0; u < summary.days.size(); ++u) {
      const auto& facts = summary.days[u].facts;
      if (facts.slices.shares() > 0)
        units_[format_date(facts.day.date)].push_back({u, Figure(objective, facts.slices)});
    }
  }

  std::size_t size() const { return units_.size(); }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [date, units] : units_) names.push_back(date);
    return names;
  }

  /// Returns a value for each date.
  /// \param slippage_of gives the slippage of a unit in nano-dollars, drift included
  template <class SlippageOf>
  std::vector<double> column(const SlippageOf& slippage_of) const {
    std::vector<double> values;
    for (const auto& [date, units] : units_) {
      double sum = 0;
      for (const auto& [u, figure] : units) sum += figure(slippage_of(u));
      values.push_back(mean_or_sum(sum, units.size()));
    }
    return values;
  }

  /// Calls `take(values)` for each date with a value for each sampled point, in their order. The sample's days are
  /// freed as they are used.
  template <class Take>
  void for_each_sampled(OutcomeSample& sample, const SweepSummary& summary, Take&& take) const {
    std::vector<double> values;
    for (const auto& [date, units] : units_) {
      values.assign(sample.points().size(), 0);
      for (const auto& [u, figure] : units) {
        const auto slippage = sample.take_day(u);
        const auto drift = summary.days[u].facts.slices.drift;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] += figure(slippage[i] + drift);
      }
      for (auto& value : values) value = mean_or_sum(value, units.size());
      take(values);
    }
  }

 private:
  struct Unit {
    std::size_t number;
    Figure figure;
  };

  double mean_or_sum(double sum, std::size_t units) const { return is_mean_ ? sum / static_cast<double>(units) : sum; }

  bool is_mean_;
  std::map<std::string, std::vector<Unit>> units_;  ///< Those of each date that traded.
};

/// Returns what one point cost on each date.
std::vector<double> outcomes_of(const Dates& dates, const Grid& grid, const SweepSummary& summary,
                                const std::vector<std::vector<Contenders>>& winners, std::size_t point) {
  const auto at = penalties_at(grid.values(point));
  return dates.column(
      [&](std::size_t u) { return describe_point(summary.days[u].facts.slices, winners[u], at).slippage; });
}

/// What points that the sample lacks cost on each date, by point.
using OtherRows = std::map<std::size_t, std::vector<double>>;

OtherRows other_rows(const Dates& dates, const Grid& grid, const SweepSummary& summary, const OutcomeSample& sample,
                     const std::vector<std::vector<Contenders>>& winners) {
  OtherRows rows;
  if (winners.empty()) return rows;
  std::vector<std::size_t> points = {summary.best.point};
  if (summary.plateau) points.push_back(summary.plateau->point);
  if (summary.runner_up) points.push_back(summary.runner_up->point);
  for (const auto point : points)
    if (!std::ranges::binary_search(sample.points(), point))
      rows.try_emplace(point, outcomes_of(dates, grid, summary, winners, point));
  return rows;
}

/// Puts the sampled points and the others into one matrix, by point.
trust::Outcomes matrix_of(const Dates& dates, const SweepSummary& summary, OutcomeSample& sample,
                          const OtherRows& others) {
  trust::Outcomes outcomes;
  auto& points = outcomes.points;
  points = sample.points();
  for (const auto& [point, row] : others) points.insert(std::ranges::lower_bound(points, point), point);
  outcomes.values.reserve(points.size() * dates.size());
  dates.for_each_sampled(sample, summary, [&, d = std::size_t{0}](const std::vector<double>& sampled) mutable {
    auto next = sampled.begin();
    for (const auto point : points) {
      const auto other = others.find(point);
      outcomes.values.push_back(other == others.end() ? *next++ : other->second[d]);
    }
    ++d;
  });
  return outcomes;
}

/// Returns what a point cost on each date, or nothing if it is not in the matrix.
std::vector<double> row_of(const trust::Outcomes& outcomes, std::size_t point) {
  const auto found = std::ranges::lower_bound(outcomes.points, point);
  if (found == outcomes.points.end() || *found != point) return {};
  return outcomes.row(static_cast<std::size_t>(found - outcomes.points.begin()));
}

/// Says what the figures do not cover.
void add_remarks(const SweepResults& results, const Objective& objective, bool is_of_best, trust::Trust& trust) {
  const bool has_chosen = trust.walk_forward.skipped.empty() || trust.overfitting.skipped.empty();
  if (!is_of_best)
    trust.verdict.emplace_back(
        "The best point is not in the sample that was judged; the best sampled point by the mean was judged instead.");
  if (objective.kind == Objective::Kind::worst_day && has_chosen)
    trust.verdict.push_back(
        "Walk-forward and probability of overfitting choose by the mean over days, not by the worst day.");
  if (results.structural_points.size() > 1)
    trust.verdict.push_back(
        fmt::format("The choice among {} structural points was not tested.", results.structural_points.size()));
}

}  // namespace

Findings nothing_to_judge() {
  return {{}, "the router's results do not depend on the parameters", {}, 0, false, {}};
}

Findings judge_sweep(const Grid& grid, const SweepResults& results, const Objective& objective, OutcomeSample& sample,
                     const std::vector<std::vector<Contenders>>& winners) {
  const auto& summary = results.best();
  const Dates dates(summary, objective);
  Findings findings;
  if (dates.size() == 0) {
    findings.skipped = "no day traded";
    return findings;
  }
  auto outcomes = matrix_of(dates, summary, sample, other_rows(dates, grid, summary, sample, winners));
  trust::Question question;
  question.score.std_weight = objective.kind == Objective::Kind::mean_plus_std ? objective.weight : 0;
  question.unit = objective.kind == Objective::Kind::total_cost ? "USD" : "bps";
  findings.context.best_by_day = row_of(outcomes, summary.best.point);
  if (!findings.context.best_by_day.empty())
    question.choice = trust::Choice{summary.best.point, findings.context.best_by_day, results.ties,
                                    grid.size() * results.structural_points.size()};
  if (summary.runner_up) {
    const trust::DaySeries runner_up{point_text(grid, summary.runner_up->point),
                                     row_of(outcomes, summary.runner_up->point)};
    if (!runner_up.values.empty()) question.runner_up = runner_up;
  }
  for (std::size_t y = 0; y < kYardsticks; ++y)
    question.yardsticks.push_back({kYardstickNames[y], dates.column([&](std::size_t u) {
                                     return summary.days[u].facts.slices.arrival_slippage(static_cast<Yardstick>(y));
                                   })});
  findings.looked_at = outcomes.rows();
  findings.is_sampled = !sample.is_whole();
  findings.context.days = dates.names();
  if (question.runner_up) findings.context.runner_up = question.runner_up->name;
  findings.context.unit = question.unit;
  findings.trust = trust::judge(std::move(outcomes), question);
  add_remarks(results, objective, question.choice.has_value(), *findings.trust);
  return findings;
}

}  // namespace sorsweep
