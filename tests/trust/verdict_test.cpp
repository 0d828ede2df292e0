// Tests what the verdict says, word for word.
#include "trust/verdict.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "trust/matrix.hpp"

using namespace sorsweep;
using namespace sorsweep::trust;

namespace {

/// Makes outcomes in which point 1 pays 1 per day, and points 0 and 2 pay 3 and 4.
Outcomes steady(std::size_t days) {
  return matrix({std::vector<double>(days, 3), std::vector<double>(days, 1), std::vector<double>(days, 4)});
}

DaySeries flat(const char* name, std::size_t days, double value) {
  return {name, std::vector<double>(days, value)};
}

}  // namespace

TEST_CASE("verdict: better, out of sample where there are days enough", "[trust]") {
  Question question;
  question.yardsticks = {flat("all_market", 10, 3.25), flat("all_limit", 10, 3)};
  question.runner_up = flat("theta=1", 10, 3);
  const auto trust = judge(steady(10), question);
  CHECK(trust.best_point == 1);
  CHECK(trust.ties == 1);
  REQUIRE(trust.comparisons.size() == 5);
  CHECK(trust.comparisons[0].out_of_sample);
  CHECK_FALSE(trust.comparisons[2].out_of_sample);
  CHECK(
      trust.verdict ==
      std::vector<std::string>{
          "2.0 bps cheaper than all_limit (95 % interval: 2.0 to 2.0 bps cheaper; 9 days, each with the choice made on "
          "the days before).",
          "2.0 bps cheaper than the runner-up (theta=1) (95 % interval: 2.0 to 2.0 bps cheaper; chosen on the same 10 "
          "days, which flatters it).",
          "With fewer than 20 days the true uncertainty is wider than the intervals say.",
          "Walk-forward: 1.0 bps on average over 9 days (best possible with hindsight: 1.0).",
          "Probability of overfitting: 0 % (252 splits of 10 days in 10 groups, 3 distinct outcomes). The in-sample "
          "winner nearly always beats the median out of sample."});
}

TEST_CASE("verdict: five days have an interval only in sample", "[trust]") {
  Question question;
  question.yardsticks = {flat("all_market", 5, 0.5)};
  const auto trust = judge(steady(5), question);
  CHECK(trust.comparisons[0].standing == Standing::unknown);
  CHECK(trust.comparisons[1].standing == Standing::worse);
  CHECK(trust.verdict[0] ==
        "0.50 bps dearer than all_market (95 % interval: 0.50 to 0.50 bps dearer; chosen on the same 5 days).");
}

TEST_CASE("verdict: two days say nothing", "[trust]") {
  Question question;
  question.yardsticks = {flat("all_market", 2, 3)};
  question.unit = "dollars";
  const auto trust = judge(steady(2), question);
  CHECK(
      trust.verdict ==
      std::vector<std::string>{
          "2.0 dollars cheaper than all_market on average (chosen on the same 2 days, which flatters it). There is no "
          "interval: needs 5 days or more; 2 given.",
          "Walk-forward: 1.0 dollars on average over 1 day (best possible with hindsight: 1.0).",
          "No probability of overfitting: needs 4 days or more; 2 given."});
}

TEST_CASE("verdict: not distinguishable", "[trust]") {
  Question question;
  question.yardsticks = {{"all_market", {0, 2, 0, 2, 0, 2, 0, 2, 0, 2}}};
  question.runner_up = flat("theta=1", 10, 1);
  const auto trust = judge(steady(10), question);
  CHECK(trust.comparisons[0].standing == Standing::indistinguishable);
  CHECK(trust.verdict[0].starts_with("Statistically indistinguishable from all_market on these days: 0."));
  CHECK(trust.verdict[1] ==
        "Statistically indistinguishable from the runner-up (theta=1): both cost the same on every day.");
}

TEST_CASE("verdict: many points share the best, and nothing was chosen", "[trust]") {
  const auto trust = judge(matrix({{1, 2, 1, 2}, {1, 2, 1, 2}, {1, 2, 1, 2}}), {});
  CHECK(trust.points == 3);
  CHECK(trust.outcomes == 1);
  CHECK(trust.ties == 3);
  CHECK(trust.verdict[0] == "3 of 3 points are equally good; the one with the lowest number is named.");
  CHECK(trust.verdict[2] ==
        "No probability of overfitting: there is no choice: all points paid the same on every day.");
}

TEST_CASE("verdict: series of other lengths are refused", "[trust]") {
  Question question;
  question.runner_up = flat("theta=1", 3, 1);
  CHECK_THROWS_AS(judge(steady(4), question), Error);
}
