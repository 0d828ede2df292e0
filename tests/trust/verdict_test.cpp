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
  question.baselines = {flat("all_market", 10, 3.25), flat("all_limit", 10, 3)};
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
          "Better than all_limit by 2.0 bps (95 % interval 2.0 to 2.0; 9 days, each with the choice of the days "
          "before).",
          "Better than the runner-up (theta=1) by 2.0 bps (95 % interval 2.0 to 2.0; chosen on the same 10 days, which "
          "flatters it).",
          "An interval of fewer than 20 days is too narrow: take it for less than it says.",
          "Walk-forward: each day with the choice of the days before, 1.0 bps on the mean of 9 days; 1.0 with "
          "hindsight.",
          "Probability of overfitting 0.00 (252 splits of 10 days in 10 groups, 3 distinct outcomes): the best of half "
          "of the days is nearly always in the better half on the others."});
}

TEST_CASE("verdict: five days have an interval only in sample", "[trust]") {
  Question question;
  question.baselines = {flat("all_market", 5, 0.5)};
  const auto trust = judge(steady(5), question);
  CHECK(trust.comparisons[0].standing == Standing::unknown);
  CHECK(trust.comparisons[1].standing == Standing::worse);
  CHECK(
      trust.verdict[0] ==
      "Worse than all_market by 0.50 bps (95 % interval 0.50 to 0.50; chosen on the same 5 days, which flatters it).");
}

TEST_CASE("verdict: two days say nothing", "[trust]") {
  Question question;
  question.baselines = {flat("all_market", 2, 3)};
  question.unit = "dollars";
  const auto trust = judge(steady(2), question);
  CHECK(trust.verdict ==
        std::vector<std::string>{
            "Compared with all_market: 2.0 dollars cheaper on the mean (chosen on the same 2 days, which "
            "flatters it); how sure that is cannot be said: needs 5 days or more; 2 given.",
            "Walk-forward: each day with the choice of the days before, 1.0 dollars on the mean of 1 "
            "day; 1.0 with hindsight.",
            "No probability of overfitting: needs 4 days or more; 2 given."});
}

TEST_CASE("verdict: not distinguishable", "[trust]") {
  Question question;
  question.baselines = {{"all_market", {0, 2, 0, 2, 0, 2, 0, 2, 0, 2}}};
  question.runner_up = flat("theta=1", 10, 1);
  const auto trust = judge(steady(10), question);
  CHECK(trust.comparisons[0].standing == Standing::indistinguishable);
  CHECK(trust.verdict[0].starts_with("Not distinguishable from all_market: 0."));
  CHECK(trust.verdict[1] == "Not distinguishable from the runner-up (theta=1): equal on every day.");
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
