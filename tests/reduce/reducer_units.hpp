/// \file
/// Makes the units that the tests of the reducer use.
#pragma once

#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep::test {

inline const Grid& four_points() {
  static const Grid grid(
      {list_axis("lambda_over", {1, 2}), list_axis("lambda_under", {1, 2}), list_axis("theta_queue", {0})});
  return grid;
}

/// Makes a unit of ABC in July 2024 without any result yet.
inline UnitResult empty_unit(unsigned day) {
  UnitResult result;
  result.facts.day = {"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(day)}};
  return result;
}

}  // namespace sorsweep::test
