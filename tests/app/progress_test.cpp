#include "app/progress.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("progress moves with points, and with units that are made ready before any point", "[app][progress]") {
  Progress points_only(100, 4, 0, true);
  points_only.add_unit();
  CHECK(points_only.share() == 0);
  points_only.add_points(25);
  CHECK(points_only.share() == Approx(.25));

  Progress both(100, 4, .2, true);
  for (int unit = 1; unit <= 4; ++unit) {
    both.add_unit();
    CHECK(both.share() == Approx(.05 * unit));
  }
  both.add_points(50);
  CHECK(both.share() == Approx(.6));
  both.add_points(50);
  CHECK(both.share() == Approx(1));
}

TEST_CASE("steps are shares of what is known", "[app][progress]") {
  StepProgress days("synth", 4, "days", true);
  CHECK(days.share() == 0);
  days.add();
  CHECK(days.share() == Approx(.25));
  StepProgress bytes("convert", 0, "bytes", true);
  CHECK(bytes.share() < 0);  // standard input
  bytes.set(300, 400);
  CHECK(bytes.share() == Approx(.75));
}
