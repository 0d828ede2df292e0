// tested by: tests/reduce/reducer_audit_test.cpp (Cells)
#include "reduce/cells.hpp"

namespace sorsweep {

std::size_t slowest_axis(const Grid& grid) {
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    if (grid.length(a) > 1) return a;
  return 0;
}

std::size_t fastest_axis(const Grid& grid) {
  for (auto a = Grid::kAxes; a-- > 0;)
    if (grid.length(a) > 1) return a;
  return 0;
}

Cells::Cells(const Grid& grid, Bins bins)
    : grid_(grid), bins_(std::move(bins)), slowest_(slowest_axis(grid)), fastest_(fastest_axis(grid)) {
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    for (std::size_t b = 0; b < bins_[a].size(); ++b) bin_of_[a].insert(bin_of_[a].end(), bins_[a][b].size(), b);
  for (auto a = slowest_ + 1; a < Grid::kAxes; ++a) per_bin_ *= bins_[a].size();
  line_bins_ = line_length() == 1 ? std::vector<Window>{{0, 1}} : bins_[fastest_];
  group_lines();
}

std::size_t Cells::line_length() const {
  return fastest_ == slowest_ ? 1 : grid_.length(fastest_);
}

Window Cells::of(RowRange rows) const {
  const auto& bins = bin_of_[slowest_];
  return {bins[rows.first] * per_bin_, (bins[rows.last - 1] + 1) * per_bin_};
}

Grid::Index Cells::at(std::size_t cell) const {
  Grid::Index bins{};
  for (auto a = Grid::kAxes; a-- > 0;) {
    bins[a] = cell % bins_[a].size();
    cell /= bins_[a].size();
  }
  return bins;
}

GridBox Cells::box(std::size_t cell) const {
  const auto bin = at(cell);
  GridBox box;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    box.first[a] = bins_[a][bin[a]].first;
    box.last[a] = bins_[a][bin[a]].last;
  }
  return box;
}

void Cells::group_lines() {
  const auto length = line_length();
  for (std::size_t first = 0; first < grid_.points_per_row(); first += length) {
    const auto point = grid_.index(first);
    std::size_t cell = 0;
    for (auto a = slowest_ + 1; a < Grid::kAxes; ++a)
      cell = cell * bins_[a].size() + (a == fastest_ ? 0 : bin_of_[a][point[a]]);
    if (groups_.empty() || groups_.back().first_cell != cell) groups_.push_back({first, 0, cell});
    groups_.back().points += length;
  }
}

}  // namespace sorsweep
