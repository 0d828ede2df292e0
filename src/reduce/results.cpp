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
  for (std::size_t v = 0; v < variants.size(); ++v) {
    most = std::max(most, variants[v].summary.ranking.size());
    for (const auto& total : variants[v].summary.ranking) all.push_back({v, total});
  }
  std::ranges::stable_sort(all, is_better, &RankedPoint::total);
  all.resize(std::min(most, all.size()));
  return all;
}

SweepResults combine(std::vector<Variant> variants) {
  SweepResults results{std::move(variants), 0, 0, {}};
  Hasher hasher;
  for (std::size_t v = 0; v < results.variants.size(); ++v) {
    const auto& summary = results.variants[v].summary;
    hasher.add_text(summary.result_hash);
    if (is_better(summary.best, results.best().best)) results.best_variant = v;
  }
  for (const auto& variant : results.variants)
    if (!is_better(results.best().best, variant.summary.best)) results.ties += variant.summary.ties;
  results.result_hash = results.variants.size() == 1 ? results.best().result_hash : hasher.hex();
  return results;
}

}  // namespace sorsweep
