/// \file
/// Makes axes with RapidCheck.
#pragma once

#include <rapidcheck.h>

#include <vector>

#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// Makes an axis of 1 to longest − 1 values that are unevenly spaced.
inline Axis random_axis(const char* name, int longest) {
  const auto count = *rc::gen::inRange(1, longest);
  std::vector<Nano> values{*rc::gen::inRange<Nano>(-50, 50)};
  for (int i = 1; i < count; ++i) values.push_back(values.back() + *rc::gen::inRange<Nano>(1, 40));
  return list_axis(name, values);
}

}  // namespace sorsweep
