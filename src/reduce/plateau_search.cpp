// Searches the plateau pick: bounds for all cells first, then the points of the few cells that may hold it.
#include <algorithm>
#include <limits>

#include "reduce/plateau.hpp"

namespace sorsweep {
namespace {

using Lengths = std::array<std::size_t, Grid::kAxes>;

/// Replaces the values along an axis by their maxima over windows.
std::vector<double> max_along(std::size_t axis, std::span<const Window> windows, std::size_t offset, Lengths& lengths,
                              const std::vector<double>& values) {
  std::size_t inner = 1;
  for (std::size_t a = axis + 1; a < Grid::kAxes; ++a) inner *= lengths[a];
  const auto block = lengths[axis] * inner;
  std::vector<double> maxima;
  maxima.reserve(values.size() / lengths[axis] * windows.size());
  for (std::size_t begin = 0; begin < values.size(); begin += block) {
    for (const auto& window : windows) {
      const double* from = values.data() + begin + (window.first - offset) * inner;
      const auto to = maxima.size();
      maxima.insert(maxima.end(), from, from + inner);
      for (std::size_t j = 1; j < window.size(); ++j)
        for (std::size_t i = 0; i < inner; ++i) maxima[to + i] = std::max(maxima[to + i], from[j * inner + i]);
    }
  }
  lengths[axis] = windows.size();
  return maxima;
}

}  // namespace

/// The cells that may hold the pick, and the best point found so far.
class PlateauCells::Search {
 public:
  Search(const PlateauCells& plateau, const std::vector<double>& worst, const FetchObjectives& fetch)
      : axes_(plateau.bins_), cells_(plateau.cells_), fetch_(fetch), lower_(widen(worst, &AxisBins::within)) {
    const auto upper = widen(worst, &AxisBins::touched);
    const double bound = *std::ranges::min_element(upper);
    for (std::size_t cell = 0; cell < worst.size(); ++cell) {
      if (lower_[cell] > bound) continue;
      if (lower_[cell] < upper[cell]) {
        open_.push_back(cell);
      } else {  // All points of the cell have the same worst neighbour.
        consider({first_point(cell), lower_[cell]});
      }
    }
  }

  /// Looks at the open cells, one bin of the slowest axis after the other, lowest bounds first.
  PlateauPick run() {
    std::vector<Window> ranges;  // Ranges of open_.
    const auto bin_of = [&](std::size_t i) { return open_[i] / cells_.per_bin(); };
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (i == 0 || bin_of(i) != bin_of(i - 1)) ranges.push_back({i, i});
      ranges.back().last = i + 1;
    }
    std::ranges::stable_sort(ranges, {}, [&](const Window& range) {
      double least = lower_[open_[range.first]];
      for (auto i = range.first; i < range.last; ++i) least = std::min(least, lower_[open_[i]]);
      return least;
    });
    for (const auto& range : ranges) look_at(range);
    return pick_;
  }

 private:
  using Part = std::vector<Window> AxisBins::*;

  std::vector<double> widen(std::vector<double> values, Part part) const {
    Lengths lengths;
    for (std::size_t a = 0; a < Grid::kAxes; ++a) lengths[a] = axes_[a].bins.size();
    for (std::size_t a = 0; a < Grid::kAxes; ++a)
      if (lengths[a] > 1) values = max_along(a, axes_[a].*part, 0, lengths, values);
    return values;
  }

  /// The box of all bins that hold a neighbour of any of the cell's points.
  GridBox touched(std::size_t cell) const {
    const auto at = cells_.at(cell);
    GridBox box;
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      const auto& range = axes_[a].touched[at[a]];
      box.first[a] = axes_[a].bins[range.first].first;
      box.last[a] = axes_[a].bins[range.last - 1].last;
    }
    return box;
  }

  std::size_t first_point(std::size_t cell) const { return cells_.grid().point(cells_.box(cell).first); }

  void consider(const PlateauPick& pick) {
    if (pick.worst_objective < pick_.worst_objective ||
        (pick.worst_objective == pick_.worst_objective && pick.point < pick_.point))
      pick_ = pick;
  }

  bool may_hold_better(std::size_t cell) const {
    return lower_[cell] < pick_.worst_objective ||
           (lower_[cell] == pick_.worst_objective && first_point(cell) < pick_.point);
  }

  /// Looks at a range of open cells. Cells next to each other are fetched together.
  void look_at(const Window& range) {
    std::vector<std::size_t> together;
    GridBox box;
    const auto finish = [&] {
      if (together.empty()) return;
      const auto objective = fetch_(box);
      for (const auto cell : together)
        if (may_hold_better(cell)) look_into(cell, box, objective);
      together.clear();
    };
    for (auto i = range.first; i < range.last; ++i) {
      if (!may_hold_better(open_[i])) continue;
      const auto around_cell = touched(open_[i]);
      if (!together.empty() && around(box, around_cell).size() > kFetchedTogether) finish();
      box = together.empty() ? around_cell : around(box, around_cell);
      together.push_back(open_[i]);
    }
    finish();
  }

  /// Looks at every point of a cell. \param objective of the points of `box`, which contains the cell's neighbourhood
  void look_into(std::size_t cell, const GridBox& box, const std::vector<double>& objective) {
    const auto own = cells_.box(cell);
    const auto near = touched(cell);
    auto worst = cut(near, box, objective);
    Lengths lengths;
    for (std::size_t a = 0; a < Grid::kAxes; ++a) lengths[a] = near.length(a);
    for (std::size_t a = 0; a < Grid::kAxes; ++a) {
      const auto neighbours = std::span(axes_[a].neighbours).subspan(own.first[a], own.length(a));
      worst = max_along(a, neighbours, near.first[a], lengths, worst);
    }
    for_each(own, [&, i = std::size_t{0}](const Grid::Index& at) mutable {
      consider({cells_.grid().point(at), worst[i++]});
    });
  }

  static std::vector<double> cut(const GridBox& part, const GridBox& box, const std::vector<double>& objective) {
    std::vector<double> values;
    values.reserve(part.size());
    for_each(part, [&](const Grid::Index& at) {
      std::size_t i = 0;
      for (std::size_t a = 0; a < Grid::kAxes; ++a) i = i * box.length(a) + at[a] - box.first[a];
      values.push_back(objective[i]);
    });
    return values;
  }

  template <class Body>
  static void for_each(const GridBox& box, Body&& body) {
    Grid::Index at;
    for (at[0] = box.first[0]; at[0] < box.last[0]; ++at[0])
      for (at[1] = box.first[1]; at[1] < box.last[1]; ++at[1])
        for (at[2] = box.first[2]; at[2] < box.last[2]; ++at[2])
          for (at[3] = box.first[3]; at[3] < box.last[3]; ++at[3]) body(at);
  }

  const std::vector<AxisBins>& axes_;
  const Cells& cells_;
  const FetchObjectives& fetch_;
  std::vector<double> lower_;
  std::vector<std::size_t> open_;  ///< In ascending order.
  PlateauPick pick_{std::numeric_limits<std::size_t>::max(), std::numeric_limits<double>::infinity()};
};

PlateauPick PlateauCells::find(const std::vector<double>& worst, const FetchObjectives& fetch) const {
  return Search(*this, worst, fetch).run();
}

}  // namespace sorsweep
