#include "sorsweep/router/static_split.hpp"

#include <algorithm>
#include <numeric>

namespace sorsweep::static_split {

std::vector<std::int64_t> split(std::span<const Ask> asks, std::int64_t shares_left) {
  std::vector<std::size_t> order(asks.size());
  std::iota(order.rbegin(), order.rend(), std::size_t{0});  // later venues first, and a stable sort keeps them so
  std::ranges::stable_sort(order, {}, [&](std::size_t k) { return asks[k].px + asks[k].fee; });

  std::vector<std::int64_t> taken(asks.size(), 0);
  for (const auto k : order) {
    taken[k] = std::min(shares_left, asks[k].size) / kStep * kStep;
    shares_left -= taken[k];
  }
  if (shares_left != 0) taken.clear();
  return taken;
}

}  // namespace sorsweep::static_split
