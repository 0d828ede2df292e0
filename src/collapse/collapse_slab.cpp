#include <fmt/format.h>

#include "collapse/box_writer.hpp"
#include "core/error.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {

struct SlabSurface::State {
  explicit State(const AffineGrid& whole) : grid(whole), axes(whole) {}

  void add(const PrunedCandidates& candidates) {
    trees.with(axes.count, [&](auto& tree) { add(tree, candidates); });
  }

  template <int D>
  void add(BoxTree<D>& tree, const PrunedCandidates& candidates) {
    Box<D> box;
    SlopeColumns slope;
    for (std::size_t e = 0; e < D; ++e) {
      const auto extent = extent_of(axes, range, e);
      box.low[e] = static_cast<int>(extent.first);
      box.high[e] = static_cast<int>(extent.last) - 1;
      slope[e] = candidates.slope[e];
    }
    tree.load(box, candidates.base, slope, candidates.precision);
    tree.counters = {};
    BoxWriter<D> writer(memory, axes, range, candidates);
    tree.run(box, writer);
    writer.end();
    memory.counters += tree.counters;
  }

  AffineGrid grid;
  EffectiveAxes axes;
  BoxTrees trees{axes};
  RowRange range;
  SlabMemory memory;
  std::vector<std::uint32_t> winners;
};

CollapseCounters& CollapseCounters::operator+=(const CollapseCounters& other) {
  boxes += other.boxes;
  lines += other.lines;
  segments += other.segments;
  evaluations += other.evaluations;
  return *this;
}

SlabSurface::SlabSurface(const AffineGrid& grid) : state_(std::make_unique<State>(grid)) {}
SlabSurface::~SlabSurface() = default;
SlabSurface::SlabSurface(SlabSurface&&) noexcept = default;
SlabSurface& SlabSurface::operator=(SlabSurface&&) noexcept = default;

void SlabSurface::reset(RowRange range) {
  auto& s = *state_;
  if (range.first >= range.last || range.last > s.grid.length(0))
    throw Error(Exit::internal,
                fmt::format("no slab [{}, {}) on an axis of {}", range.first, range.last, s.grid.length(0)));
  s.range = range;
  const auto fastest = extent_of(s.axes, s.range, s.axes.count - 1);
  s.memory.rows.length = fastest.last - fastest.first;
  s.memory.rows.change.assign_zeros(points());
  s.memory.rows.begin.assign(points() / s.memory.rows.length, 0);
  s.memory.counters = {};
  s.winners.clear();
}

std::size_t SlabSurface::points() const {
  return (state_->range.last - state_->range.first) * state_->grid.plane();
}

void SlabSurface::add_slice(const PrunedCandidates& candidates, const RealisedValue& value) {
  state_->memory.values.begin(candidates, value);
  state_->add(candidates);
  state_->memory.values.list(state_->winners);
}

std::span<const std::uint32_t> SlabSurface::winners() const {
  return state_->winners;
}

void SlabSurface::integrate(std::span<std::int64_t> surface) const {
  const auto& rows = state_->memory.rows;
  const std::int64_t* change = state_->memory.rows.change.values().data();
  for (std::size_t row = 0; row < rows.begin.size(); ++row) {
    auto value = rows.begin[row];
    for (std::size_t i = row * rows.length; i < (row + 1) * rows.length; ++i) {
      value += change[i];
      surface[i] = value;
    }
  }
}

const CollapseCounters& SlabSurface::counters() const {
  return state_->memory.counters;
}

}  // namespace sorsweep
