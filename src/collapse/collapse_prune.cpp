#include <numeric>
#include <tuple>

#include "collapse/hull_filter.hpp"
#include "collapse/wrapping.hpp"
#include "core/error.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {
namespace {

/// Finds the candidates on the hull over the grid's bounding box.
template <int D>
struct Hull {
  void run(const EffectiveAxes& axes, std::span<const std::int64_t> base, const SlopeColumns& slope,
           const Precision& precision, std::vector<std::uint32_t>& kept) {
    std::array<double, D> width;
    for (std::size_t e = 0; e < D; ++e) width[e] = axes.x[e].back();
    columns.assign(base, slope, precision);
    filter.run(columns, width, kept);
  }

  BoxColumns<D> columns;
  HullFilter<D> filter;
};

}  // namespace

struct Pruner::State {
  explicit State(const AffineGrid& whole) : grid(whole), axes(whole) {}

  /// Moves the origin to the grid's lowest corner. Terms may wrap and cancel, and the cost there is exact all the same.
  /// Axes with one value have no other part in the search.
  void move_to_corner(const AffineCosts& costs) {
    base.assign(costs.base.begin(), costs.base.end());
    for (std::size_t a = 0; a < grid.axes(); ++a) {
      const auto x = grid.values(a)[0];
      if (x == 0) continue;
      for (std::size_t c = 0; c < costs.size(); ++c) base[c] = plus(base[c], times(x, costs.slope[a][c]));
    }
    for (std::size_t e = 0; e < axes.count; ++e) slope[e] = costs.slope[axes.axis[e]];
  }

  template <int D>
  void prune(Hull<D>& hull, PrunedCandidates& kept) {
    kept.precision = precision_of(axes, base, slope);
    hull.run(axes, base, slope, kept.precision, possible);
    keep(possible, kept);
    // The second pass drops what the first one missed, because the candidates that rule it out came later.
    SlopeColumns kept_slope;
    for (std::size_t e = 0; e < D; ++e) kept_slope[e] = kept.slope[e];
    hull.run(axes, kept.base, kept_slope, kept.precision, possible);
    for (auto& position : possible) position = kept.candidate[position];
    keep(possible, kept);
  }

  void prune(PrunedCandidates& kept) {
    switch (axes.count) {
      case 1:
        return prune(std::get<0>(hulls), kept);
      case 2:
        return prune(std::get<1>(hulls), kept);
      case 3:
        return prune(std::get<2>(hulls), kept);
      default:
        return prune(std::get<3>(hulls), kept);
    }
  }

  void keep(std::span<const std::uint32_t> which, PrunedCandidates& kept) const {
    kept.candidate.assign(which.begin(), which.end());
    kept.base.clear();
    for (const auto c : which) kept.base.push_back(base[c]);
    for (std::size_t e = 0; e < axes.count; ++e) {
      kept.slope[e].clear();
      for (const auto c : which) kept.slope[e].push_back(slope[e][c]);
    }
  }

  AffineGrid grid;
  EffectiveAxes axes;
  std::tuple<Hull<1>, Hull<2>, Hull<3>, Hull<4>> hulls;
  std::vector<std::int64_t> base;  ///< Costs at the grid's lowest corner.
  SlopeColumns slope;
  std::vector<std::uint32_t> possible;
};

namespace {

/// Returns the positions of the candidates. It leaves out every candidate whose slopes all equal those of one that is
/// cheaper, or as cheap and earlier. Where doubles are not exact, boxes cannot tell such candidates apart.
std::vector<std::uint32_t> without_twins(const PrunedCandidates& all, std::size_t axes) {
  std::vector<std::uint32_t> order(all.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto compare_slopes = [&](std::uint32_t a, std::uint32_t b) {
    for (std::size_t e = 0; e < axes; ++e)
      if (all.slope[e][a] != all.slope[e][b]) return all.slope[e][a] < all.slope[e][b] ? -1 : 1;
    return 0;
  };
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const int slopes = compare_slopes(a, b);
    if (slopes != 0) return slopes < 0;
    return all.base[a] != all.base[b] ? all.base[a] < all.base[b] : a < b;
  });
  const auto are_twins = [&](auto a, auto b) { return compare_slopes(a, b) == 0; };
  order.erase(std::unique(order.begin(), order.end(), are_twins), order.end());
  std::ranges::sort(order);
  return order;
}

}  // namespace

Pruner::Pruner(const AffineGrid& grid) : state_(std::make_unique<State>(grid)) {}
Pruner::~Pruner() = default;
Pruner::Pruner(Pruner&&) noexcept = default;
Pruner& Pruner::operator=(Pruner&&) noexcept = default;

void Pruner::prune(const AffineCosts& costs, PrunedCandidates& kept) {
  if (costs.size() == 0 || costs.size() > UINT32_MAX)
    throw Error(Exit::internal, "a slice needs between one and 2^32−1 candidates");
  auto& state = *state_;
  state.move_to_corner(costs);
  state.prune(kept);
  if (kept.precision.is_exact()) return;
  auto distinct = without_twins(kept, state.axes.count);
  for (auto& position : distinct) position = kept.candidate[position];
  state.keep(distinct, kept);
}

}  // namespace sorsweep
