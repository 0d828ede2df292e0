/// \file
/// Writes what the tree of boxes finds into a slab: the beginnings of rows, and the changes along them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "collapse/box_tree.hpp"
#include "collapse/line_bundle.hpp"
#include "collapse/line_walk.hpp"
#include "collapse/point_array.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep {

/// The values of a slice's candidates. Each is asked for when its candidate wins for the first time.
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

/// Additions to places scattered over memory that is in no cache. Each waits here while its cache line is fetched.
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

/// What a slab holds while slices are added: the surface at the beginning of each row, and its changes along the row.
struct RowChanges {
  PointArray change;                ///< Rows × length; the first of each row is not used.
  std::vector<std::int64_t> begin;  ///< Value at the first point of each row.
  std::size_t length = 0;           ///< Points of a row.
};

/// The memory of one slab.
struct SlabMemory {
  RowChanges rows;
  WinnerValues values;
  CollapseCounters counters;
  std::vector<std::uint32_t> leaf_id;
  std::array<std::vector<std::int64_t>, kMostAffineAxes + 2> leaf_columns;  ///< One leaf's candidates.
};

/// Returns the indices of a slab on an effective axis.
inline RowRange extent_of(const EffectiveAxes& axes, RowRange slab, std::size_t e) {
  return axes.axis[e] == 0 ? slab : RowRange{0, axes.x[e].size()};
}

/// Finishes the boxes of one slice for BoxTree::run. Call end() last.
template <int D>
class BoxWriter {
 public:
  BoxWriter(SlabMemory& memory, const EffectiveAxes& axes, RowRange range, const PrunedCandidates& candidates)
      : memory_(memory), axes_(axes), candidates_(candidates) {
    for (std::size_t e = 0; e < D; ++e) {
      const auto extent = extent_of(axes, range, e);
      first_[e] = static_cast<int>(extent.first);
      length_[e] = static_cast<int>(extent.last - extent.first);
    }
    changes_ = memory_.rows.change.values().data();
  }

  bool finish(Box<D>& box, const BoxColumns<D>& columns) {
    const bool at_begin = box.low[kFast] == first_[kFast];
    if (columns.size() == 1) {
      if (at_begin) fill_begin(box, memory_.values(columns.id(0)));
      return true;
    }
    if (candidates_.precision.is_exact() &&
        columns.spread(D - 1) == 0) {  // The winner does not change along the lines.
      if (!at_begin) return true;
      box.high[kFast] = box.low[kFast];
    }
    if (columns.size() > 2 && columns.size() * lines_of(box) > kWalkAtOnce && columns.size() > kFew) return false;
    leaf(box, columns);
    return true;
  }

  void end() { later_.finish(); }

  void leaf(const Box<D>& box, const BoxColumns<D>& columns) {
    if (candidates_.precision.is_exact() && columns.size() <= LineBundle::kMost) return leaf_in_bundles(box, columns);
    gather(columns);
    const LineCandidates candidates{n_, memory_.leaf_id.data(), column(kSlope + kFast), column(kLine)};
    const LineWalk line(candidates, axes_.nano[kFast].data(), axes_.fastest);
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

  /// Calls body(row, index) for each line of the box. index[kFast] is that of the line's first point.
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
    for_each_row(box, [&](std::size_t row, const std::array<int, D>&) { memory_.rows.begin[row] += value; });
  }

  /// Walks the lines of a leaf four at a time, in doubles.
  void leaf_in_bundles(const Box<D>& box, const BoxColumns<D>& columns) {
    const auto count = columns.size();
    const LineBundle bundle({columns.slope(D - 1), count}, axes_.x[kFast], axes_.fastest);
    std::array<std::uint32_t, LineBundle::kMost> id;
    std::array<double, LineBundle::kMost> base;
    for (std::size_t t = 0; t < count; ++t) {
      id[t] = columns.id(t);
      base[t] = static_cast<double>(candidates_.base[id[t]]);
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
        x[e][static_cast<int>(lines)] = axes_.x[e][static_cast<std::size_t>(index[e])];
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
          if (at_begin) memory_.rows.begin[lines[lane]] += memory_.values(id[winner]);
        },
        [&](std::size_t lane, int at, std::size_t from, std::size_t to) {
          ++segments;
          std::int64_t* changes = changes_ + lines[lane] * memory_.rows.length - first_[kFast];
          later_.add(changes + at, minus(memory_.values(id[to]), memory_.values(id[from])));
        });
    memory_.counters.lines += lines.size();
    memory_.counters.segments += segments;
  }

  /// Gathers the leaf's candidates, with the steepest along the lines first.
  void gather(const BoxColumns<D>& columns) {
    n_ = columns.size();
    memory_.leaf_id.resize(n_);
    for (auto& leaf_column : memory_.leaf_columns) leaf_column.resize(n_);
    for (std::size_t t = 0; t < n_; ++t) memory_.leaf_id[t] = columns.id(t);
    const auto& steepness = candidates_.slope[kFast];
    std::ranges::sort(memory_.leaf_id, [&](auto a, auto b) {
      return steepness[a] != steepness[b] ? steepness[a] > steepness[b] : a < b;
    });
    for (std::size_t t = 0; t < n_; ++t) {
      const auto id = memory_.leaf_id[t];
      column(kBase)[t] = candidates_.base[id];
      for (std::size_t e = 0; e < D; ++e) column(kSlope + e)[t] = candidates_.slope[e][id];
    }
  }

  std::int64_t* column(std::size_t which) { return memory_.leaf_columns[which].data(); }

  /// Computes the costs of the candidates on the line at this index.
  void place(const std::array<int, D>& index) {
    std::int64_t* cost = column(kLine);
    std::copy_n(column(kBase), n_, cost);
    for (std::size_t e = 0; e < kFast; ++e) {
      const std::int64_t* slope = column(kSlope + e);
      const auto x = axes_.nano[e][static_cast<std::size_t>(index[e])];
      for (std::size_t t = 0; t < n_; ++t) cost[t] = plus(cost[t], times(slope[t], x));
    }
  }

  void walk(const LineWalk& line, const Box<D>& box, std::size_t row) {
    ++memory_.counters.lines;
    const int last = box.high[kFast];
    int at = box.low[kFast];
    auto winner = line.winner(at);
    if (at == first_[kFast]) memory_.rows.begin[row] += memory_.values(memory_.leaf_id[winner]);
    std::int64_t* changes = changes_ + row * memory_.rows.length - first_[kFast];
    while (at < last) {
      const auto change = line.next(winner, at, last);
      if (change.at > last) return;
      ++memory_.counters.segments;
      later_.add(changes + change.at,
                 minus(memory_.values(memory_.leaf_id[change.to]), memory_.values(memory_.leaf_id[winner])));
      winner = change.to;
      at = change.at;
    }
  }

  static constexpr std::size_t kLine = 0, kBase = 1, kSlope = 2;

  SlabMemory& memory_;
  const EffectiveAxes& axes_;
  const PrunedCandidates& candidates_;
  std::array<int, D> first_{}, length_{};
  std::int64_t* changes_ = nullptr;
  DelayedAdditions later_;
  std::size_t n_ = 0;
};

}  // namespace sorsweep
