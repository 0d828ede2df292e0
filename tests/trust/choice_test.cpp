// Tests that the choice of the caller is judged, not the row with the best mean.
#include "catch_compat.hpp"
#include "trust/verdict.hpp"

using namespace sorsweep::trust;

TEST_CASE("comparisons are of the caller's choice", "[trust]") {
  // Row 0 has the best mean, row 1 the best worst day.
  const Outcomes outcomes{{0, 1}, {}, {0, 3, 0, 3, 0, 3, 0, 3, 10, 3}};
  Question question;
  question.yardsticks = {{"other", {4, 4, 4, 4, 4}}};
  const auto by_mean = judge(outcomes, question);
  CHECK(by_mean.best_point == 0);
  CHECK(by_mean.best_score == 2);
  CHECK(by_mean.comparisons.back().interval.mean == -2);
  question.choice = Choice{1, {3, 3, 3, 3, 3}, 7, 900};
  const auto chosen = judge(outcomes, question);
  CHECK(chosen.best_point == 1);
  CHECK(chosen.best_score == 3);
  CHECK(chosen.ties == 7);
  CHECK(chosen.points == 900);
  CHECK(chosen.comparisons.back().interval.mean == -1);
  CHECK(chosen.comparisons.back().standing == Standing::better);
}
