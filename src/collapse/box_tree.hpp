/// \file
/// The recursion of the collapse: it narrows the candidates of a box, then lets the client finish it or cuts it in two.
#pragma once

#include <bit>

#include "collapse/box_columns.hpp"
#include "collapse/effective_axes.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {

/// A box of indices on the effective axes, with both ends included. Where the fastest axis is cut, both boxes hold the
/// plane of the cut.
template <int D>
struct Box {
  std::array<int, D> low{};
  std::array<int, D> high{};

  int steps(int axis) const { return high[static_cast<std::size_t>(axis)] - low[static_cast<std::size_t>(axis)]; }
};

template <int D>
class BoxTree {
 public:
  explicit BoxTree(const EffectiveAxes& axes) : axes_(&axes) {
    std::size_t depth = 2;
    for (int a = 0; a < D; ++a) depth += static_cast<std::size_t>(std::bit_width(x(a).size())) + 2;
    levels_.resize(depth);
  }

  /// Fills the columns of the root, with costs at the box's lowest corner. \param base costs at the grid's
  void load(const Box<D>& box, std::span<const std::int64_t> base, const SlopeColumns& slope,
            const Precision& precision) {
    auto& root = levels_[0];
    root.assign(base, slope, precision);
    for (int a = 0; a < D; ++a) root.shift(a, x(a)[static_cast<std::size_t>(box.low[static_cast<std::size_t>(a)])]);
  }

  /// Visits the boxes below `root`. The client (BoxWriter) is asked `bool finish(Box&, const BoxColumns&)` for each
  /// narrowed box, which it may shrink. Boxes that cannot be cut are given to its `leaf`.
  template <class Client>
  void run(const Box<D>& root, Client& client) {
    visit(root, 0, client);
  }

  CollapseCounters counters;

 private:
  const std::vector<double>& x(int axis) const { return axes_->x[static_cast<std::size_t>(axis)]; }

  double width(const Box<D>& box, int axis) const {
    const auto a = static_cast<std::size_t>(axis);
    return x(axis)[static_cast<std::size_t>(box.high[a])] - x(axis)[static_cast<std::size_t>(box.low[a])];
  }

  template <class Client>
  void visit(Box<D> box, std::size_t depth, Client& client) {
    auto& columns = levels_[depth];
    for (;;) {
      ++counters.boxes;
      narrow(box, columns);
      if (client.finish(box, columns)) return;
      const int axis = widest(box, columns);
      if (axis < 0) return client.leaf(box, columns);
      const auto a = static_cast<std::size_t>(axis);
      const int middle = (box.low[a] + box.high[a]) / 2;
      Box<D> lower = box;
      lower.high[a] = middle;
      levels_[depth + 1].copy(columns);
      visit(lower, depth + 1, client);
      // The upper half takes over this level.
      const int next = axis == D - 1 ? middle : middle + 1;
      columns.shift(axis, x(axis)[static_cast<std::size_t>(next)] - x(axis)[static_cast<std::size_t>(box.low[a])]);
      box.low[a] = next;
    }
  }

  /// Drops the candidates that the winners of the centre and of the corners beat everywhere in the box. A candidate
  /// that wins at all corners is left alone.
  void narrow(const Box<D>& box, BoxColumns<D>& columns) {
    std::array<double, D> w;
    for (int a = 0; a < D; ++a) w[static_cast<std::size_t>(a)] = width(box, a);
    if (columns.size() > kCentreFirst) {
      auto centre = w;
      for (auto& c : centre) c /= 2;
      counters.evaluations += columns.size();
      const std::array by = {static_cast<std::uint32_t>(columns.cheapest(centre))};
      columns.drop_beaten(by, w);
    }
    counters.evaluations += columns.size() << D;
    auto winners = columns.cheapest_at_corners(w);
    std::size_t distinct = 0;
    for (const auto winner : winners)
      if (std::find(winners.begin(), winners.begin() + distinct, winner) == winners.begin() + distinct)
        winners[distinct++] = winner;
    columns.drop_beaten({winners.data(), distinct}, w);
  }

  /// Returns the axis that can be cut along which costs drift apart most; −1 if there is none.
  int widest(const Box<D>& box, const BoxColumns<D>& columns) const {
    int best = -1;
    double most = 0;
    for (int a = 0; a < D; ++a) {
      if (box.steps(a) < (a == D - 1 ? 2 : 1)) continue;
      const double drift = columns.spread(a) * width(box, a) * (a == D - 1 ? kFastestWeight : 1);
      if (drift <= most) continue;
      most = drift;
      best = a;
    }
    return best;
  }

  /// With more candidates than this, a first pass with the winner of the centre pays.
  static constexpr std::size_t kCentreFirst = 12;

  /// Cutting the fastest axis makes more and shorter lines, so it has to gain more than other cuts.
  static constexpr double kFastestWeight = 0.3;

  const EffectiveAxes* axes_;
  std::vector<BoxColumns<D>> levels_;
};

/// One tree for each number of axes that a grid can have, because the kernels need that number at compile time.
struct BoxTrees {
  explicit BoxTrees(const EffectiveAxes& axes) : one(axes), two(axes), three(axes), four(axes) {}

  /// Calls `call` with the tree for this number of axes.
  template <class Call>
  void with(std::size_t axes, Call&& call) {
    switch (axes) {
      case 1:
        return call(one);
      case 2:
        return call(two);
      case 3:
        return call(three);
      default:
        return call(four);
    }
  }

  BoxTree<1> one;
  BoxTree<2> two;
  BoxTree<3> three;
  BoxTree<4> four;
};

}  // namespace sorsweep
