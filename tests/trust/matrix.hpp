/// \file
/// Makes outcomes for tests: written out, or noise.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/split_mix.hpp"
#include "trust/outcomes.hpp"

/// \param rows of each point, from point 0 on, its figures by day
inline sorsweep::trust::Outcomes matrix(const std::vector<std::vector<double>>& rows) {
  sorsweep::trust::Outcomes outcomes;
  for (std::size_t r = 0; r < rows.size(); ++r) outcomes.points.push_back(r);
  for (std::size_t d = 0; d < rows.at(0).size(); ++d)
    for (const auto& row : rows) outcomes.values.push_back(row.at(d));
  return outcomes;
}

/// Returns independent draws with mean 0 and standard deviation 1 (Box & Muller 1958).
inline sorsweep::trust::Outcomes noise(std::size_t rows, std::size_t days, std::uint64_t seed) {
  sorsweep::trust::Outcomes outcomes;
  std::uint64_t state = seed;
  const auto dice = [&] { return sorsweep::to_unit_interval(sorsweep::split_mix(state)); };
  for (std::size_t r = 0; r < rows; ++r) outcomes.points.push_back(r);
  for (std::size_t i = 0; i < rows * days; ++i) {
    const double radius = std::sqrt(-2 * std::log(1 - dice()));
    outcomes.values.push_back(radius * std::cos(2 * std::numbers::pi * dice()));
  }
  return outcomes;
}
