// tested by: tests/python/results_file_test.py (result_hash)
#include "reduce/results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/hash.hpp"

namespace sorsweep {

std::string text_of(const StructuralPoint& structural) {
  std::vector<std::string> pairs;
  for (const auto& [key, value] : structural) pairs.push_back(fmt::format("{}={}", key, value));
  return fmt::format("{}", fmt::join(pairs, ","));
}

std::vector<RankedPoint> SweepResults::ranking() const {
  std::vector<RankedPoint> all;
  std::size_t most = 0;
  for (std::size_t s = 0; s < structural_points.size(); ++s) {
    most = std::max(most, structural_points[s].summary.ranking.size());
    for (const auto& total : structural_points[s].summary.ranking) all.push_back({s, total});
  }
  std::ranges::stable_sort(all, is_better, &RankedPoint::total);
  all.resize(std::min(most, all.size()));
  return all;
}

SweepResults combine(std::vector<StructuralResult> structural_points) {
  SweepResults results{std::move(structural_points), 0, 0, {}};
  Hasher hasher;
  for (std::size_t s = 0; s < results.structural_points.size(); ++s) {
    const auto& summary = results.structural_points[s].summary;
    hasher.add_text(summary.result_hash);
    if (is_better(summary.best, results.best().best)) results.best_structural_point = s;
  }
  for (const auto& structural : results.structural_points)
    if (!is_better(results.best().best, structural.summary.best)) results.ties += structural.summary.ties;
  results.result_hash = results.structural_points.size() == 1 ? results.best().result_hash : hasher.hex();
  return results;
}

}  // namespace sorsweep
