#include "sweep/plateau.hpp"

#include <algorithm>

namespace sorsweep {
namespace {

/// Whether two values lie within a twentieth of the span: in integers, without rounding.
bool are_near(Nano a, Nano b, Nano span) {
  return static_cast<__int128>(20) * (b - a) <= span;  // a ≤ b
}

/// The same as SlidingMax on lines of single values: positions whose values descend, the largest first.
void slide_over_line(const AxisWindows& windows, const double* line, std::vector<std::size_t>& queue, double* out) {
  const auto length = windows.first.size();
  queue.resize(length);
  std::size_t head = 0;
  std::size_t tail = 0;
  std::size_t pushed = 0;
  for (std::size_t i = 0; i < length; ++i) {
    for (; pushed <= windows.last[i]; ++pushed) {
      while (tail > head && line[queue[tail - 1]] <= line[pushed]) --tail;
      queue[tail++] = pushed;
    }
    while (queue[head] < windows.first[i]) ++head;
    out[i] = line[queue[head]];
  }
}

}  // namespace

AxisWindows::AxisWindows(const std::vector<Nano>& values) {
  const auto span = values.back() - values.front();
  std::size_t low = 0;
  std::size_t high = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (!are_near(values[low], values[i], span)) ++low;
    while (high + 1 < values.size() && are_near(values[i], values[high + 1], span)) ++high;
    first.push_back(low);
    last.push_back(high);
  }
}

std::size_t AxisWindows::widest() const {
  std::size_t widest = 0;
  for (std::size_t i = 0; i < first.size(); ++i) widest = std::max(widest, last[i] - first[i] + 1);
  return widest;
}

void SlidingMax::clear() {
  front_.clear();
  back_.clear();
}

void SlidingMax::push(const double* values) {
  if (back_.empty()) back_max_.assign(values, values + length_);
  for (std::size_t i = 0; i < length_; ++i) back_max_[i] = std::max(back_max_[i], values[i]);
  back_.insert(back_.end(), values, values + length_);
}

void SlidingMax::pop() {
  if (front_.empty()) {  // turn the back over: the newest first, each with the maximum of those before it
    while (!back_.empty()) {
      const auto top = front_.size();
      front_.insert(front_.end(), back_.end() - static_cast<std::ptrdiff_t>(length_), back_.end());
      back_.resize(back_.size() - length_);
      if (top == 0) continue;
      for (std::size_t i = 0; i < length_; ++i) front_[top + i] = std::max(front_[top + i], front_[top - length_ + i]);
    }
  }
  front_.resize(front_.size() - length_);
}

void SlidingMax::max(double* out) const {
  const double* front = front_.empty() ? nullptr : front_.data() + front_.size() - length_;
  for (std::size_t i = 0; i < length_; ++i) {
    if (back_.empty()) {
      out[i] = front[i];
    } else {
      out[i] = front == nullptr ? back_max_[i] : std::max(front[i], back_max_[i]);
    }
  }
}

std::size_t slowest_axis(const Grid& grid) {
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    if (grid.length(a) > 1) return a;
  return 0;
}

void take_worst_of_neighbours(const Grid& grid, const std::vector<AxisWindows>& windows, std::vector<double>& row) {
  std::size_t step = 1;
  std::vector<double> line;
  std::vector<std::size_t> queue;
  for (std::size_t a = Grid::kAxes; a-- > slowest_axis(grid) + 1; step *= grid.length(a)) {
    const auto length = grid.length(a);
    if (length == 1) continue;
    SlidingMax sliding(step);
    line.resize(length * step);
    for (std::size_t block = 0; block < row.size(); block += length * step) {
      std::size_t pushed = 0;
      std::size_t popped = 0;
      sliding.clear();
      if (step == 1) slide_over_line(windows[a], row.data() + block, queue, line.data());
      for (std::size_t i = 0; step > 1 && i < length; ++i) {
        for (; pushed <= windows[a].last[i]; ++pushed) sliding.push(row.data() + block + pushed * step);
        for (; popped < windows[a].first[i]; ++popped) sliding.pop();
        sliding.max(line.data() + i * step);
      }
      std::ranges::copy(line, row.begin() + static_cast<std::ptrdiff_t>(block));
    }
  }
}

PlateauSearch::PlateauSearch(const Grid& grid, std::size_t first, std::size_t count)
    : points_per_row_(grid.points_per_row()),
      first_(first),
      windows_(grid.axes()[slowest_axis(grid)].values),
      rows_(count),
      worst_(count) {}

void PlateauSearch::push(std::span<const double> row) {
  rows_.push(row.data() + first_);
  ++pushed_;
  while (looked_at_ < windows_.last.size() && windows_.last[looked_at_] < pushed_) look_at_next();
}

void PlateauSearch::look_at_next() {
  for (; popped_ < windows_.first[looked_at_]; ++popped_) rows_.pop();
  rows_.max(worst_.data());
  const auto best = std::ranges::min_element(worst_);
  if (looked_at_ == 0 || *best < pick_.worst_objective)
    pick_ = {looked_at_ * points_per_row_ + first_ + static_cast<std::size_t>(best - worst_.begin()), *best};
  ++looked_at_;
}

std::size_t PlateauSearch::bytes(const Grid& grid) {
  const AxisWindows windows(grid.axes()[slowest_axis(grid)].values);
  return (windows.widest() + 4) * grid.points_per_row() * sizeof(double);
}

}  // namespace sorsweep
