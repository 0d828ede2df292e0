#include <fmt/format.h>

#include "sorsweep/core/error.hpp"
#include "sorsweep/sweep/collapse.hpp"
#include "sweep/box_tree.hpp"
#include "sweep/line_bundle.hpp"
#include "sweep/line_walk.hpp"
#include "sweep/point_array.hpp"

namespace sorsweep {
namespace {

/// Values of a slice's candidates, asked for when one wins for the first time.
class WinnerValues {
 public:
  void begin(const PrunedCandidates& candidates, const RealisedValue& value) {
    candidates_ = &candidates;
    value_ = &value;
    known_.assign(candidates.size(), 0);
    values_.resize(candidates.size());
  }

  std::int64_t operator()(std::uint32_t id) {
    if (!known_[id]) {
      values_[id] = (*value_)(candidates_->candidate[id]);
      known_[id] = 1;
    }
    return values_[id];
  }

  void list(std::vector<std::uint32_t>& winners) const {
    winners.clear();
    for (std::size_t id = 0; id < known_.size(); ++id)
      if (known_[id]) winners.push_back(candidates_->candidate[id]);
  }

 private:
  const PrunedCandidates* candidates_ = nullptr;
  const RealisedValue* value_ = nullptr;
  std::vector<std::uint8_t> known_;
  std::vector<std::int64_t> values_;
};

/// Additions scattered over memory that no cache holds: each waits here while its line is on the way.
class DelayedAdditions {
 public:
  void add(std::int64_t* where, std::int64_t value) {
    __builtin_prefetch(where, 1);
    auto& slot = waiting_[next_++ % waiting_.size()];
    if (slot.where) *slot.where += slot.value;
    slot = {where, value};
  }

  void finish() {
    for (auto& slot : waiting_) {
      if (slot.where) *slot.where += slot.value;
      slot.where = nullptr;
    }
  }

 private:
  struct Addition {
    std::int64_t* where = nullptr;
    std::int64_t value = 0;
  };
  std::array<Addition, 64> waiting_{};
  std::size_t next_ = 0;
};

/// What a slab holds while slices are added: surface values at the beginning of each row, and their changes along it.
struct RowChanges {
  PointArray change;                ///< rows × length; [0] of a row is not used
  std::vector<std::int64_t> begin;  ///< of each row
  std::size_t length = 0;           ///< of a row
};

}  // namespace

struct SlabSurface::State {
  explicit State(const AffineGrid& whole) : grid(whole), axes(whole) {}

  template <int D>
  class Client;
  template <int D>
  void add(BoxTree<D>& tree, const PrunedCandidates& candidates);

  void add(const PrunedCandidates& candidates) {
    trees.with(axes.count, [&](auto& tree) { add(tree, candidates); });
  }

  /// Of the slab, on an effective axis.
  SlabRange extent(std::size_t e) const { return axes.axis[e] == 0 ? range : SlabRange{0, axes.x[e].size()}; }

  AffineGrid grid;
  EffectiveAxes axes;
  BoxTrees trees{axes};
  SlabRange range;
  RowChanges rows;
  WinnerValues values;
  std::vector<std::uint32_t> winners;
  CollapseCounters counters;
  std::vector<std::uint32_t> leaf_id;
  std::array<std::vector<std::int64_t>, kMostAffineAxes + 2> leaf_columns;  ///< of the candidates of one leaf
};

/// Finishes boxes: writes beginnings of rows and changes along them.
template <int D>
class SlabSurface::State::Client {
 public:
  Client(State& state, const PrunedCandidates& candidates) : s_(state), candidates_(candidates) {
    for (std::size_t e = 0; e < D; ++e) {
      const auto extent = s_.extent(e);
      first_[e] = static_cast<int>(extent.first);
      length_[e] = static_cast<int>(extent.last - extent.first);
    }
    changes_ = s_.rows.change.values().data();
  }

  bool finish(Box<D>& box, const BoxColumns<D>& columns) {
    const bool at_begin = box.low[kFast] == first_[kFast];
    if (columns.size() == 1) {
      if (at_begin) fill_begin(box, s_.values(columns.id(0)));
      return true;
    }
    if (candidates_.margin == 0 && columns.spread(D - 1) == 0) {  // no change along the lines
      if (!at_begin) return true;
      box.high[kFast] = box.low[kFast];
    }
    if (columns.size() > 2 && columns.size() * lines_of(box) > kWalkAtOnce && columns.size() > kFew) return false;
    leaf(box, columns);
    return true;
  }

  void end() { later_.finish(); }

  void leaf(const Box<D>& box, const BoxColumns<D>& columns) {
    if (candidates_.margin == 0 && columns.size() <= LineBundle::kMost) return leaf_in_bundles(box, columns);
    gather(columns);
    const LineCandidates candidates{n_, s_.leaf_id.data(), column(kSlope + kFast), column(kLine)};
    const LineWalk line(candidates, s_.axes.nano[kFast].data(), s_.axes.fastest);
    for_each_row(box, [&](std::size_t row, const std::array<int, D>& index) {
      place(index);
      walk(line, box, row);
    });
  }

 private:
  static constexpr std::size_t kFast = D - 1;
  static constexpr std::size_t kFew = 4;
  static constexpr std::size_t kWalkAtOnce = 96;

  std::size_t lines_of(const Box<D>& box) const {
    std::size_t lines = 1;
    for (int a = 0; a < D - 1; ++a) lines *= static_cast<std::size_t>(box.steps(a) + 1);
    return lines;
  }

  /// Calls body(row, index) for each line of the box; index[kFast] is the line's first.
  template <class Body>
  void for_each_row(const Box<D>& box, const Body& body) {
    auto index = box.low;
    for (;;) {
      std::size_t row = 0;
      for (std::size_t e = 0; e < kFast; ++e)
        row = row * static_cast<std::size_t>(length_[e]) + static_cast<std::size_t>(index[e] - first_[e]);
      body(row, index);
      auto a = kFast;
      while (a > 0 && index[a - 1] == box.high[a - 1]) {
        index[a - 1] = box.low[a - 1];
        --a;
      }
      if (a == 0) return;
      ++index[a - 1];
    }
  }

  void fill_begin(const Box<D>& box, std::int64_t value) {
    for_each_row(box, [&](std::size_t row, const std::array<int, D>&) { s_.rows.begin[row] += value; });
  }

  /// Four lines at a time, in doubles.
  void leaf_in_bundles(const Box<D>& box, const BoxColumns<D>& columns) {
    const auto count = columns.size();
    const LineBundle bundle({columns.slope(D - 1), count}, s_.axes.x[kFast], s_.axes.fastest);
    std::array<std::uint32_t, LineBundle::kMost> id;
    std::array<double, LineBundle::kMost> base;
    for (std::size_t t = 0; t < count; ++t) {
      id[t] = columns.id(t);
      base[t] = candidates_.base_about[id[t]];  // exact here
    }
    std::array<Lanes4, D> x{};
    std::array<std::size_t, kLanes> collected{};
    std::size_t lines = 0;
    const auto walk_collected = [&] {
      LineBundle::Costs cost;
      for (std::size_t t = 0; t < count; ++t) {
        cost[t] = all4(base[t]);
        for (std::size_t e = 0; e < kFast; ++e) cost[t] += all4(columns.slope(static_cast<int>(e))[t]) * x[e];
      }
      walk_bundle(bundle, cost, box, id, {collected.data(), lines});
      lines = 0;
    };
    for_each_row(box, [&](std::size_t row, const std::array<int, D>& index) {
      for (std::size_t e = 0; e < kFast; ++e)
        x[e][static_cast<int>(lines)] = s_.axes.x[e][static_cast<std::size_t>(index[e])];
      collected[lines++] = row;
      if (lines == kLanes) walk_collected();
    });
    if (lines > 0) walk_collected();
  }

  void walk_bundle(const LineBundle& bundle, const LineBundle::Costs& cost, const Box<D>& box,
                   const std::array<std::uint32_t, LineBundle::kMost>& id, std::span<const std::size_t> lines) {
    const bool at_begin = box.low[kFast] == first_[kFast];
    std::uint64_t segments = 0;
    bundle.walk(
        cost, lines.size(), box.low[kFast], box.high[kFast],
        [&](std::size_t lane, std::size_t winner) {
          if (at_begin) s_.rows.begin[lines[lane]] += s_.values(id[winner]);
        },
        [&](std::size_t lane, int at, std::size_t from, std::size_t to) {
          ++segments;
          std::int64_t* changes = changes_ + lines[lane] * s_.rows.length - first_[kFast];
          later_.add(changes + at, minus(s_.values(id[to]), s_.values(id[from])));
        });
    s_.counters.lines += lines.size();
    s_.counters.segments += segments;
  }

  /// The leaf's candidates, the steepest along the lines first.
  void gather(const BoxColumns<D>& columns) {
    n_ = columns.size();
    s_.leaf_id.resize(n_);
    for (auto& leaf_column : s_.leaf_columns) leaf_column.resize(n_);
    for (std::size_t t = 0; t < n_; ++t) s_.leaf_id[t] = columns.id(t);
    const auto& steepness = candidates_.slope[kFast];
    std::ranges::sort(
        s_.leaf_id, [&](auto a, auto b) { return steepness[a] != steepness[b] ? steepness[a] > steepness[b] : a < b; });
    for (std::size_t t = 0; t < n_; ++t) {
      const auto id = s_.leaf_id[t];
      column(kBase)[t] = candidates_.base[id];
      for (std::size_t e = 0; e < D; ++e) column(kSlope + e)[t] = candidates_.slope[e][id];
    }
  }

  std::int64_t* column(std::size_t which) { return s_.leaf_columns[which].data(); }

  /// Costs of the candidates on the line at this index.
  void place(const std::array<int, D>& index) {
    std::int64_t* cost = column(kLine);
    std::copy_n(column(kBase), n_, cost);
    for (std::size_t e = 0; e < kFast; ++e) {
      const std::int64_t* slope = column(kSlope + e);
      const auto x = s_.axes.nano[e][static_cast<std::size_t>(index[e])];
      for (std::size_t t = 0; t < n_; ++t) cost[t] = plus(cost[t], times(slope[t], x));
    }
  }

  void walk(const LineWalk& line, const Box<D>& box, std::size_t row) {
    ++s_.counters.lines;
    const int last = box.high[kFast];
    int at = box.low[kFast];
    auto winner = line.winner(at);
    if (at == first_[kFast]) s_.rows.begin[row] += s_.values(s_.leaf_id[winner]);
    std::int64_t* changes = changes_ + row * s_.rows.length - first_[kFast];
    while (at < last) {
      const auto change = line.next(winner, at, last);
      if (change.at > last) return;
      ++s_.counters.segments;
      later_.add(changes + change.at, minus(s_.values(s_.leaf_id[change.to]), s_.values(s_.leaf_id[winner])));
      winner = change.to;
      at = change.at;
    }
  }

  static constexpr std::size_t kLine = 0, kBase = 1, kSlope = 2;

  State& s_;
  const PrunedCandidates& candidates_;
  std::array<int, D> first_{}, length_{};
  std::int64_t* changes_ = nullptr;
  DelayedAdditions later_;
  std::size_t n_ = 0;
};

template <int D>
void SlabSurface::State::add(BoxTree<D>& tree, const PrunedCandidates& candidates) {
  Box<D> box;
  SlopeColumns slope;
  for (std::size_t e = 0; e < D; ++e) {
    box.low[e] = static_cast<int>(extent(e).first);
    box.high[e] = static_cast<int>(extent(e).last) - 1;
    slope[e] = candidates.slope[e];
  }
  tree.load(box, candidates.base_about, slope, candidates.margin);
  tree.counters = {};
  Client<D> client(*this, candidates);
  tree.run(box, client);
  client.end();
  counters += tree.counters;
}

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

void SlabSurface::reset(SlabRange range) {
  auto& s = *state_;
  if (range.first >= range.last || range.last > s.grid.length(0))
    throw Error(Exit::internal,
                fmt::format("no slab [{}, {}) on an axis of {}", range.first, range.last, s.grid.length(0)));
  s.range = range;
  const auto fastest = s.extent(s.axes.count - 1);
  s.rows.length = fastest.last - fastest.first;
  s.rows.change.assign_zeros(points());
  s.rows.begin.assign(points() / s.rows.length, 0);
  s.counters = {};
  s.winners.clear();
}

SlabRange SlabSurface::range() const {
  return state_->range;
}

std::size_t SlabSurface::points() const {
  return (state_->range.last - state_->range.first) * state_->grid.plane();
}

void SlabSurface::add_slice(const PrunedCandidates& candidates, const RealisedValue& value) {
  state_->values.begin(candidates, value);
  state_->add(candidates);
  state_->values.list(state_->winners);
}

std::span<const std::uint32_t> SlabSurface::winners() const {
  return state_->winners;
}

void SlabSurface::integrate(std::span<std::int64_t> surface) {
  const auto& rows = state_->rows;
  const std::int64_t* change = state_->rows.change.values().data();
  for (std::size_t row = 0; row < rows.begin.size(); ++row) {
    auto value = rows.begin[row];
    for (std::size_t i = row * rows.length; i < (row + 1) * rows.length; ++i) {
      value += change[i];
      surface[i] = value;
    }
  }
}

std::span<const std::int64_t> SlabSurface::integrate_in_place() {
  const auto surface = state_->rows.change.values();
  integrate(surface);
  return surface;
}

const CollapseCounters& SlabSurface::counters() const {
  return state_->counters;
}

}  // namespace sorsweep
