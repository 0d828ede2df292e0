#include "sorsweep/reduce/reducer.hpp"

#include <algorithm>

#include "core/parallel.hpp"
#include "reduce/slab_reducer.hpp"

namespace sorsweep {

struct Reducer::State {
  State(const Grid& whole, const ReduceOptions& reduce) : grid(whole), options(reduce), found(whole) {}

  std::vector<double> objectives(const GridBox& box) const;

  /// Calls `take(slab, first, begin, count)` for each slab that holds a part of a range of points. `first` is counted
  /// from the slab's first point, `begin` from the start of the range.
  template <class Take>
  void for_each_part(std::size_t first, std::size_t count, Take&& take) const;

  const Grid& grid;
  ReduceOptions options;
  SharedFindings found;
  RowHashes hashes;
  std::vector<SlabReducer> slabs;
  std::vector<DayFacts> days;
};

/// Gathers objectives line by line. The lines of a box are contiguous pieces of the grid's.
std::vector<double> Reducer::State::objectives(const GridBox& box) const {
  std::vector<double> all(box.size());
  const auto row = grid.points_per_row();
  const auto slowest = slowest_axis(grid);
  auto at = box.first;
  const auto length = slowest == Grid::kAxes - 1 ? 1 : box.length(Grid::kAxes - 1);
  auto slab = slabs.begin();
  for (std::size_t done = 0; done < all.size(); done += length) {
    while (at[slowest] >= slab->rows().last) ++slab;
    slab->objectives(grid.point(at) - slab->rows().first * row, std::span(all).subspan(done, length));
    at[Grid::kAxes - 1] += length;
    for (auto a = Grid::kAxes; a-- > 1 && at[a] == box.last[a];) {
      at[a] = box.first[a];
      ++at[a - 1];
    }
  }
  return all;
}

template <class Take>
void Reducer::State::for_each_part(std::size_t first, std::size_t count, Take&& take) const {
  const auto row = grid.points_per_row();
  for (const auto& slab : slabs) {
    const auto begin = std::max(first, slab.rows().first * row);
    const auto end = std::min(first + count, slab.rows().last * row);
    if (begin < end) take(slab, begin - slab.rows().first * row, begin - first, end - begin);
  }
}

Reducer::Reducer(const Grid& grid, const ReduceOptions& options, std::size_t slabs, std::span<const RowRange> parts)
    : state_(std::make_unique<State>(grid, options)) {
  const RowRange whole{0, grid.rows()};
  for (const auto& part : parts.empty() ? std::span(&whole, 1) : parts) {
    const auto count = std::clamp<std::size_t>(slabs * part.size() / grid.rows(), 1, part.size());
    for (std::size_t s = 0; s < count; ++s) {
      auto& slab = state_->slabs.emplace_back(grid, options, state_->found);
      slab.reset({part.first + part.size() * s / count, part.first + part.size() * (s + 1) / count});
    }
  }
}

Reducer::~Reducer() = default;

void Reducer::add(const UnitResult& unit) {
  auto& state = *state_;
  const auto row = state.grid.points_per_row();
  const auto end_row = unit.first_row + unit.surface.size() / row;
  const auto begins_at = [&](std::size_t first) {
    return std::ranges::lower_bound(state.slabs, first, {}, [](const SlabReducer& slab) { return slab.rows().first; });
  };
  const std::span<SlabReducer> touched(begins_at(unit.first_row), begins_at(end_row));
  parallel_ranges(touched.size(), 1, [&](std::size_t first, std::size_t last) {
    for (auto s = first; s < last; ++s) {
      const auto [begin, end] = touched[s].rows();
      touched[s].add(unit.facts, rows_of(unit.surface, (begin - unit.first_row) * row, (end - begin) * row));
    }
  });
  if (unit.first_row == 0) state.days.push_back(unit.facts);
  for (auto& slab : touched) state.hashes.add(state.days.size() - 1, slab.take_digests());
}

SweepSummary Reducer::finish() {
  auto& state = *state_;
  const std::atomic<bool> never = false;
  const SlabSource source{state.slabs.size(), state.slabs.size(),
                          [&](std::size_t s) { return state.slabs[s].finish(); },
                          [&](const GridBox& box) { return state.objectives(box); }};
  return *summarise_slabs(state.grid, state.options, state.days, state.found, state.hashes, source, never);
}

void Reducer::figures(double PointTotal::*figure, std::size_t first, std::span<double> out) const {
  state_->for_each_part(first, out.size(),
                        [&](const SlabReducer& slab, std::size_t from, std::size_t begin, std::size_t count) {
                          slab.figures(figure, from, out.subspan(begin, count));
                        });
}

void Reducer::slippage_nano(std::size_t first, std::span<Nano> out) const {
  state_->for_each_part(first, out.size(),
                        [&](const SlabReducer& slab, std::size_t from, std::size_t begin, std::size_t count) {
                          slab.slippage_nano(from, out.subspan(begin, count));
                        });
}

}  // namespace sorsweep
