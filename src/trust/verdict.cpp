#include "trust/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "trust/words.hpp"

namespace sorsweep::trust {
namespace {

Standing standing_of(const Interval& interval) {
  if (!interval.skipped.empty()) return Standing::unknown;
  if (interval.contains(0)) return Standing::indistinguishable;
  return interval.high < 0 ? Standing::better : Standing::worse;
}

Comparison compare(const std::string& name, bool out_of_sample, const std::vector<double>& differences,
                   const BootstrapOptions& options) {
  Comparison comparison{name, out_of_sample, bootstrap_mean(differences, options), Standing::unknown};
  comparison.standing = standing_of(comparison.interval);
  return comparison;
}

std::vector<double> difference(const std::vector<double>& ours, const DaySeries& other) {
  if (other.values.size() != ours.size())
    throw Error(Exit::internal,
                fmt::format("{} has {} days instead of {}", other.name, other.values.size(), ours.size()));
  std::vector<double> result(ours.size());
  for (std::size_t d = 0; d < ours.size(); ++d) result[d] = ours[d] - other.values[d];
  return result;
}

/// Yardsticks come first, out of sample before in sample; the runner-up comes last.
std::vector<Comparison> compare_all(const std::vector<double>& best, const WalkForward& walk_forward,
                                    const Question& question) {
  std::vector<Comparison> result;
  for (const auto& against : walk_forward.against)
    result.push_back(compare(against.name, true, against.values, question.bootstrap));
  for (const auto& yardstick : question.yardsticks)
    result.push_back(compare(yardstick.name, false, difference(best, yardstick), question.bootstrap));
  if (question.runner_up.has_value())
    result.push_back(
        compare(question.runner_up->name, false, difference(best, *question.runner_up), question.bootstrap));
  return result;
}

bool has_narrow_interval(const std::vector<Comparison>& comparisons) {
  return std::ranges::any_of(comparisons, [](const Comparison& comparison) {
    return comparison.standing != Standing::unknown && comparison.interval.days < kFewDays;
  });
}

std::vector<std::string> sentences(const Trust& trust, const Question& question) {
  std::vector<std::string> result;
  auto yardsticks = trust.comparisons;
  if (question.runner_up.has_value()) yardsticks.pop_back();
  const double confidence = question.bootstrap.confidence;
  if (const auto* told = comparison_to_tell(yardsticks); told != nullptr)
    result.push_back(tell(*told, told->name, question.unit, confidence));
  if (question.runner_up.has_value()) {
    const auto other = fmt::format("the runner-up ({})", question.runner_up->name);
    result.push_back(tell(trust.comparisons.back(), other, question.unit, confidence));
  }
  if (has_narrow_interval(trust.comparisons)) result.push_back(tell_few_days());
  if (trust.ties > 1) result.push_back(tell_ties(trust.ties, trust.points));
  result.push_back(tell(trust.walk_forward, question.unit));
  result.push_back(tell(trust.overfitting, trust.days));
  return result;
}

/// Returns the choice to be judged: the caller's, or the row with the best score.
Choice choice_of(const Outcomes& outcomes, const Question& question) {
  if (question.choice) return *question.choice;
  const auto best = best_row(outcomes, question.score);
  Choice choice{outcomes.points[best.row], outcomes.row(best.row), best.ties, 0};
  for (std::size_t r = 0; r < outcomes.rows(); ++r) choice.points += outcomes.count(r);
  return choice;
}

double score_of(const std::vector<double>& values, const Score& score) {
  RunningScore running;
  for (std::size_t d = 0; d < values.size(); ++d) running.add(values[d], static_cast<double>(d + 1));
  return score.of(running.sum, running.spread, static_cast<double>(values.size()));
}

}  // namespace

const char* to_string(Standing standing) {
  switch (standing) {
    case Standing::unknown:
      return "unknown";
    case Standing::better:
      return "better";
    case Standing::indistinguishable:
      return "not distinguishable";
    case Standing::worse:
      return "worse";
  }
  return "?";
}

Trust judge(Outcomes outcomes, const Question& question) {
  return judge_distinct(distinct(std::move(outcomes)), question);
}

Trust judge_distinct(const Outcomes& outcomes, const Question& question) {
  Trust trust;
  const auto choice = choice_of(outcomes, question);
  trust.days = outcomes.days();
  trust.outcomes = outcomes.rows();
  trust.points = choice.points;
  trust.best_point = choice.point;
  trust.best_score = score_of(choice.values, question.score);
  trust.ties = choice.ties;
  trust.walk_forward = walk_forward(outcomes, question.score, question.yardsticks);
  trust.overfitting = overfitting(outcomes, question.score, question.overfitting);
  trust.comparisons = compare_all(choice.values, trust.walk_forward, question);
  trust.verdict = sentences(trust, question);
  return trust;
}

}  // namespace sorsweep::trust
